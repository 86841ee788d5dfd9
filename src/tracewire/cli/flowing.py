"""`tracewire flows` with --item, --from, --to or --paths: custody paths as a person reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracewire.cli.output import say
from tracewire.export.hops import Party
from tracewire.export.phrases import place_name
from tracewire.export.plain import count_words, date_words, join
from tracewire.export.view import View, view
from tracewire.model import Record
from tracewire.query.custody import Path, Step, gaps, paths

GAP = "?"
VERBS = {
    "transfer": "supplied",
    "capture": "captured",
    "handover": "handed over",
    "loss": "lost",
    "destruction": "destroyed",
    "possession": "seen with",
    "use": "used by",
    "support": "backed",
}


def print_paths(record: Record, item: str | None, from_: str | None, to: str | None, *, as_json: bool) -> None:
    """Print the paths; what ties them and what is missing stands in each."""
    found = paths(record, item=item, from_=from_, to=to)
    known = view(record)
    if as_json:
        print(json.dumps([_row(known, path) for path in found], ensure_ascii=False, indent=2))
        return
    titles = {story.id: story.title for story in record.stories}
    for path in found:
        print("\n".join(_lines(known, path, titles.get(path.story or ""))) + "\n")
    say(f"{len(found)} path{'' if len(found) == 1 else 's'}; {GAP} is a gap that no document fills")


def _lines(known: View, path: Path, title: str | None) -> Iterator[str]:
    yield f"{path.item}{f' ({title})' if title else ''}"
    known_of = [f"made in {join(path.made_in)}" if path.made_in else f"made in {GAP}"]
    known_of += [f"called a supply of {join(path.supplied_by)}"] if path.supplied_by else []
    yield f"  {'; '.join(known_of)}"
    missing = gaps(path)
    for index, step in enumerate(path.steps):
        if index in missing:
            yield f"  {GAP} {missing[index]}"
        yield f"  {'└' if path.tied[index] else '·'} {_words(known, step)}"
        yield f"      said by {join(step.sources)}{_standing(step)} [{', '.join(step.claims)}]"
    if len(path.steps) in missing:
        yield f"  {GAP} {missing[len(path.steps)]}"


def _words(known: View, step: Step) -> str:
    parts = (date_words(step.start, step.end), place_name(known, step.place))
    when = ", ".join(part for part in parts if part) or "date unknown"
    modes = join([mode.replace("_", " ") for mode in step.diversion], "or")
    verb = VERBS.get(step.type, step.type) + (f" ({modes})" if modes else "")
    return f"{when}: {verb}, {_way(step)}{f': {join(step.items)}' if step.items else ''}"


def _way(step: Step) -> str:
    if step.kind in ("holder", "end"):
        return _names(step.holder or step.giver)
    return f"{_names(step.giver)} → {_names(step.holder)}"


def _names(parties: tuple[Party, ...]) -> str:
    return join([party.name for party in parties]) or GAP


def _standing(step: Step) -> str:
    origins = "" if step.origins is None else f"; independent origins: {count_words(*step.origins)}"
    return f"{origins}{f'; denied in {join(step.denied)}' if step.denied else ''}"


def _row(known: View, path: Path) -> dict[str, Any]:
    missing = gaps(path)
    return {
        "item": path.item,
        "story": path.story,
        "made_in": list(path.made_in),
        "supplied_by": list(path.supplied_by),
        "steps": [_step(known, step, path.tied[i], missing.get(i)) for i, step in enumerate(path.steps)],
        "end_gap": missing.get(len(path.steps)),
    }


def _step(known: View, step: Step, tied: bool, gap: str | None) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "type": step.type,
        "giver": [party.name for party in step.giver] or None,
        "holder": [party.name for party in step.holder] or None,
        "items": list(step.items),
        "start": step.start,
        "end": step.end,
        "place": place_name(known, step.place) or None,
        "diversion": list(step.diversion) or None,
        "tied_to_the_step_before": tied,
        "gap_before": gap,
        "sources": list(step.sources),
        "origins_min": None if step.origins is None else step.origins[0],
        "origins_max": None if step.origins is None else step.origins[1],
        "claims": list(step.claims),
        "event": step.event,
        "denied_in": list(step.denied),
    }
