"""Whether bytes can be a report at all, judged by their size, their first bytes and their control characters."""

from __future__ import annotations

__all__ = ["unusable"]

SNIFFED_BYTES = 4096
CONTROL_SHARE = 0.1
"""Share of NULs and control characters above which bytes are no text; text has under one in a hundred."""

_MAGIC = (
    (b"%PDF-", "a PDF"), (b"PK\x03\x04", "a ZIP archive or Office file"), (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"), (b"RIFF", "a media file"),
    (b"{\\rtf", "an RTF file"), (b"\xd0\xcf\x11\xe0", "an old Office file"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"BZh91AY", "bzip2 data"), (b"\x28\xb5\x2f\xfd", "Zstandard data"), (b"\xfd7zXZ", "xz data"),
    (b"SQLite format 3", "an SQLite database"), (b"\x7fELF", "a program"), (b"WARC/", "a WARC archive"),
)  # fmt: skip
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"


def unusable(data: bytes, limit: int) -> str:
    """Why bytes are no report, "" where they may be one; `limit` is the greatest size in bytes."""
    if not data.strip():
        return "empty file"
    if len(data) > limit:
        return f"{len(data):,} bytes are more than the limit of {limit:,}"
    head = data[:SNIFFED_BYTES]
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return f"looks like {what}, not text"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > CONTROL_SHARE * len(head) and not _is_wide(head):
        return "looks like binary data, not text"
    return ""


def _is_wide(head: bytes) -> bool:
    """Whether the NULs are those of UTF-16 or UTF-32: marked at the beginning, or in every other byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    one_sided = max(even, odd) > 0.7 * half and min(even, odd) < 0.1 * half
    return head.startswith(_BOMS) or one_sided
