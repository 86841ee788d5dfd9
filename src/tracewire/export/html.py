"""The report as one HTML page: no script, nothing fetched, light and dark, readable on a phone."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tracewire.codebook import Codebook
from tracewire.export.plain import writable
from tracewire.export.report import default_title, report_markdown
from tracewire.model import Record

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# The report escapes brackets in all that comes from documents, so an open bracket and an id are always its own mark.
_MARK = re.compile(r"\[([cv][0-9a-f]{4,16})\]")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""


class HtmlExporter:
    """Writes the report as one self-contained page; without a title the case's largest story gives one."""

    name = "report-html"
    suffix = ".html"

    def __init__(self, codebook: Codebook | None = None, title: str | None = None) -> None:
        self._codebook = codebook
        self._title = title

    def write(self, record: Record) -> Iterator[str]:
        """The whole page."""
        title = self._title or default_title(record)
        yield to_html(report_markdown(record, title, self._codebook), title)


def to_html(markdown: str, title: str) -> str:
    """A report in Markdown as a page; raw HTML in it is shown, never run."""
    parser = _parser()
    tokens = parser.parse(markdown)
    contents = _number_headings(tokens)
    _mark_tables(tokens)
    body = str(parser.renderer.render(tokens, parser.options, {}))
    first, end, rest = body.partition("</h1>\n")
    page = f"{first}{end}{contents}{rest}" if end else f"{contents}{body}"
    return _PAGE.format(title=html.escape(writable(title)), style=_style(), body=page)


def _style() -> str:
    return (files("tracewire.export") / "report.css").read_text("utf-8")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("link", "mark", _read_mark)
    parser.add_render_rule("mark", _render_mark)
    return parser


# ---------------------------------------------------------------- marks of claims and events


def _read_mark(state: StateInline, silent: bool) -> bool:
    found = _MARK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        here = state.src[max(0, state.pos - 2) : state.pos] == "**"
        state.push("mark", "", 0).meta = {"id": found[1], "here": here}
    state.pos = found.end()
    return True


def _render_mark(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, env: dict[str, Any]) -> str:
    # In bold stands the claim itself, elsewhere a reference to it; an id may stand but once in a page.
    id_ = tokens[index].meta["id"]
    seen: set[str] = env.setdefault("seen", set())
    if tokens[index].meta["here"] and id_ not in seen:
        seen.add(id_)
        return f'<span class="mark" id="{id_}">{id_}</span>'
    return f'<a class="mark" href="#{id_}">{id_}</a>'


# ---------------------------------------------------------------- headings and tables


def _number_headings(tokens: Sequence[Token]) -> str:
    """Give each section an anchor; returns the table of contents."""
    entries: list[str] = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            anchor = f"s{len(entries) + 1}"
            token.attrSet("id", anchor)
            entries.append(f'<li><a href="#{anchor}">{html.escape(inline.content)}</a></li>\n')
    return f'<nav aria-label="Contents">\n<ul>\n{"".join(entries)}</ul>\n</nav>\n' if entries else ""


def _mark_tables(tokens: Sequence[Token]) -> None:
    """Let words run in their own direction, and open source links without telling where from."""
    for token in tokens:
        if token.type in ("blockquote_open", "td_open", "th_open"):
            token.attrSet("dir", "auto")
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer")
