"""The case as a folder of pages: links lead to files, nothing runs, names are masked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracewire.errors import UsageError
from tracewire.store.reviewing import ReviewStore
from tracewire.web.publish import Masker, load_mask, publish


def test_a_published_case_stands_alone(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    count = publish(case, out)
    pages = sorted(out.rglob("*.html"))
    assert len(pages) == count > 50
    with ReviewStore(case) as store:
        assert {f"{e.id}.html" for e in store.record().events} <= {p.name for p in pages}
    for page in pages:
        text = page.read_text("utf-8")
        assert "<script" not in text
        assert "<form" not in text
        for link in re.findall(r'href="([^"#]+)', text):
            assert (page.parent / link).is_file(), (page.name, link)
    with pytest.raises(UsageError, match="not empty"):
        publish(case, out)


def test_names_are_masked_everywhere(case: Path, tmp_path: Path) -> None:
    with ReviewStore(case) as store:
        name = next(e.name for e in store.record().entities if " " in e.name)
    names = tmp_path / "names.txt"
    names.write_text(f"# who\n{name} = Group X\n", "utf-8")
    publish(case, tmp_path / "pages", load_mask(names))
    text = "".join(p.read_text("utf-8") for p in (tmp_path / "pages").rglob("*.html"))
    assert "Group X" in text
    assert not re.search(re.escape(name).replace(r"\ ", r"\s+"), text, re.IGNORECASE)


def test_masks_are_whole_words_and_longest_first() -> None:
    masker = Masker({"Ali": "A", "Ali Hassan": "B"})
    assert masker.masked("ALI\nHASSAN met Ali, not Alice") == "B met A, not Alice"
