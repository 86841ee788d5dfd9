"""Claims to events and relations, keeping every disagreement. A pure function of the record: order does not matter."""

from __future__ import annotations

from tracewire.assemble.anew import assemble_anew
from tracewire.assemble.grouping import assemble
from tracewire.assemble.why import Join, joins

__all__ = ["Join", "assemble", "assemble_anew", "joins"]
