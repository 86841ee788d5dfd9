"""A sourced brief in Markdown: what happened, who says so, what speaks against it, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tracewire.codebook import Codebook
from tracewire.export.report import evidence, overview, questions
from tracewire.export.report.brief import Brief, make_brief
from tracewire.export.report.flows import flows
from tracewire.export.report.markdown import md
from tracewire.model import Record

__all__ = ["ReportExporter", "report_markdown"]

SECTIONS: tuple[tuple[str, Callable[[Brief], Iterator[str]]], ...] = (
    ("Documents", overview.documents),
    ("The story in short", overview.story),
    ("Timeline", overview.timeline),
    ("Materiel flows", flows),
    ("Contradictions", evidence.contradictions),
    ("Events and their evidence", evidence.events),
    ("Claims outside events", evidence.standalone),
    ("Denied, conditional, planned or opinion: not events", evidence.not_events),
    ("Headlines that the body does not carry", evidence.headlines),
    ("Open questions", questions.questions),
    ("Rejected in review", evidence.rejected),
    ("How this was made", questions.method),
)


class ReportExporter:
    """Writes the report as Markdown; without a title the case's largest story gives one."""

    name = "report"
    suffix = ".md"

    def __init__(self, codebook: Codebook | None = None, title: str | None = None) -> None:
        self._codebook = codebook
        self._title = title

    def write(self, record: Record) -> Iterator[str]:
        """The whole report, section by section."""
        yield from _sections(record, self._title or default_title(record), self._codebook)


def report_markdown(record: Record, title: str, codebook: Codebook | None = None) -> str:
    """The report on a record as Markdown."""
    return "".join(_sections(record, title, codebook))


def default_title(record: Record) -> str:
    """A plain title: a headline of one of the documents would take its side."""
    count = len(record.documents)
    return f"What {count} document{'' if count == 1 else 's'} say{'s' if count == 1 else ''}"


def _sections(record: Record, title: str, codebook: Codebook | None) -> Iterator[str]:
    brief = make_brief(record, codebook)
    yield f"# {md(title)}\n\n"
    yield from (f"{block}\n\n" for block in overview.head(brief))
    for name, write in SECTIONS:
        blocks = list(write(brief))
        if blocks:
            yield f"## {name}\n\n"
            yield from (f"{block}\n\n" for block in blocks)
