"""The commands that ask a case: documents, claims, events, actors, places, flows, show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from tracewire.cli import rows
from tracewire.cli.options import (
    Actor,
    AsJson,
    CasePath,
    DocumentOption,
    MaterielOption,
    ModalityOption,
    Outlet,
    Parts,
    PlaceOption,
    Since,
    Type,
    Until,
    Words,
    given,
)
from tracewire.cli.output import print_rows, say
from tracewire.errors import UsageError
from tracewire.pipeline import Case, open_case


def register(app: typer.Typer) -> None:
    """Add the asking commands to the app."""
    for command, example in (
        (documents, "tracewire documents my.case --outlet Reuters"),
        (claims, "tracewire claims my.case --type capture --materiel atgm --json"),
        (events, "tracewire events my.case --since 2020-01-01 --until 2020-06-30"),
        (actors, "tracewire actors my.case --text front"),
        (places, "tracewire places my.case --text idlib"),
        (flows, 'tracewire flows my.case --item atgm --to "Houthi movement"'),
        (show, "tracewire show my.case c1a2b3"),
    ):
        app.command(epilog=f"Example: {example}")(command)


def documents(
    case: CasePath,
    outlet: Outlet = None,
    text: Words = None,
    since: Since = None,
    until: Until = None,
    stories: Annotated[
        bool, typer.Option("--stories", help="The stories that the documents tell, with pages and origins of each.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The documents: outlet, date, what each copies, where it says it comes from, and its story."""
    opened = open_case(case)
    found = opened.documents(**given(outlet=outlet, text=text, since=since, until=until))
    if stories:
        print_rows(rows.story_rows(opened.record(), found), rows.STORY_COLUMNS, as_json=as_json)
        return
    print_rows(rows.document_rows(opened.record(), found), rows.DOCUMENT_COLUMNS, as_json=as_json)
    _say_why_empty(opened, found, outlet=outlet)


def claims(
    case: CasePath,
    type: Type = None,
    actor: Actor = None,
    parts: Parts = True,
    materiel: MaterielOption = None,
    place: PlaceOption = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    modality: ModalityOption = None,
    text: Words = None,
    document: DocumentOption = None,
    as_json: AsJson = False,
) -> None:
    """The claims: what each document says, who says so, how surely, and the words."""
    opened = open_case(case)
    filters = _filters(parts, type, actor, materiel, place, since, until, outlet, modality, text)
    found = opened.claims(**filters, **given(document=document))
    print_rows(rows.claim_rows(opened.record(), found), rows.CLAIM_COLUMNS, as_json=as_json)
    _say_why_empty(opened, found, actor=actor, materiel=materiel, place=place, outlet=outlet, document=document)


def events(
    case: CasePath,
    type: Type = None,
    actor: Actor = None,
    parts: Parts = True,
    materiel: MaterielOption = None,
    place: PlaceOption = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    modality: ModalityOption = None,
    text: Words = None,
    as_json: AsJson = False,
) -> None:
    """The events that claims jointly describe, with the fewest and most independent origins."""
    opened = open_case(case)
    found = opened.events(**_filters(parts, type, actor, materiel, place, since, until, outlet, modality, text))
    print_rows(rows.event_rows(opened.record(), found), rows.EVENT_COLUMNS, as_json=as_json)
    _say_why_empty(opened, found, actor=actor, materiel=materiel, place=place, outlet=outlet)


def actors(case: CasePath, type: Type = None, text: Words = None, as_json: AsJson = False) -> None:
    """The actors named in the case, their spellings, and what they are part of."""
    opened = open_case(case)
    found = opened.actors(**given(type=type, text=text))
    print_rows(rows.actor_rows(opened.record(), found), rows.ACTOR_COLUMNS, as_json=as_json)


def places(case: CasePath, text: Words = None, as_json: AsJson = False) -> None:
    """The places named in the case and where they lie; unlocated ones too."""
    opened = open_case(case)
    found = opened.places(**given(text=text))
    listed = rows.place_rows(opened.record(), found)
    print_rows(listed if as_json else [row for row in listed if row["named"]], rows.PLACE_COLUMNS, as_json=as_json)


def flows(
    case: CasePath,
    type: Type = None,
    actor: Actor = None,
    parts: Parts = True,
    materiel: MaterielOption = None,
    place: PlaceOption = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    modality: ModalityOption = None,
    text: Words = None,
    item: Annotated[
        str | None, typer.Option("--item", help="Paths of this item: words, or an id such as atgm.tow.")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Paths on from an actor: where did these end up?")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Paths up to an actor: how did it get those?")] = None,
    paths: Annotated[
        bool, typer.Option("--paths", help="Custody paths, hop by hop, instead of a table of hops.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Materiel from hand to hand: supplied, captured, handed over, lost, shown, used; a gap is shown as ?.

    With --item, --from, --to or --paths as paths in each story: each hop with who says so, how it was diverted, and
    what is not told between two hops.
    """
    opened = open_case(case)
    if paths or item or from_ or to:
        from tracewire.cli.flowing import print_paths

        others = (type, actor, materiel, place, since, until, outlet, modality, text)
        if any(value is not None for value in others):
            raise UsageError("--item, --from, --to and --paths take no other filters: leave those out")
        print_paths(opened.record(), item, from_, to, as_json=as_json)
        _say_unmet(opened, actor=from_, materiel=item)
        _say_unmet(opened, actor=to)
        return
    found = opened.flows(**_filters(parts, type, actor, materiel, place, since, until, outlet, modality, text))
    print_rows(rows.flow_rows(opened.record(), found), rows.FLOW_COLUMNS, as_json=as_json)
    _say_why_empty(opened, found, actor=actor, materiel=materiel, place=place, outlet=outlet)


def show(
    case: CasePath,
    id: Annotated[
        str, typer.Argument(help="A claim, event or document id; its beginning is enough.", show_default=False)
    ],
    why: Annotated[bool, typer.Option("--why", help="For an event: what joined its claims.")] = False,
    as_json: AsJson = False,
) -> None:
    """A claim, event or document with its evidence in context, who says so, and what contradicts it."""
    from tracewire.cli.showing import show_item

    show_item(open_case(case), id, why=why, as_json=as_json)


def _filters(parts: bool, *values: Any) -> dict[str, Any]:
    names = ("type", "actor", "materiel", "place", "since", "until", "outlet", "modality", "text")
    return given(**dict(zip(names, values, strict=True))) | {"parts": parts}


def _say_why_empty(case: Case, found: Sequence[object], **names: str | None) -> None:
    """An empty table has a reason that a person should know."""
    record = case.record()
    if not record.documents:
        say("this case holds no documents")
    elif not record.claims:
        say("nothing is read yet: run `tracewire run` on this case without --until")
    elif not found:
        _say_unmet(case, **names)


def _say_unmet(case: Case, **names: str | None) -> None:
    from tracewire.query import unmet

    for line in unmet(case.record(), **names):
        say(line)


__all__ = ["Case", "register"]
