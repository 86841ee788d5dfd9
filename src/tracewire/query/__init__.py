"""Questions to a record: filters, custody hops, neighbours, context. Pure functions; results are in a fixed order."""

from tracewire.export.hops import Hop, Party
from tracewire.query.around import Neighbour, context, describe_claim, describe_event, full_id, neighbours
from tracewire.query.changes import Change, Difference, difference, rows_of, value_words
from tracewire.query.custody import Path, Step, paths
from tracewire.query.figures import figures
from tracewire.query.filters import filter_actors, filter_claims, filter_documents, filter_events, filter_places, flows
from tracewire.query.hints import unmet

__all__ = [
    "Change",
    "Difference",
    "Hop",
    "Neighbour",
    "Party",
    "Path",
    "Step",
    "context",
    "describe_claim",
    "describe_event",
    "difference",
    "figures",
    "filter_actors",
    "filter_claims",
    "filter_documents",
    "filter_events",
    "filter_places",
    "flows",
    "full_id",
    "neighbours",
    "paths",
    "rows_of",
    "unmet",
    "value_words",
]
