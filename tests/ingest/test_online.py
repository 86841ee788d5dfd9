"""Addresses: pages, feeds and sitemaps on loopback, and everything that is refused."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
import zlib
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tracewire.config import Settings
from tracewire.errors import UsageError
from tracewire.ingest import iter_pages
from tracewire.ingest.fetch import Fetcher
from tracewire.ingest.guard import GuardedTransport, is_public
from tracewire.ingest.refusal import RefusalError
from tracewire.model import Failure, Metadata, RawPage

NOW = "2031-05-01T10:00:00Z"
PAGE = "<html><head><title>Guards leave Adré</title></head><body><p>Guards left the depot at noon.</p></body></html>"


def read(settings: Settings, *sources: Any) -> list[RawPage | Failure]:
    return list(iter_pages(sources, settings, retrieved=NOW))


def one(settings: Settings, source: Any) -> RawPage:
    (page,) = read(settings, source)
    assert isinstance(page, RawPage), page
    return page


def reason(settings: Settings, source: Any) -> str:
    (found,) = read(settings, source)
    assert isinstance(found, Failure), found
    return found.reason


def answer_of(text: str) -> httpx.Response:
    """An answer whose body is not read yet, as one from a network."""
    return httpx.Response(200, stream=httpx.ByteStream(text.encode()))


class TestPages:
    def test_a_page_keeps_its_bytes_and_what_the_server_said(self, site: Any, local: Settings) -> None:
        address = site.add("/a.html", PAGE, "text/html; charset=utf-8", X_Cache="miss")
        page = one(local, address)
        assert (page.data, page.media_type, page.how, page.name) == (PAGE.encode(), "text/html", "fetched", address)
        assert page.exchange is not None
        assert (page.exchange.status, page.exchange.final) == (200, address)
        assert page.exchange.header("x-cache") == "miss"
        assert page.retrieved.endswith("Z")

    def test_redirects_are_recorded(self, site: Any, local: Settings) -> None:
        site.add("/new", PAGE)
        site.add("/middle", "", status=302, Location="/new")
        address = site.add("/old#part", "", status=301, Location="/middle").replace("#part", "")
        site.answers["/old"] = site.answers.pop("/old#part")
        page = one(local, address)
        assert page.exchange is not None
        assert page.exchange.redirects == ((301, address), (302, site.address + "/middle"))
        assert page.exchange.final == site.address + "/new"
        assert page.name == address

    def test_redirects_in_a_circle(self, site: Any, local: Settings) -> None:
        site.add("/a", "", status=302, Location="/b")
        site.add("/b", "", status=302, Location="/a")
        assert "redirects without end" in reason(local, site.address + "/a")

    @pytest.mark.parametrize(
        "target", ["file:///etc/passwd", "ftp://example.org/a", "//user:word@127.0.0.1/", "http://["]
    )
    def test_redirects_to_other_things_are_refused(self, site: Any, local: Settings, target: str) -> None:
        site.add("/a", "", status=302, Location=target)
        assert reason(local, site.address + "/a")

    def test_an_error_page_is_kept_and_says_so(self, site: Any, local: Settings) -> None:
        site.add("/gone", "<p>We no longer have this page, sorry.</p>", status=410)
        page = one(local, site.address + "/gone")
        assert page.exchange is not None
        assert page.exchange.status == 410

    def test_later_is_asked_again_and_no_is_not(self, site: Any, local: Settings) -> None:
        site.add("/busy", "wait", status=503, Retry_After="0")
        site.add("/busy", PAGE)
        assert one(local, site.address + "/busy").data == PAGE.encode()
        site.add("/never", "<p>no such page</p>", status=404)
        read(local, site.address + "/never")
        assert site.asked.count("/never") == 1

    def test_a_server_that_asks_for_an_hour_is_left(self, site: Any, local: Settings) -> None:
        site.add("/busy", "wait", status=429, Retry_After="3600")
        assert "try again later" in reason(local, site.address + "/busy")

    def test_pictures_are_no_reports(self, site: Any, local: Settings) -> None:
        assert "image/png is no report" in reason(local, site.add("/a.png", b"pixels", "image/png"))

    def test_a_pdf_is_read(self, site: Any, local: Settings, make_pdf: Any) -> None:
        data = make_pdf(["Guards left the depot at noon."])
        page = one(local, site.add("/a.pdf", data, "application/pdf"))
        assert page.data == b"Guards left the depot at noon."
        assert page.original is not None
        assert page.original.data == data

    def test_a_certificate_that_nobody_vouches_for(self, local: Settings) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path(__file__).with_name("selfsigned.pem"))
        server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            assert "no safe connection (TLS)" in reason(local, f"https://127.0.0.1:{server.server_port}/a")
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def test_nobody_listens(self, local: Settings) -> None:
        assert "cannot be fetched" in reason(local, "http://127.0.0.1:9/a")


class TestLimits:
    @pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
    def test_packed_answers_are_unpacked(self, site: Any, local: Settings, coding: str, pack: Any) -> None:
        address = site.add("/a", pack(PAGE.encode()), Content_Encoding=coding)
        assert one(local, address).data == PAGE.encode()

    def test_a_bomb_stops_at_the_limit(self, site: Any, local: Settings) -> None:
        address = site.add("/bomb", gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")
        assert "more than the limit" in reason(local, address)

    def test_a_large_page_is_not_read(self, site: Any, local: Settings) -> None:
        assert "more than the limit" in reason(local, site.add("/a", b"x" * 300_000))

    @pytest.mark.parametrize("coding", ["br", "gzip, gzip", "gzip"])
    def test_other_packings_and_damage_are_named(self, site: Any, local: Settings, coding: str) -> None:
        assert "pack" in reason(local, site.add("/a", b"no gzip at all", Content_Encoding=coding))

    def test_a_slow_page_is_left(self, local: Settings) -> None:
        ticks = iter(range(0, 100_000, 30))
        transport = httpx.MockTransport(lambda request: httpx.Response(200, content=(b"x" for _ in range(9))))
        clock = lambda: float(next(ticks))  # noqa: E731
        with (
            Fetcher(local, transport=transport, clock=clock) as fetcher,
            pytest.raises(RefusalError, match="took longer"),
        ):
            fetcher.fetch("http://slow.test/a")


class TestManners:
    def test_robots_bar(self, site: Any, local: Settings) -> None:
        site.add("/robots.txt", "User-agent: *\nDisallow: /private/", "text/plain")
        site.add("/private/a", PAGE)
        assert "robots.txt" in reason(local, site.address + "/private/a")
        assert "/private/a" not in site.asked

    def test_robots_that_cannot_be_read_bar_all(self, site: Any, local: Settings) -> None:
        site.add("/robots.txt", "", status=503)
        address = site.add("/a", PAGE)
        assert "cannot be read" in reason(local, address)

    def test_pages_of_one_host_come_one_after_another(self, local: Settings) -> None:
        slept: list[float] = []

        def answer(request: httpx.Request) -> httpx.Response:
            return answer_of("User-agent: *\nCrawl-delay: 4" if request.url.path == "/robots.txt" else PAGE)

        transport = httpx.MockTransport(answer)
        settings = replace(local, delay=1.0)
        with Fetcher(settings, transport=transport, sleep=slept.append, clock=lambda: 0.0) as fetcher:
            for name in "abc":
                fetcher.fetch(f"http://one.test/{name}")
        assert slept == [4.0, 4.0, 4.0]

    def test_we_say_who_we_are(self, local: Settings) -> None:
        agents: list[str] = []

        def answer(request: httpx.Request) -> httpx.Response:
            agents.append(request.headers["user-agent"])
            return answer_of(PAGE)

        with Fetcher(local, transport=httpx.MockTransport(answer)) as fetcher:
            fetcher.fetch("http://one.test/")
        assert all(agent.startswith("Tracewire/") for agent in agents)


class TestGuard:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
            "::1", "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::", "255.255.255.255",
        ],
    )  # fmt: skip
    def test_not_public(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
    def test_public(self, address: str) -> None:
        assert is_public(address)

    def test_private_addresses_are_refused_unless_permitted(self, site: Any, local: Settings) -> None:
        address = site.add("/a", PAGE)
        assert "--allow-private" in reason(replace(local, allow_private=False), address)
        assert site.asked == []

    def test_a_name_is_resolved_once_and_its_checked_address_is_asked(self) -> None:
        asked: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return httpx.Response(200)

        inner = httpx.MockTransport(answer)
        guard = GuardedTransport(allow_private=False, inner=inner, names=lambda host, port: ["93.184.216.34"])
        guard.handle_request(httpx.Request("GET", "https://news.test/a"))
        assert asked[0].url.host == "93.184.216.34"
        assert asked[0].headers["host"] == "news.test"
        assert asked[0].extensions["sni_hostname"] == "news.test"

    def test_one_private_address_among_several_bars_the_host(self) -> None:
        names = lambda host, port: ["93.184.216.34", "10.0.0.1"]  # noqa: E731
        guard = GuardedTransport(
            allow_private=False, inner=httpx.MockTransport(lambda r: httpx.Response(200)), names=names
        )
        with pytest.raises(RefusalError, match=r"10\.0\.0\.1"):
            guard.handle_request(httpx.Request("GET", "http://trick.test/"))

    @pytest.mark.parametrize("source", ["file:///etc/passwd", "ftp://example.org/x", "http://", "gopher://x/"])
    def test_other_addresses_are_wrong_use(self, local: Settings, source: str) -> None:
        with pytest.raises(UsageError, match="only http and https"):
            iter_pages([source], local, retrieved=NOW)

    def test_a_password_in_an_address_is_refused(self, local: Settings) -> None:
        assert "password" in reason(local, "http://me:secret@127.0.0.1/a")


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Dune Herald</title><link>{0}</link><description>News</description>
<item><title>Guards leave &lt;b&gt;Adré&lt;/b&gt;</title><link>{0}/a.html</link><pubDate>Tue, 05 Mar 2030 08:00:00 GMT</pubDate>
<author>desk@dune.test (Rana Obe)</author><source url="http://wire.test/rss">Coast Wire</source>
<description>Short.</description></item>
<item><title>Second</title><link>{0}/missing.html</link><content:encoded>&lt;p&gt;The whole text of the second report.&lt;/p&gt;</content:encoded></item>
<item><title>First again</title><link>{0}/a.html</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Dune Herald</title><id>x</id><updated>2030-03-06T00:00:00Z</updated>
<entry><title>A report</title><id>y</id><link href="{0}/a.html"/><updated>2030-03-06T00:00:00Z</updated>
<content type="html">&lt;p&gt;The text of the report.&lt;/p&gt;</content></entry></feed>"""
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{0}/a.html</loc><lastmod>2031-01-01</lastmod><news:news>
<news:publication><news:name>Dune Herald</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2030-03-05T08:00:00Z</news:publication_date><news:title>Guards leave</news:title></news:news></url></urlset>"""


class TestLists:
    def test_a_feed_gives_its_pages_and_keeps_the_source_of_an_item(self, site: Any, local: Settings) -> None:
        site.add("/a.html", PAGE)
        pages = read(local, site.add("/rss", RSS.format(site.address), "application/rss+xml"))
        first, second = pages
        assert isinstance(first, RawPage)
        assert isinstance(second, RawPage)
        assert first.given == Metadata("2030-03-05", None, "Coast Wire", "Rana Obe", "Guards leave Adré")
        assert first.data == PAGE.encode()
        assert second.how == "feed"  # its page is gone, the feed holds its text
        assert second.data == b"<p>The whole text of the second report.</p>"

    def test_a_feed_in_a_file_is_read_without_the_network(self, tmp_path: Any, local: Settings) -> None:
        (tmp_path / "feed.xml").write_text(ATOM.format("http://nowhere.test"), "utf-8")
        page = one(local, tmp_path / "feed.xml")
        assert page.data == b"<p>The text of the report.</p>"
        assert page.given.published == "../2030-03-06"  # an update is no publication
        assert page.given.outlet == "Dune Herald"

    def test_follow_fetches_what_a_feed_in_a_file_names(self, site: Any, tmp_path: Any, local: Settings) -> None:
        site.add("/a.html", PAGE)
        (tmp_path / "feed.atom").write_text(ATOM.format(site.address), "utf-8")
        assert one(replace(local, follow=True), tmp_path / "feed.atom").data == PAGE.encode()

    def test_a_json_feed(self, site: Any, local: Settings) -> None:
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Dune Herald", "items": [
            {"id": "1", "url": site.address + "/a.html", "date_published": "2030-03-05T01:00:00Z", "authors": [{"name": "Rana Obe"}]},
            {"id": "2", "content_text": "Only here & nowhere else.", "title": "Short"}, "junk"]}  # fmt: skip
        site.add("/a.html", PAGE)
        first, second = read(local, site.add("/feed.json", json.dumps(feed), "application/feed+json"))
        assert isinstance(first, RawPage)
        assert isinstance(second, RawPage)
        assert (first.given.published, first.given.author) == ("2030-03-05", "Rana Obe")
        assert second.data == b"<p>Only here &amp; nowhere else.</p>"

    @pytest.mark.parametrize("packed", [False, True])
    def test_a_sitemap_behind_an_index(self, site: Any, local: Settings, packed: bool) -> None:
        site.add("/a.html", PAGE)
        data = SITEMAP.format(site.address).encode()
        site.add("/news.xml", gzip.compress(data) if packed else data, "application/x-gzip" if packed else "text/xml")
        index = f"<sitemapindex><sitemap><loc>{site.address}/news.xml</loc></sitemap><sitemap><loc>{site.address}/no.xml</loc></sitemap></sitemapindex>"
        page, missing = read(local, site.add("/sitemap.xml", index, "application/xml"))[::-1]
        assert isinstance(page, RawPage)
        assert page.given == Metadata("2030-03-05", None, "Dune Herald", None, "Guards leave", "en")
        assert isinstance(missing, Failure)
        assert "404" in missing.reason

    def test_an_index_that_names_itself_ends(self, site: Any, local: Settings) -> None:
        index = f"<sitemapindex><sitemap><loc>{site.address}/s.xml</loc></sitemap></sitemapindex>"
        assert read(local, site.add("/s.xml", index, "application/xml")) == []

    def test_more_than_the_most_are_left_and_named(self, site: Any, local: Settings) -> None:
        urls = "".join(f"<url><loc>{site.add(f'/{n}', PAGE)}</loc></url>" for n in range(5))
        found = read(replace(local, max_listed=2), site.add("/s.xml", f"<urlset>{urls}</urlset>", "text/xml"))
        assert [type(each).__name__ for each in found] == ["RawPage", "RawPage", "Failure"]

    @pytest.mark.parametrize("root", ["rss", "urlset"])
    def test_entities_that_grow_are_refused(self, site: Any, local: Settings, root: str) -> None:
        laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        address = site.add("/laugh", f'<?xml version="1.0"?>{laughs}<{root}>&b;</{root}>', "text/xml")
        assert "entities" in reason(local, address)

    @pytest.mark.parametrize(
        "data", [b"<rss", b"<feed>\x00\xff</", b"<urlset><url>", b'{"version":"https://jsonfeed.org/1"']
    )
    def test_broken_lists_are_one_failure(self, site: Any, local: Settings, data: bytes) -> None:
        assert reason(local, site.add("/broken", data + b" " * 50, "application/xml"))
