"""Any bytes give documents, failures or a TracewireError: coverage-guided fuzzing of ingest and cleaning by atheris.

    python bench/fuzz.py                  # a minute over all targets
    python bench/fuzz.py --seconds 600 --corpus /tmp/corpus   # longer, and what it finds interesting is kept

    python bench/fuzz.py --seconds 600 --corpus /tmp/corpus   # longer; what it finds interesting is kept
not installed (it has wheels for Linux on x86-64) this says so and ends with 0.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

HTML = (
    b"<html><head><title>Depot raided | Sand Post</title><script type='application/ld+json'>{\"datePublished\":"
    b'"2031-02-03", "articleBody": "x"}</script></head><body><nav><a href=\'/\'>Home</a></nav><article><h1>Depot raided'
    b"</h1><time datetime='2031-02-03'>3 Feb 2031</time><p>Men in two trucks took nine rifles &amp; a mortar "
    b"from the depot of Adale before dawn, its guards said.</p><blockquote>They came from the wadi.</blockquote>"
    b"</article></body></html>"
)
TEXT = (
    b"Depot raided\n\nBy Ann Lee\n\nADALE, Feb 3 (SP) - Men took nine rifles.\n\nPhoto: A. Lee\n\nShare Tweet Print\n"
)
FEED = b"<rss><channel><item><link>http://a.test/1</link><title>T</title></item></channel></rss>"
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2031-02-03T03:04:05Z\r\n"
    b"WARC-Target-URI: http://a.test/z\r\nContent-Type: application/http\r\nContent-Length: 59\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Guards.</p>\r\n\r\n"
)
LINES = b'{"text": "Guards left the depot.", "title": "T", "published": "2031-02-03"}\n{"html": "<p>x</p>"}\n'
SEEDS = (HTML, HTML, TEXT, TEXT, FEED, WARC, LINES, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n", TEXT)
"""What each target begins with, in the order of the targets."""


def targets(folder: Path) -> list[Callable[[bytes], None]]:
    """What is fuzzed, each a function of bytes that may raise a TracewireError and nothing else."""
    from tracewire.clean import clean_page
    from tracewire.config import Cleaning, Settings
    from tracewire.ingest import iter_pages
    from tracewire.ingest.listing import entries
    from tracewire.ingest.refusal import RefusalError
    from tracewire.model import Document, Failure, RawPage

    settings = Settings(max_document_bytes=100_000, delay=0.0)

    def holds(document: Document) -> None:
        at = 0
        for segment in document.segments:
            assert segment.start == at < segment.end, "segments that leave a gap"
            at = segment.end
        assert at == len(document.raw), "segments that end before the page"
        for block in document.reading.blocks:
            span = document.span(block.start, block.end)
            assert document.raw[span.start : span.end] == span.quote, "a span that is not what it quotes"

    def cleaned(media_type: str, how: Cleaning = "best") -> Callable[[bytes], None]:
        return lambda data: holds(clean_page(RawPage("x", data, media_type, "x", "file", ""), how))

    def listed(data: bytes) -> None:
        with suppress(RefusalError):
            entries(data)

    def file(ending: str) -> Callable[[bytes], None]:
        path = folder / f"x{ending}"

        def read(data: bytes) -> None:
            path.write_bytes(data)
            for page in iter_pages([path], settings, retrieved="2031-05-01T10:00:00Z"):
                assert isinstance(page, (RawPage, Failure))

        return read

    return [
        cleaned("text/html"), cleaned("text/html", "fast"), cleaned("text/plain"), cleaned("text/markdown"), listed,
        file(".warc"), file(".jsonl"), file(".pdf"), file(".txt"),
    ]  # fmt: skip


def main() -> int:
    """Fuzz for some seconds; atheris ends the process, with another code than 0 where it finds a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1, help="stop after so many inputs; the same ones each time")
    parser.add_argument("--corpus", type=Path, help="a folder of inputs to begin with and to add to")
    options = parser.parse_args()
    try:
        import atheris
    except ImportError:
        print("atheris is not installed here: nothing fuzzed (the laws in tests/ run all the same)")
        return 0
    logging.disable(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="tracewire-fuzz-"))
    corpus = options.corpus or folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (corpus / f"seed-{number}").write_bytes(bytes([number]) + seed)
    with atheris.instrument_imports(include=["tracewire"]):
        known = targets(folder)
    from tracewire.errors import TracewireError

    def one(data: bytes) -> None:
        if data:
            with suppress(TracewireError):
                known[data[0] % len(known)](data[1:])

    for number, seed in enumerate(SEEDS):  # once before the clock runs: what is imported late is imported now
        one(bytes([number]) + seed)
    limits = [f"-max_total_time={options.seconds}", "-max_len=20000", "-timeout=600", "-rss_limit_mb=4096"]
    limits += [f"-runs={options.runs}", "-seed=1"] if options.runs > 0 else []
    atheris.Setup([sys.argv[0], str(corpus), *limits], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
