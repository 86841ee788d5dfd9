"""Sources in common: the same quotation, the same figures in one order, with the stretch of both documents."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.codebook import Codebook
from tracewire.codebook.outlet_names import OutletIds, is_initials
from tracewire.codebook.rows import OutletRow
from tracewire.dedupe import find_copies, find_origins
from tracewire.dedupe.figures import figures, weight
from tracewire.dedupe.quotations import quotations, speaker
from tracewire.model import Document, Origin, Published
from tracewire.testing import make_document

CODEBOOK = Codebook("1", {}, {}, {}, {"dune": OutletRow("dune", "Dune Radio", aliases=("Dune",), wire=True)})
SAID = "We counted nine lorries on the ferry and every driver had the same forged paper"
OWN = {
    "a": "Rain fell on the harbour all day, and the cranes stood still until the evening shift came on.",
    "b": "A school bus waited at the barrier while two clerks looked for the key of the office.",
    "c": "Bakers in the upper town asked for flour at the old price and were sent home again.",
}


def dated(name: str, text: str, day: str = "2031-05-02", **metadata: str) -> Document:
    return make_document(
        f"{text}\n\n{OWN[name[0]]}", f"{name}.txt", published=Published(day, day, "given", True), **metadata
    )


def inferred(*documents: Document) -> list[Origin]:
    found = find_origins(documents, find_copies(documents), CODEBOOK)
    return [o for o in found if o.basis == "inferred"]


def test_both_documents_keep_their_words() -> None:
    a = dated("a", f'The officer was angry. "{SAID}," Major Ilyas Tarn said.')
    b = dated("b", f'Smuggling goes on. "{SAID}," an officer told the court.')
    found = inferred(a, b)
    assert [(o.name, o.quote and o.quote.quote) for o in found] == [("Major Ilyas Tarn", SAID)] * 2
    for own, other in ((a, b), (b, a)):
        (origin,) = (o for o in found if o.document == own.id)
        assert origin.shared is not None
        assert origin.shared.document == other.id
        assert other.raw[origin.shared.start : origin.shared.end] == SAID
        assert origin.shared.why == "the same quotation"


@pytest.mark.parametrize(
    "second",
    [
        dated("b", f'"{SAID}," he said.', "2031-07-02"),
        dated("b", f'"{SAID}," he said.', outlet="The Gazette"),
        dated("b", f'TAMASSA (Dune) - "{SAID}," he said.'),
    ],
    ids=["months later", "of the same outlet", "credits the same wire"],
)
def test_what_is_known_already_or_far_away_is_not_inferred(second: Document) -> None:
    first = dated("a", f'TAMASSA (Dune) - "{SAID}," said the major.', outlet="The Gazette")
    assert not [o for o in inferred(first, second) if o.shared and o.shared.why != "its words are quoted"]


def test_what_everybody_knows_is_nobodys() -> None:
    days = ("2031-01-02", "2031-03-02", "2031-03-04")
    documents = [dated(n, f'"{SAID}," he said.', day) for n, day in zip("abc", days, strict=True)]
    assert not [o for o in inferred(*documents) if o.shared and o.shared.why == "the same quotation"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They took 2,317 rounds and 47 rifles.", [2317, 47]),
        ("Thirty-eight men and 129 women left.", [38, 129]),
        ("In 1991 the 34-year-old fired 155mm shells from Route 66 at 10:45.", []),
        ("About 500 men, 12 boats and 75 lorries, 47 per cent of them new, came 65 miles on 14 March.", []),
        ("Resolution 2254 and AK-47 rifles of the 93 Brigade; call 442 118.", []),
        ("It cost $417 and 3.14 or 2/31 of it.", []),
    ],
)
def test_figures_that_tell(text: str, found: list[int]) -> None:
    assert [f.value for f in figures(make_document(text))] == found


def test_weights() -> None:
    assert [weight(n) for n in (12, 13, 40, 147, 150, 1300, 2317)] == [0, 1, 0, 2, 0, 0, 3]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"They took it," the mayor of Deir Amar said.', None),
        ('"They took it," said the head of the council, Salem Bawazir, on Monday.', None),
        ('"They took it," governor Hamdan Saleh told journalists in Al-Jawf.', "Hamdan Saleh"),
        ('Abu Firas, a commander, said: "They took it".', "Abu Firas"),
        ('"So it is," Maj. Oleh Prytula said, "and so on."', "Maj. Oleh Prytula"),
        ('On Monday Smith said "we go".', "Smith"),
        ('"We go," he said.', None),
    ],
)
def test_speakers(text: str, name: str | None) -> None:
    (quotation,) = quotations(make_document(text))
    assert speaker(quotation) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said “we go” and left.", ["we go"]),
        ("«On y va», dit-il.", ["on y va"]),
        ("'We can't go,' he said.", ["we can't go"]),
        ("The rebels' men said nothing.", []),
        ('"One.\n\n"Two," he said.', ["one", "two"]),
        ('A 12" gun fired.\nNothing else "happened" then.', ["happened"]),
    ],
)
def test_quotations(text: str, words: list[str]) -> None:
    assert [" ".join(q.words) for q in quotations(make_document(text))] == words


@given(st.permutations("abc"), st.randoms(use_true_random=False))
def test_order_does_not_matter(names: list[str], rnd: random.Random) -> None:
    texts = {
        "a": f'"{SAID}," he said. They left 2,317 shells.',
        "b": f'He said "{SAID}".',
        "c": "Of shells 2,317 were left.",
    }
    documents = [dated(n, texts[n]) for n in names]
    copies = find_copies(documents)
    rnd.shuffle(copies)
    assert find_origins(documents, copies, CODEBOOK) == find_origins(
        sorted(documents, key=lambda d: d.name), sorted(copies, key=lambda c: c.document), CODEBOOK
    )


def test_outlets_of_one_name() -> None:
    ids = OutletIds(CODEBOOK.outlets)
    assert ids.id("DUNE RADIO") == ids.id("Dune Radio News") == ids.id("Dune") == "dune"
    assert ids.id("Transmed") == ids.id("TRANSMED NEWS") != ids.id("Transmar")
    assert ids.distinct(["TRANSMED NEWS", "Transmed", "The Gazette"]) == ["The Gazette", "Transmed"]


@pytest.mark.parametrize(
    ("short", "name", "same"),
    [
        ("TSA", "TransSahel Agency", True),
        ("LNA", "The Libyan News Agency", True),
        ("LNA", "Libyan Army Net", False),
        ("Tsa", "TransSahel Agency", False),
    ],
)
def test_initials(short: str, name: str, same: bool) -> None:
    assert is_initials(short, name) is same
