"""Who says so: from the source nearest to the deed, over those that relay it, to the publisher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracewire.codebook.matcher import fold
from tracewire.codebook.outlet_names import outlet_core
from tracewire.codebook.speech_acts import speaker_of_act
from tracewire.model import Attribution, Document, Mention, Origin, ReadClaim
from tracewire.resolve.actors import ActorResolver
from tracewire.resolve.context import TextView

__all__ = ["claim_chain", "document_chain", "named"]


def document_chain(document: Document, origins: Sequence[Origin], actors: ActorResolver) -> tuple[Attribution, ...]:
    """The wire that a document credits, then whoever published its text first, last whoever ran it.

    An origin that is only inferred has no place in it. Where the outlet is unknown, the document's own name stands for
    it, without an entity.
    """
    own = actors.outlet(document.outlet) if document.outlet else None
    last = Attribution(document.outlet or document.name, own, None, "publisher")
    relays: list[Attribution] = []
    publishers: list[Attribution] = []
    known = (o for o in origins if o.basis != "inferred")
    for origin in sorted(known, key=lambda o: (o.basis != "stated", o.quote.start if o.quote else -1, o.name)):
        entity = actors.outlet(origin.name)
        if _same(entity, origin.name, last) or any(_same(entity, origin.name, k) for k in relays + publishers):
            continue
        if actors.is_wire(entity):
            relays.append(Attribution(origin.name, entity, origin.quote, "relay"))
        else:
            role = "republisher" if publishers else "publisher"
            publishers.append(Attribution(origin.name, entity, origin.quote, role))  # type: ignore[arg-type]
    if publishers:
        last = Attribution(last.who, last.entity, None, "republisher")
    return (*relays, *publishers, last)


def _same(entity: str | None, name: str, other: Attribution) -> bool:
    return (entity is not None and entity == other.entity) or fold(name) == fold(other.who)


def claim_chain(
    claim: ReadClaim, mentions: Sequence[Mention], view: TextView, chain: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """A claim's sources, innermost first, then the document's chain; nobody stands in it twice.

    Of a denial or a statement for which no other source is given, it is the speaker.

    `who` of a source that is named, or meant by a pronoun, is its entity's id until `named` puts the name there.
    """
    publishers = [link for link in chain if link.role in ("publisher", "republisher")]
    published = {link.entity for link in publishers if link.entity}
    links: list[Attribution] = []
    speaker = speaker_of_act(claim, mentions)
    for index in claim.sources or (() if speaker is None else (speaker,)):
        mention = mentions[index]
        if mention.entity is not None and mention.entity in published | {link.entity for link in links}:
            continue
        if mention.form == "name" and any(_is_short_for(view.words(mention.span), link.who) for link in publishers):
            continue
        who = mention.entity if mention.entity and mention.form != "nominal" else view.words(mention.span)
        links.append(Attribution(who, mention.entity, mention.span, "relay" if links else "primary"))
    cited = {link.entity for link in links if link.entity}
    return (*links, *(link for link in chain if link.entity not in cited))


def _is_short_for(name: str, outlet: str) -> bool:
    """Whether a name is the last words of a publisher's: "the Lantern" of the Aden Lantern."""
    short, whole = outlet_core(name), outlet_core(outlet)
    return bool(short) and short == whole[-len(short) :]


def named(chain: Sequence[Attribution], names: Mapping[str, str]) -> tuple[Attribution, ...]:
    """The chain with entity ids that stand for names replaced by the names."""
    return tuple(Attribution(names.get(a.who, a.who), a.entity, a.mention, a.role) for a in chain)
