"""`tracewire actor`: who is one and who is not, decided by a person, signed, kept through every run, undone at will."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tracewire.cli.options import AsJson, CasePath
from tracewire.cli.output import print_rows, say
from tracewire.config import Settings
from tracewire.errors import UsageError
from tracewire.export.plain import unique
from tracewire.model import Entity, Judgement, Record
from tracewire.pipeline import Case, open_case

actor_app = typer.Typer(
    help="Merge and split the actors of a case; see what to look at.", no_args_is_help=True, rich_markup_mode=None
)
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the decision.")]
By = Annotated[str | None, typer.Option("--by", help="Who decides. Default: your login name.")]
ActorName = Annotated[str, typer.Argument(help="Id of an actor, or a name that only one has.", show_default=False)]


@actor_app.command(epilog="Example: tracewire actor merge my.case 'Salt Wells Front' 'Front of the Wells' --why 'flag'")
def merge(
    case: CasePath,
    kept: ActorName,
    gone: ActorName,
    why: Why = "",
    by: By = None,
) -> None:
    """Two actors are one: the second one's mentions become the first one's."""
    opened = open_case(case)
    first, second = _actor(opened.record(), kept), _actor(opened.record(), gone)
    if first.id == second.id:
        raise UsageError(f"{kept!r} and {gone!r} are one actor already: {first.name}")
    change = {"actors": [first.id, second.id], "names": [first.name, second.name]}
    _decide(opened, "merge", first.id, change, why, by)


@actor_app.command(epilog="Example: tracewire actor split my.case 'Salt Wells Front' --form 'Wells Front'")
def split(
    case: CasePath,
    actor: ActorName,
    form: Annotated[list[str] | None, typer.Option("--form", help="The mentions in these words are another's.")] = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", help="The mentions in these documents are another's.")
    ] = None,
    why: Why = "",
    by: By = None,
) -> None:
    """Some mentions of an actor mean another one: those in a form, in a document, or in both."""
    opened = open_case(case)
    found = _actor(opened.record(), actor)
    if not form and not document:
        raise UsageError("say which mentions go: --form WORDS, --document NAME, or both")
    for words in form or ():
        if words not in found.forms:
            raise UsageError(f"{found.name} is not written {words!r}; it is written {', '.join(found.forms)}")
    change = {"forms": list(form or ()), "documents": [_document(opened.record(), d) for d in document or ()]}
    _decide(opened, "split", found.id, {k: v for k, v in change.items() if v}, why, by)


@actor_app.command(epilog="Example: tracewire actor undo my.case j1a2b3")
def undo(
    case: CasePath,
    judgement: Annotated[str, typer.Argument(help="Id of a decision that `decisions` lists.", show_default=False)],
) -> None:
    """Take a decision back; it stays in the record as undone."""
    opened = open_case(case)
    fits = [j for j in _decisions(opened.record()) if j.id.startswith(judgement) and not j.undone]
    if len(fits) != 1:
        raise UsageError(f"{judgement}: {len(fits)} standing decisions have that id; see `tracewire actor decisions`")
    opened.undo(fits[0].id)
    _again(opened)


@actor_app.command(epilog="Example: tracewire actor decisions my.case")
def decisions(case: CasePath, as_json: AsJson = False) -> None:
    """The merges and splits of actors so far, with who decided, when and why."""
    rows = [
        {"id": j.id, "at": j.at, "by": j.by, "what": j.what, "on": j.on, "why": j.why, "undone": j.undone,
         "change": j.change if as_json else _change_words(j.change)}
        for j in sorted(_decisions(open_case(case).record()), key=lambda j: (j.at, j.id))
    ]  # fmt: skip
    print_rows(rows, ("id", "at", "by", "what", "on", "change", "why", "undone"), as_json=as_json)


@actor_app.command(epilog="Example: tracewire actor doubts my.case")
def doubts(case: CasePath, as_json: AsJson = False) -> None:
    """Actors to look at: spellings that were joined as alike, and names that may be one but were left apart."""
    from tracewire.resolve.actor_links import doubts as find_doubts

    rows = [
        {"what": d.what, "actors": list(d.actors), "names": list(d.names), "why": d.why}
        for d in find_doubts(open_case(case).record().entities)
    ]
    print_rows(rows, ("what", "actors", "names", "why"), as_json=as_json)


def _actor(record: Record, words: str) -> Entity:
    wanted = words.casefold()
    exact = [e for e in record.entities if e.id == words]
    named = [e for e in record.entities if wanted in (e.name.casefold(), *map(str.casefold, e.forms))]
    found = exact or named or [e for e in record.entities if e.id.startswith(words) and len(words) > 4]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"no actor of the case is {words!r}; `tracewire actors CASE --text WORDS` lists them")
    raise UsageError(f"{words!r} are {len(found)} actors: {', '.join(f'{e.id} {e.name}' for e in found)}; give the id")


def _document(record: Record, words: str) -> str:
    found = [d.id for d in record.documents if words in (d.id, d.name, Path(d.name).name)]
    if len(found) != 1:
        raise UsageError(f"{words!r} is the name of {len(found)} documents; `tracewire documents CASE` lists them")
    return found[0]


def _decisions(record: Record) -> list[Judgement]:
    return [j for j in record.judgements if j.what in ("merge", "split") and j.on.startswith("e")]


def _change_words(change: dict[str, Any]) -> str:
    if "names" in change:
        return " + ".join(change["names"])
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in change.items())


def _decide(opened: Case, what: Any, on: str, change: dict[str, Any], why: str, by: str | None) -> None:
    judgement = opened.judge(what, on, change, why=why, by=by)
    say(f"{judgement.id}: kept, by {judgement.by}")
    _again(opened)


def _again(opened: Case) -> None:
    """Bring the record up to date, with the reader that the case was read with; nothing is read again."""
    from tracewire import plugins

    # Readings of other readers may lie in the case; the claims are those of one.
    names = unique(claim.reader.partition("@")[0] for claim in opened.record().claims)
    readers = [name for name in names if name in plugins.names("readers") and name != "llm"]
    if not readers:
        say("run the case again with its reader to see it in the record")
        return
    open_case(opened.path, Settings(reader=readers[0])).run()
    say("the record is brought up to date")
