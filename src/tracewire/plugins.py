"""Look up a reader, store or exporter by name: one explicit table, then installed entry points."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Literal

from tracewire.errors import PluginError

Kind = Literal["readers", "stores", "exporters"]

TABLE: dict[Kind, dict[str, str]] = {
    "readers": {
        "both": "tracewire.read.both:BothReader",
        "llm": "tracewire.read.llm:LLMReader",
        "model": "tracewire.read.model:ModelReader",
        "rules": "tracewire.read.rules:RulesReader",
    },
    "stores": {"sqlite": "tracewire.store.reviewing:ReviewStore"},
    "exporters": {
        "acled": "tracewire.export.acled:AcledExporter",
        "acled-numeric": "tracewire.export.acled:AcledNumericExporter",
        "claimreview": "tracewire.export.claimreview:ClaimReviewExporter",
        "claims": "tracewire.export.claims:ClaimsExporter",
        "copies": "tracewire.export.copies:CopiesExporter",
        "csv": "tracewire.export.csv_:CsvExporter",
        "documents": "tracewire.export.documents:DocumentsExporter",
        "ftm": "tracewire.export.ftm:FtmExporter",
        "geojson": "tracewire.export.geojson:GeojsonExporter",
        "parquet": "tracewire.export.parquet:ParquetExporter",
        "plover": "tracewire.export.plover:PloverExporter",
        "report": "tracewire.export.report:ReportExporter",
        "report-html": "tracewire.export.html:HtmlExporter",
        "report-pdf": "tracewire.export.pdf:PdfExporter",
        "sipri": "tracewire.export.sipri:SipriExporter",
        "ucdp": "tracewire.export.ucdp:UcdpExporter",
    },
}


def names(kind: Kind) -> list[str]:
    """Sorted names that `load` knows for a kind, outside entry points included."""
    outside = {point.name for point in entry_points(group=f"tracewire.{kind}")}
    return sorted(TABLE[kind].keys() | outside)


def load(kind: Kind, name: str) -> Any:
    """The class registered under `name`; raises PluginError that lists the names there are."""
    if name in TABLE[kind]:
        module, _, attribute = TABLE[kind][name].partition(":")
        return getattr(import_module(module), attribute)
    for point in entry_points(group=f"tracewire.{kind}"):
        if point.name == name:
            return point.load()
    raise PluginError(f"no {kind[:-1]} named {name!r}; there are: {', '.join(names(kind))}")
