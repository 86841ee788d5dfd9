"""Plain text into Markdown that shows just that text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracewire.export.plain import writable

# What could make a mark anywhere in a line; "_" not inside a word, "&" only where it would be read as an entity.
_SPECIAL = re.compile(r"([\\`*\[\]<|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;))")
_LINE_START = re.compile(r"^(\d*)([-+=:.)#>])")
# Control characters, and marks that turn the direction of what follows them: neither can be seen in a quote.
_UNSEEN = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_SAFE_URL = re.compile(r"https?://[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]+", re.ASCII)
_ENDS_LINK = str.maketrans({"(": "%28", ")": "%29", "*": "%2A", "'": "%27"})


def md(text: str) -> str:
    """The text with Markdown's special characters escaped, on one line; control and direction marks fall away."""
    seen = _UNSEEN.sub("", " ".join(writable(text).split()))
    folded = " ".join(seen.split())
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", folded))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def bullets(lines: Iterable[str]) -> str:
    """A list; what has several lines is indented to stay in its item."""
    indented = ("- " + line.replace("\n", "\n  ") for line in lines)
    return "\n".join(re.sub(r" +$", "", line, flags=re.MULTILINE) for line in indented)


def link(text: str, url: str | None) -> str:
    """A link where the address is plain http(s), else the text; both are escaped."""
    return f"[{md(text)}]({url.translate(_ENDS_LINK)})" if url and _SAFE_URL.fullmatch(url) else md(text)
