"""JSON as the exporters write it: compact, readable, one object a line whatever the text holds."""

from __future__ import annotations

import json
import re
from typing import Any

# Lone surrogates cannot be written as UTF-8; the others end a line for programs that split on more than "\n".
_UNSAFE = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")


def compact(value: Any) -> str:
    """One line of JSON in which no character ends the line and every one can be written as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def line(value: Any) -> str:
    """`compact` with its line end."""
    return compact(value) + "\n"
