"""Bodies of answers: read up to a limit, unpacked up to a limit, so that a small bomb stays small."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from tracewire.ingest.refusal import RefusalError

__all__ = ["gunzip", "unpacked"]

_CHUNK = 1 << 20


def unpacked(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The body of an answer out of its chunks; RefusalError where it is too large or damaged."""
    names = [name.strip().lower() for name in encoding.split(",") if name.strip() not in ("", "identity")]
    if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
        raise RefusalError(f"its answer is packed as {encoding}, which was not asked for")
    parts: list[bytes] = []
    size = 0
    for part in _inflated(chunks, names[0], limit) if names else chunks:
        size += len(part)
        if size > limit:
            raise RefusalError(f"more than the limit of {limit:,} bytes")
        parts.append(part)
    return b"".join(parts)


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpacked gzip data; raises RefusalError like `unpacked`."""
    return unpacked([data], "gzip", limit)


def _inflated(chunks: Iterable[bytes], name: str, limit: int) -> Iterable[bytes]:
    engine: zlib._Decompress | None = None
    try:
        for chunk in chunks:
            if engine is None:
                engine = _engine(name, chunk)
            while chunk:
                yield engine.decompress(chunk, min(_CHUNK, limit + 1))
                chunk = engine.unconsumed_tail
                if engine.eof and engine.unused_data:  # several members one after another
                    chunk, engine = engine.unused_data, _engine(name, b"")
                    if not chunk.strip(b"\0"):
                        return
        if engine is not None and not engine.eof:
            raise RefusalError("its packed answer is cut off")
    except zlib.error as error:
        raise RefusalError(f"its packed answer is damaged: {error}") from error


def _engine(name: str, first: bytes) -> zlib._Decompress:
    if name != "deflate":
        return zlib.decompressobj(31)
    # "deflate" is zlib by the standard and bare by some servers
    wrapped = len(first) >= 2 and first[0] & 15 == 8 and (first[0] * 256 + first[1]) % 31 == 0
    return zlib.decompressobj(15 if wrapped else -15)
