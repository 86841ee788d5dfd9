"""Do places land where they are? Marked reports, villages of a gazetteer in context, and stories with a key.

    python bench/places.py [marked] [villages] [speed] [records CLAIMS KEY ...] [--show] [--update]

`marked`: bench/places/*.txt with the built-in places alone. `villages`: 200 mentions of ../shared/gazetteer
set into sentences, with that gazetteer installed; nothing of it is kept. `records`: places of claims in claims files
beside the keys of their stories. Where the shared gazetteer is absent `villages` is left out, and the bench says so.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from floors import Floors, check, keep
from tracewire.lang import load_words
from tracewire.model import Mention, Place, Span
from tracewire.resolve.context import TextView
from tracewire.resolve.gazetteer import Gazetteer, install
from tracewire.resolve.gazetteer_db import PlaceRow, distance_km
from tracewire.resolve.gazetteer_files import read_file
from tracewire.resolve.names import in_latin_letters, keys
from tracewire.resolve.nations import Nations
from tracewire.resolve.places import PlaceResolver
from tracewire.testing import make_document

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("TRACEWIRE_SHARED", HERE.parent.parent / "shared"))
MARK = re.compile(r"\[\[(?P<facility>f:)?(?P<words>[^|\]]+)\|(?P<spec>[^\]]*)\]\]")
NEAR_KM = 10.0
COUNTRIES = ("sy", "iq", "ye", "lb")
EACH = 50
SEED = 6


@dataclass(frozen=True)
class Wanted:
    """Where a mention lies: a point and what it may miss by, a country, or nowhere that can be said."""

    words: str
    point: tuple[float, float] | None = None
    within: float = NEAR_KM
    country: str | None = None
    facility: bool = False


@dataclass
class Report:
    """A text with its mentions, in order."""

    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)


def marked(source: str) -> Iterator[Report]:
    """The reports of a marked file."""
    for block in re.split(r"\n\s*\n", source):
        if block.strip() and not block.startswith("#"):
            yield parse(block.strip())


def parse(block: str) -> Report:
    """A report without its marks, and what they say."""
    report, at, text = Report(""), 0, []
    for match in MARK.finditer(block):
        text.append(block[at : match.start()])
        start = sum(map(len, text))
        text.append(match["words"])
        at = match.end()
        report.spans.append((start, start + len(match["words"])))
        report.wanted.append(wanted(match["words"], match["spec"], bool(match["facility"])))
    report.text = "".join([*text, block[at:]])
    return report


def wanted(words: str, spec: str, facility: bool) -> Wanted:
    """What a mark asks for."""
    if spec == "-":
        return Wanted(words, facility=facility)
    if spec.startswith("="):
        return Wanted(words, country=spec[1:], facility=facility)
    numbers = [float(n) for n in spec.split(",")]
    return Wanted(words, (numbers[0], numbers[1]), max(NEAR_KM, *numbers[2:], NEAR_KM), facility=facility)


def resolve(report: Report, resolver: PlaceResolver, nations: Nations) -> list[Place | None]:
    """The place of each mention of a report."""
    document = make_document(report.text)
    view = TextView(document)
    mentions = [
        Mention(document.id, Span(a, b, report.text[a:b]), "FACILITY" if w.facility else "PLACE", "name")
        for (a, b), w in zip(report.spans, report.wanted, strict=True)
    ]
    found = resolver.resolve_document(view, mentions, nations.counts(view.text))
    known = {place.id: place for place in resolver.places()}
    return [known[found[i]] if i in found else None for i in range(len(mentions))]


def right(want: Wanted, got: Place | None) -> bool:
    """Whether a place is what was asked for."""
    point = None if got is None or got.latitude is None or got.longitude is None else (got.latitude, got.longitude)
    if want.point is not None:
        return point is not None and distance_km(want.point, point) <= want.within
    if want.country is not None:
        return got is not None and point is None and got.country == want.country
    return point is None


def kind(want: Wanted) -> str:
    """The row of the table that a mention counts in."""
    return "located" if want.point else "country" if want.country else "null"


def score(name: str, reports: Iterable[Report], gazetteer: Gazetteer, show: bool) -> Floors:
    """Shares right of one set, printed."""
    nations = Nations(load_words("en", "demonyms"))
    tally: Counter[str] = Counter()
    for report in reports:
        for want, got in zip(report.wanted, resolve(report, PlaceResolver(gazetteer, nations), nations), strict=True):
            tally[f"{kind(want)} of"] += 1
            tally[kind(want)] += right(want, got)
            if show and not right(want, got):
                print(f"  {name}: {want.words!r} wanted {want.point or want.country}, got {brief(got)}")
    return told(name, tally)


def brief(place: Place | None) -> str:
    """A place in a line."""
    if place is None:
        return "nothing"
    return f"{place.name} {place.latitude},{place.longitude} {place.admin1} {place.country} {place.gazetteer}"


def told(name: str, tally: Counter[str]) -> Floors:
    """The shares, printed with the counts behind them."""
    shares = {}
    for row in ("located", "country", "null"):
        if of := tally[f"{row} of"]:
            shares[f"{name}: {row}"] = tally[row] / of
            print(f"{name}: {row} {tally[row]}/{of} = {tally[row] / of:.3f}")
    return shares


# ---------------------------------------------------------------- villages of the shared gazetteer


@dataclass
class Village:
    """A row of the gazetteer as a report would name it."""

    row: PlaceRow
    written: str

    @property
    def point(self) -> tuple[float, float]:
        """Its latitude and longitude."""
        return self.row.latitude or 0.0, self.row.longitude or 0.0


NAMES = {"sy": "Syria", "iq": "Iraq", "ye": "Yemen", "lb": "Lebanon"}
FRAMES = (
    "Fighters took {0} and {1} in {p} province on Sunday, activists in {c} said. Shells fell on {2}.",
    "A convoy was hit near {0}, {p}, {c}'s defence ministry said. It had left {1} for {2} with ammunition.",
    "In {c}, the army shelled {0}'s outskirts from {1}, in the {p} countryside, and lost two tanks at {2}.",
    "gunmen seized rifles in {0} and {1}, {p}, residents said. the rest fled to {2}. it was {c}'s second raid.",
    "{p}, {c} - Mortars landed between {0} and {1} before dawn; a depot in {2} burnt.",
)
INVENTED = ("Qurbayat Zinnum", "Tall Marqoshan", "Beit Huzzaroun", "Kafr Wadlib", "Umm Tarkhoush",
            "Dhi Nahbar", "Bir Sharqosh", "Al-Mazqubiya", "Jabal Tanzoura", "Wadi Farqesh", "Ayn Bulzoum",
            "Khirbat Ghamdash")  # fmt: skip
ELSEWHERE = ("MV Jebel Star", "Brigadier Nasser Qubayli", "Harbour Relief Committee", "Fajr Media Office")


def villages(show: bool) -> Floors:
    """200 mentions of villages in four countries, with names that lie nowhere among them."""
    folder = SHARED / "gazetteer"
    if not folder.is_dir():
        print(f"villages: left out, there is no {folder}", file=sys.stderr)
        return {}
    shares: Floors = {}
    with tempfile.TemporaryDirectory() as work:
        install(folder, Path(work))
        gazetteer, drawn = Gazetteer(Path(work)), random.Random(SEED)
        reports = [r for code in COUNTRIES for r in draw(folder / f"whosonfirst-{code}.tsv.gz", code, drawn)]
        for name, part in (("villages, growing", reports[::2]), ("villages, held", reports[1::2])):
            shares |= score(name, part, gazetteer, show)
        builtin = Gazetteer(Path(work) / "none")
        shares |= score("villages, no gazetteer installed", reports, builtin, False)
    return shares


def draw(path: Path, code: str, drawn: random.Random) -> Iterator[Report]:
    """Reports of three neighbouring villages and one name that lies nowhere, EACH villages in all."""
    rows = [(row, names) for row, names in read_file(path).entries if row.kind == "locality" and row.admin1]
    twins = Counter(keys(row.name).exact for row, _ in rows)
    cells: dict[tuple[int, int], list[Village]] = defaultdict(list)
    for row, names in rows:
        cells[int((row.latitude or 0) * 5), int((row.longitude or 0) * 5)].append(
            Village(row, written(row, names, drawn))
        )
    full = sorted(cell for cell, members in cells.items() if len({keys(v.row.name).exact for v in members}) >= 3)
    for number in range(-(-EACH // 3)):
        group = drawn.sample(cells[drawn.choice(full)], 3)
        group.sort(key=lambda v: -twins[keys(v.row.name).exact])
        yield written_report(group, FRAMES[number % len(FRAMES)], NAMES[code], drawn, number)


def written(row: PlaceRow, names: Sequence[str], drawn: random.Random) -> str:
    """One of its spellings in plain letters, as a report would have it."""
    spelled = [
        n for n in (row.name, *names) if in_latin_letters(n) and n[:1].isupper() and "(" not in n and "," not in n
    ]
    return drawn.choice(spelled or [row.name]).replace("`", "'").replace("‘", "'")


def written_report(group: list[Village], frame: str, country: str, drawn: random.Random, number: int) -> Report:
    """A frame filled in, its villages and one unknown name marked."""
    lower = frame[0].islower()
    marks = [f"[[{fold(v.written, lower)}|{v.point[0]},{v.point[1]}]]" for v in group]
    text = frame.format(*marks, p=group[0].row.admin1, c=country)
    unknown = INVENTED[number % len(INVENTED)] if number % 4 else drawn.choice(ELSEWHERE)
    text += f" {'nothing' if lower else 'Nothing'} was heard from [[{fold(unknown, lower)}|-]]."
    return parse(text.lower() if lower else text)


def fold(words: str, lower: bool) -> str:
    """Lower-cased with the report."""
    return words.lower() if lower else words


# ---------------------------------------------------------------- stories with a key


def records(pairs: Sequence[str], show: bool) -> Floors:
    """Places of claims beside the keys of their stories: CLAIMS KEY CLAIMS KEY ..."""
    tally: Counter[str] = Counter()
    for claims, key in zip(pairs[::2], pairs[1::2], strict=True):
        tally += record(Path(claims), json.loads(Path(key).read_text("utf-8")), show)
    return told("records", tally)


def record(claims: Path, key: dict[str, object], show: bool) -> Counter[str]:
    """Counts of one story: where each place that the key's claims name was put, by the words that name it."""
    rows = [json.loads(line) for line in claims.read_text("utf-8").splitlines()]
    places = {row["id"]: row for row in rows if row["kind"] == "place"}
    documents = {row["sha256"]: row["id"] for row in rows if row["kind"] == "document"}
    named: dict[tuple[str, int, int], str] = {}
    for row in rows:
        if row["kind"] == "mention" and row["place"]:
            named[row["document"], row["start"], row["end"]] = row["place"]
    gold = {place["id"]: place for place in key["places"]}  # type: ignore[attr-defined]
    ids = {d["doc_id"]: documents.get(d["sha256"], "") for d in key["documents"]}  # type: ignore[attr-defined]
    asked = {
        (ids[c["doc"]], p["mention"]["start"], p["mention"]["end"], p["place"])
        for c in key["claims"]  # type: ignore[attr-defined]
        for p in c["places"]
        if p.get("mention")
    }
    tally: Counter[str] = Counter()
    for document, start, end, place in sorted(asked):
        over = [p for (d, a, b), p in named.items() if d == document and a < end and start < b]
        want = _wanted_of(gold[place])
        got: list[Place | None] = [_place(places[p]) for p in over] or [None]
        fits = any(right(want, g) for g in got)
        tally[f"{kind(want)} of"] += 1
        tally[kind(want)] += fits
        if show and not fits:
            print(f"  {claims.stem}: {want.words!r} wanted {want.point or want.country}, got {[brief(g) for g in got]}")
    return tally


def _wanted_of(gold: dict[str, object]) -> Wanted:
    name = str(gold["name"])
    if gold["type"] == "country":
        codes = dict(_country_codes())
        return Wanted(name, country=codes.get(name))
    if gold["lat"] is None:
        return Wanted(name)
    return Wanted(
        name, (float(str(gold["lat"])), float(str(gold["lon"]))), max(NEAR_KM, float(str(gold["uncertainty_km"])))
    )


def _country_codes() -> list[tuple[str, str]]:
    from tracewire.resolve.countries import country_names

    return country_names()


def _place(row: dict[str, object]) -> Place:
    names = ("id", "name", "latitude", "longitude", "radius_km", "admin1", "country", "gazetteer")
    return Place(*(row[n] for n in names))  # type: ignore[arg-type]


# ---------------------------------------------------------------- speed


def speed() -> Floors:
    """Mentions a second after load, seconds to load, and megabytes that it takes (this process, peak)."""
    reports = [r for path in sorted((HERE / "places").glob("*.txt")) for r in marked(path.read_text("utf-8"))]
    nations = Nations(load_words("en", "demonyms"))
    with tempfile.TemporaryDirectory() as work:
        Gazetteer(Path(work)).build()
        before, started = _megabytes(), time.perf_counter()
        gazetteer = Gazetteer(Path(work))
        gazetteer.lookup("Marib")
        loaded = time.perf_counter() - started
        resolver, done = PlaceResolver(gazetteer, nations), 0
        prepared = []
        for report in reports:
            document = make_document(report.text)
            view = TextView(document)
            mentions = [Mention(document.id, Span(a, b, report.text[a:b]), "PLACE", "name") for a, b in report.spans]
            prepared.append((view, mentions, nations.counts(view.text)))
        for round_ in range(21):
            if round_ == 1:
                done, started = 0, time.perf_counter()
            for view, mentions, hints in prepared:
                resolver.resolve_document(view, mentions, hints)
                done += len(mentions)
        took = time.perf_counter() - started
    print(f"speed: {done / took:,.0f} mentions a second, loaded in {loaded:.2f} s, {_megabytes() - before:.0f} MB more")
    return {}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(argv: Sequence[str] | None = None) -> int:
    """Run the parts asked for, compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["marked", "villages"])
    parser.add_argument("--show", action="store_true", help="what is wrong, of the growing halves and of records")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    options = parser.parse_args(argv)
    got: Floors = {}
    if "marked" in options.parts:
        with tempfile.TemporaryDirectory() as work:
            for path in sorted((HERE / "places").glob("*.txt")):
                show = options.show and path.stem == "growing"
                got |= score(f"marked, {path.stem}", marked(path.read_text("utf-8")), Gazetteer(Path(work)), show)
    if "villages" in options.parts:
        got |= villages(options.show)
    if "speed" in options.parts:
        speed()
    if options.parts[0] == "records":
        return 0 if records(options.parts[1:], options.show) else 1
    return keep("places", "built-in", got) if options.update else check("places", "built-in", got)


if __name__ == "__main__":
    sys.exit(main())
