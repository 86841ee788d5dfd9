"""Transfers in the fields of SIPRI's trade register: no captures, nothing planned or denied, the TIV left empty."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from anyascii import anyascii

from tracewire.codebook import Codebook
from tracewire.export.coding.deeds import STATUS, Deed, Deeds, origins_words, summary
from tracewire.export.coding.left import Left
from tracewire.export.coding.parties import Side
from tracewire.export.phrases import item_name, quantity_words
from tracewire.export.plain import join, unique
from tracewire.export.sheet import Cell, flat, row
from tracewire.export.view import View, view
from tracewire.model import Claim, Materiel, Record

COLUMNS = (
    "Recipient", "Supplier", "Year of order", "", "Number ordered", "", "Weapon designation", "Weapon description",
    "Number delivered", "", "Year(s) of delivery", "status", "Comments", "SIPRI TIV per unit",
    "SIPRI TIV for total order", "SIPRI TIV of delivered weapons",
)  # fmt: skip
UNKNOWN, UNCERTAIN = "..", "?"
NO_SUPPLIER, NO_RECIPIENT = "unknown supplier", "unknown recipient"

MAJOR = frozenset(
    {
        "artillery", "mlrs", "atgm", "manpads", "sam", "air-defence", "anti-aircraft-gun", "missile",
        "ballistic-missile", "cruise-missile", "anti-ship-missile", "air-launched-missile", "tank", "ifv", "apc",
        "mrap", "armoured-vehicle", "aircraft", "combat-aircraft", "transport-aircraft", "helicopter",
        "attack-helicopter", "uav", "ucav", "loitering-munition", "warship", "submarine", "radar",
    }
)  # fmt: skip
"""Codebook families of what SIPRI calls major arms; small arms, ammunition, trucks and aid are none."""

PREAMBLE = (
    "TRANSFERS OF MAJOR WEAPONS: transfers that reports tell of, in the fields of SIPRI's trade register",
    "This is not SIPRI data: every row comes from the reports of one case and has to be checked by a person",
    "",
    "Recipients and suppliers are named as the reports name them; '..' is not known, '?' marks a number in doubt",
    "No captures and no handovers: they are no transfers; nothing that is only planned, promised, or denied",
    "The number delivered is the lowest that any report gives; what others say stands in the comments",
    "Years of order and numbers ordered are not known from reports of deliveries",
    "TIV values belong to SIPRI and stay empty",
    "Each comment says whether the row was reviewed, and names its event in the case",
    "",
    "",
)
"""As many lines before the header as SIPRI's own files have."""


_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "→": "->"})


class SipriExporter:
    """Writes SIPRI's trade register fields, an item of a transfer a row; what is no major weapon is left out."""

    name = "sipri"
    suffix = ".csv"
    encoding = "latin-1"

    def __init__(self, codebook: Codebook | None = None) -> None:
        self._codebook = codebook
        self.notes: list[str] = []

    def write(self, record: Record) -> Iterator[str]:
        """Eleven lines of preamble, the header, then the rows by recipient, supplier and weapon."""
        known = view(record, self._codebook)
        left, deeds = Left("transfer"), Deeds(known)
        rows: list[list[Cell]] = []
        for event, deed in deeds:
            if event.type != "transfer":
                continue
            left.look()
            found = deed if isinstance(deed, str) else _rows(known, deeds, deed)
            if isinstance(found, str):
                left.out(found)
            else:
                rows += found
        yield from (f"{line}\n" for line in PREAMBLE)
        yield row(COLUMNS)
        changed = 0
        for cells in sorted(rows, key=lambda cells: [str(cell) for cell in cells]):
            straight = [cell.translate(_MARKS) if isinstance(cell, str) else cell for cell in cells]
            spelt = [_latin(cell) for cell in straight]
            changed += spelt != straight
            yield row(spelt, quoting=csv.QUOTE_MINIMAL)
        if changed:
            left.note(f"{changed} row{'' if changed == 1 else 's'} with letters that Latin-1 has not: spelt in Latin")
        self.notes = left.lines()


def _latin(cell: Cell) -> Cell:
    """The cell in the letters of Latin-1, the format's encoding; what it has not is spelt in Latin letters."""
    if not isinstance(cell, str):
        return cell
    return "".join(char if ord(char) < 256 else anyascii(char) for char in flat(cell))


def _rows(known: View, deeds: Deeds, deed: Deed) -> list[list[Cell]] | str:
    supplier, recipient = deed.acting, deed.suffering
    names = [_party(side) for side in (supplier, recipient)]
    if not any(names):
        return "neither supplier nor recipient is named"
    if names[0] == names[1]:
        return "supplier and recipient are the same in the reports"
    items: dict[str, list[tuple[Claim, Materiel]]] = {}
    for claim in deed.told:
        for thing in claim.materiel:
            if thing.item is not None and thing.item.partition(".")[0] in MAJOR:
                items.setdefault(thing.item, []).append((claim, thing))
    # a family beside one of its models is the same thing named twice
    named = [item for item in sorted(items) if not any(other.startswith(f"{item}.") for other in items)]
    if not named:
        return "no item of it is a major weapon"
    return [_row(known, deeds, deed, item, items[item]) for item in named]


def _row(known: View, deeds: Deeds, deed: Deed, item: str, told: Sequence[tuple[Claim, Materiel]]) -> list[Cell]:
    supplier, recipient = deed.acting, deed.suffering
    counted = [t.quantity for _, t in told if t.quantity is not None and t.quantity.counts_things]
    lows = sorted({quantity.low for quantity in counted if quantity.low is not None})
    sure = len(lows) == 1 and all(t.quantity is None or t.quantity.rule == "exact" for _, t in told)
    family = item.partition(".")[0]
    return [
        _party(recipient) or NO_RECIPIENT,
        _party(supplier) or NO_SUPPLIER,
        UNKNOWN,
        None,
        UNKNOWN,
        None,
        item_name(known, item) if "." in item else UNKNOWN,
        item_name(known, family),
        lows[0] if lows else UNKNOWN,
        None if sure or not lows else UNCERTAIN,
        _years(deed),
        UNKNOWN,
        _comment(known, deeds, deed, told),
        None,
        None,
        None,
    ]


def _party(side: Side) -> str | None:
    # SIPRI names states and groups; an unnamed party has no name
    return join(unique(party.name for party in (side.main, *side.beside) if party is not None)) or None


def _years(deed: Deed) -> str:
    start, end = (deed.event.start or "")[:4], (deed.event.end or "")[:4]
    if not start or not end:
        return UNKNOWN
    return start if start == end else f"{start}-{end}"


def _comment(known: View, deeds: Deeds, deed: Deed, told: Sequence[tuple[Claim, Materiel]]) -> str:
    counts = unique(quantity_words(known, claim, thing.quantity) for claim, thing in told)
    made = unique(thing.made_in or "" for _, thing in told)
    instead = [p.name for side in (deed.acting, deed.suffering) for p in side.instead]
    disputed = deeds.disputes(deed)
    parts = [
        summary(known, deed),
        f"{origins_words(deed.event)}; {STATUS[deed.event.status]}; event {deed.event.id}.",
        f"Number in the reports: {join([f'“{c}”' for c in counts], 'or')}." if counts else "",
        f"Made in: {join(made, 'or')}." if made else "",
        f"Other accounts name: {join(instead)}." if instead else "",
        f"Disputed: {'; '.join(disputed)}." if disputed else "",
    ]
    return " ".join(part for part in parts if part)
