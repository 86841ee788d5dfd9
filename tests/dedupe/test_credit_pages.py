"""Origins that sixty real pages state, read by hand; the pages themselves stay in the shared data."""

from __future__ import annotations

import gzip
import tomllib
from pathlib import Path

import pytest

from tracewire.clean import clean
from tracewire.codebook import load_codebook
from tracewire.dedupe import find_origins
from tracewire.dedupe.outlets import OutletNames
from tracewire.model import Document, RawPage

GOLD = Path(__file__).with_name("credit_pages.toml")
SEEDS = {
    "000": [],
    "001": [],
    "002": ["Al-Manar", "Reuters"],
    "003": [],
    "004": ["Long War Journal"],
}


def read(path: Path, media_type: str) -> Document:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    (document,) = clean(iter([RawPage(path.name, data, media_type, "", "file", "")]))
    assert isinstance(document, Document)
    return document


def stated(document: Document) -> list[str]:
    found = find_origins([document], [], load_codebook())
    assert all(o.quote and document.raw[o.quote.start : o.quote.end] == o.quote.quote for o in found)
    return [o.name for o in found]


@pytest.mark.shared
def test_sixty_pages(shared: Path) -> None:
    folder = shared / "data" / "pages"
    files = {path.name.split(".")[0][:12]: path for path in folder.glob("*/html/*.html.gz")}
    gold = tomllib.loads(GOLD.read_text("utf-8"))
    rows = gold["origins"] | gold["pictures"]
    if missing := rows.keys() - files.keys():
        pytest.skip(f"{folder} lacks {', '.join(sorted(missing))}")
    names = OutletNames(load_codebook())
    wrong = {}
    for name, wanted in rows.items():
        found = stated(read(files[name], "text/html"))
        if len(found) != len(wanted) or not all(any(names.same(f, w) for w in wanted) for f in found):
            wrong[name] = found
    assert not wrong.keys() & gold["pictures"].keys()
    assert 1 - len(wrong) / len(rows) >= 0.95, wrong


@pytest.mark.shared
def test_the_seeds(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        assert stated(read(path, "text/plain")) == SEEDS[path.name[:3]]
