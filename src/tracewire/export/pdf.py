"""The report as a PDF, set from the HTML page; nothing is fetched, and two writes give the same bytes."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from tracewire.codebook import Codebook
from tracewire.export.base import need
from tracewire.export.html import HtmlExporter
from tracewire.model import Record

PAGE = """
@page { size: A4; margin: 20mm 18mm 22mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555 } }
:root { color-scheme: light }
body { font-size: 9.5pt; max-width: none; margin: 0; background: #fff; color: #111 }
main { max-width: none; margin: 0; padding: 0 }
h2, h3 { break-after: avoid }
tr { break-inside: avoid }
table { width: 100%; font-size: 8pt }
"""


class PdfExporter:
    """Writes the report as a PDF with bookmarks and links (extra: exports)."""

    name = "report-pdf"
    suffix = ".pdf"

    def __init__(self, codebook: Codebook | None = None, title: str | None = None) -> None:
        self._html = HtmlExporter(codebook, title)

    def save(self, record: Record, path: Path) -> None:
        """Write the file."""
        weasyprint = need("weasyprint", self.name)
        # it warns of every rule of the page's style that is for screens only
        logging.getLogger("weasyprint").setLevel(logging.ERROR)
        page = "".join(self._html.write(record))
        document = weasyprint.HTML(string=page, url_fetcher=_refuse)
        style = weasyprint.CSS(string=PAGE)
        document.write_pdf(str(path), stylesheets=[style], pdf_identifier=b"tracewire")


def _refuse(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    raise ValueError(f"nothing is fetched for a report, also not {url}")
