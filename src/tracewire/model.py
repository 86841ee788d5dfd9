"""The nouns of a record: frozen types, stable ids, no I/O.

Two coordinate systems exist. RAW offsets count code points of the decoded file and are what every stored span
holds. READING offsets count code points of `Document.reading.text`, the text as a reader sees it; `Reading.pieces`
maps the second to the first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

from tracewire.spans import LABELS as LABELS
from tracewire.spans import READABLE as READABLE
from tracewire.spans import Block as Block
from tracewire.spans import Label as Label
from tracewire.spans import Piece as Piece
from tracewire.spans import ReadingText as ReadingText
from tracewire.spans import Segment as Segment
from tracewire.spans import Span as Span
from tracewire.spans import stable_id as stable_id

MentionType = Literal["GROUP", "PERSON", "PLACE", "FACILITY", "MATERIEL", "QUANTITY", "TIME"]
Form = Literal["name", "nominal", "pronoun"]
Modality = Literal["asserted", "reported", "alleged", "probable", "possible", "planned", "conditional"]
MODALITIES: tuple[Modality, ...] = (
    "asserted", "reported", "alleged", "probable", "possible", "planned", "conditional",
)  # fmt: skip
Polarity = Literal["+", "-"]
Basis = Literal["stated", "inferred", "knowledge"]


# ---------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the person who brought a document says about it; None is "not said"."""

    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    title: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a server was asked and answered: the custody record of a page that was fetched or stands in a web archive.

    `redirects` lists (status, address) of each hop before `final`; `headers` are those of the last answer, in order.
    """

    url: str
    final: str
    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[tuple[int, str], ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that name, case aside."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a page's text was taken out of (a PDF): kept, hashed and verified like the text itself."""

    data: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        """Hash of the bytes as 64 hex digits."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class RawPage:
    """Bytes as they came, with the record of how: the evidentiary copy, never altered."""

    name: str
    data: bytes
    media_type: str
    location: str
    how: str
    retrieved: str
    given: Metadata = field(default_factory=Metadata)
    exchange: Exchange | None = None
    original: Original | None = None

    @property
    def sha256(self) -> str:
        """Hash of the bytes as 64 hex digits."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that a stage could not process, and why; kept in the case and shown in the summary."""

    name: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """When a document was published: an interval of ISO dates (either end None is open) and where it was found."""

    start: str | None
    end: str | None
    basis: str
    given: bool


@dataclass(frozen=True, slots=True)
class Credit:
    """A line or phrase that says where a text comes from ("Source: X", "(AP)"), a candidate for an origin."""

    name: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned report. `raw` is the decoded file; every span of the record points into it."""

    id: str
    name: str
    sha256: str
    raw: str
    media_type: str
    encoding: str
    segments: tuple[Segment, ...]
    reading: ReadingText
    title: Span | None = None
    language: str | None = None
    outlet: str | None = None
    outlet_basis: str | None = None
    author: str | None = None
    published: Published | None = None
    url: str | None = None
    retrieved: str | None = None
    credits: tuple[Credit, ...] = ()
    warnings: tuple[str, ...] = ()
    """What a reader of the record must know of this text: an error page, a paywall, a text layer of a PDF."""

    def span(self, start: int, end: int) -> Span:
        """The raw span behind reading offsets `start:end`."""
        return self.reading.span(start, end, self.raw)


CopyRelation = Literal["copy", "cut", "merged", "edited", "quotes"]


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents that share text: `document` takes from `other` where a direction is known.

    `share` is the part of `document`'s body that also stands in `other`, `other_share` the reverse, both 0 to 1.
    """

    document: str
    other: str
    relation: CopyRelation
    share: float
    other_share: float
    directed: bool
    why: str


@dataclass(frozen=True, slots=True)
class Shared:
    """The stretch of another raw document by which an origin was inferred, and what the two have in common."""

    document: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document's text comes from, before its publisher: stated in it, copied, or inferred.

    `quote` is the stretch of the document that tells so; of an inferred one, `shared` the other document's.
    """

    document: str
    name: str
    basis: Literal["stated", "inferred", "copied"]
    quote: Span | None = None
    entity: str | None = None
    shared: Shared | None = None


# ---------------------------------------------------------------- what a reader returns


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that names an actor, place, time, materiel or quantity; `entity` and `place` come with resolving."""

    document: str
    span: Span
    type: MentionType
    form: Form
    entity: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """A role of a claim filled by a mention (an index into `Reading.mentions`)."""

    role: str
    mention: int
    inferred: bool = False
    """True where the mention stands in another sentence (inherited place, date, source, antecedent)."""


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim as a reader finds it, unresolved.

    `arguments` are the codebook roles in text order, `quantity` among them; `quantity_of` pairs a quantity's mention
    index with the mention index that it counts. `places` carry where, from, to or via as their role. `sources` are
    mention indices, innermost first.
    """

    type: str
    trigger: Span
    evidence: tuple[Span, ...]
    segment: Label
    arguments: tuple[Argument, ...] = ()
    quantity_of: tuple[tuple[int, int], ...] = ()
    places: tuple[Argument, ...] = ()
    times: tuple[int, ...] = ()
    times_inferred: bool = False
    sources: tuple[int, ...] = ()
    cue: Span | None = None
    modality: Modality = "asserted"
    polarity: Polarity = "+"
    opinion: bool = False
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader found in one document."""

    document: str
    reader: str
    mentions: tuple[Mention, ...]
    claims: tuple[ReadClaim, ...]
    gaps: tuple[str, ...] = ()
    """Stretches that the reader had to leave out, and why; the document is read again by the next run."""


# ---------------------------------------------------------------- resolved claims


LOADS = frozenset({
    "bags", "bomb loads", "boxes", "boxloads", "bundles", "cases", "chests", "consignments", "containers", "convoys",
    "crates", "crateloads", "drums", "loads", "lorryloads", "packs", "packages", "pallets", "planeloads", "sacks",
    "shiploads", "shipments", "suitcases", "trailers", "trainloads", "truckloads", "van loads", "vanloads", "boatloads",
    "busloads", "carloads", "wagonloads",
})  # fmt: skip
"""Rules of counts whose unit holds the things: "three truckloads of rifles" are 3 truckloads, no 3 rifles."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Bounds of a count (either end None is open), the phrase, and the rule that read it."""

    low: int | None
    high: int | None
    quote: Span
    rule: str

    @property
    def counts_things(self) -> bool:
        """False where the bounds count what holds the things (LOADS)."""
        return self.rule not in LOADS


@dataclass(frozen=True, slots=True)
class Role:
    """Who or what fills a role of a claim: the entity, and the words where the text names it."""

    role: str
    entity: str | None
    mention: Span | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Materiel:
    """One item of a claim: the codebook id (None where the words fit none), its words, count, maker and supplier."""

    item: str | None
    mention: Span
    quantity: Quantity | None = None
    made_in: str | None = None
    supplied_by: str | None = None


@dataclass(frozen=True, slots=True)
class Casualty:
    """People killed, wounded or missing by a claim."""

    what: Literal["killed", "wounded", "missing", "unspecified"]
    quantity: Quantity | None


@dataclass(frozen=True, slots=True)
class PlaceRole:
    """A place of a claim: the resolved place (None where unlocated), its words, and what it is to the deed."""

    place: str | None
    mention: Span | None
    role: Literal["where", "from", "to", "via"]


@dataclass(frozen=True, slots=True)
class ClaimDate:
    """When the deed took place: an interval of ISO dates (None is open), how fine, and how it was reached."""

    start: str | None
    end: str | None
    precision: Literal["day", "days", "week", "month", "year", "unknown"]
    basis: Literal["stated", "inferred", "publication"]
    quote: Span | None
    rule: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of who says so; chains run innermost first and end with the publisher."""

    who: str
    entity: str | None
    mention: Span | None
    role: Literal["primary", "relay", "publisher", "republisher"]


@dataclass(frozen=True, slots=True)
class Claim:
    """The smallest stored fact: what one document says, in its words."""

    id: str
    document: str
    type: str
    trigger: Span
    polarity: Polarity
    modality: Modality
    cue: Span | None
    opinion: bool
    roles: tuple[Role, ...]
    materiel: tuple[Materiel, ...]
    casualties: tuple[Casualty, ...]
    places: tuple[PlaceRole, ...]
    date: ClaimDate
    attribution: tuple[Attribution, ...]
    segment: Label
    evidence: tuple[Span, ...]
    reader: str
    confidence: float
    judgement: Literal["accepted", "rejected", "edited"] | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor: a state, armed group, agency, outlet or person in a public role."""

    id: str
    type: Literal["group", "person", "outlet", "state"]
    name: str
    forms: tuple[str, ...]
    part_of: str | None
    basis: Literal["knowledge", "corpus"]
    external: tuple[tuple[str, str], ...] = ()
    kind: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A located place. `radius_km` is how far the words may lie from the point; never a country's centre."""

    id: str
    name: str
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    admin1: str | None
    country: str | None
    gazetteer: str | None
    alternatives: tuple[str, ...] = ()


# ---------------------------------------------------------------- events


@dataclass(frozen=True, slots=True)
class MaterielRange:
    """An item over the claims of an event: the lowest and highest count any of them gives."""

    item: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Fatalities:
    """Deaths over the claims of an event; None is unknown."""

    best: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent sources an event has at least and at most, and who they are."""

    min: int
    max: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credibility:
    """A suggested Admiralty grade (1 to 6) and the reasons; a person sets the final one."""

    grade: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What a set of claims jointly describes: a view, recomputed at will."""

    id: str
    type: str
    claims: tuple[str, ...]
    parent: str | None
    start: str | None
    end: str | None
    place: str | None
    roles: tuple[Role, ...]
    materiel: tuple[MaterielRange, ...]
    fatalities: Fatalities
    origins: Origins
    outlets: int
    credibility: Credibility
    status: Literal["candidate", "accepted", "rejected"]


RelationType = Literal[
    "same_event", "contradicts", "corroborates", "derived_from", "undermines",
    "neither_confirms_nor_denies", "sub_event_of", "background", "headline_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """How two claims or events stand to each other; `aspect` says in what they differ."""

    source: str
    type: RelationType
    target: str
    aspect: str | None
    severity: Literal["hard", "soft"] | None
    why: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A human decision: appended, signed, never removed, only undone."""

    id: str
    at: str
    by: str
    what: Literal["accept", "reject", "edit", "add", "note", "merge", "split", "grade"]
    on: str
    """Id of a claim or event, or "outlet:" and a name."""
    change: dict[str, Any]
    why: str
    undone: bool = False

    def listed(self, key: str) -> list[str]:
        """The texts of a list in `change`; none where it has no such list."""
        value = self.change.get(key)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


@dataclass(frozen=True, slots=True)
class Story:
    """Documents on the same occurrences."""

    id: str
    documents: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a case holds, each kind sorted by id: what exporters and questions work on."""

    documents: tuple[Document, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    entities: tuple[Entity, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    copies: tuple[Copy, ...] = ()
    origins: tuple[Origin, ...] = ()
    stories: tuple[Story, ...] = ()
    failures: tuple[Failure, ...] = ()
    readers: tuple[str, ...] = ()


def document_id(name: str, sha256: str) -> str:
    """Same name and same bytes: same document."""
    return stable_id("d", name, sha256)


def claim_id(document: str, type_: str, trigger: Span, ordinal: int) -> str:
    """A claim is the same while document, type and trigger stay; `ordinal` parts several on one trigger."""
    return stable_id("c", document, type_, trigger.start, trigger.end, ordinal)
