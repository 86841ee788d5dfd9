"""What comparing texts worked out, as bytes that a case keeps: the next run compares only what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import msgspec

from tracewire.dedupe.matches import Judged, Memo
from tracewire.dedupe.words import BODY, Words
from tracewire.model import Document

METHOD = "3"
"""Raise it with every change of what words, marks and judgements are: those kept by another method are not used."""

KEY = 16
"""Bytes of a hash that stands for a text."""

Kept = Mapping[bytes, bytes]


@dataclass(slots=True)
class Workings:
    """Words by a hash of the text, judgements by the hashes of two; `compared` counts pairs judged by the last run."""

    words: dict[bytes, bytes] = field(default_factory=dict)
    judged: dict[bytes, bytes] = field(default_factory=dict)
    compared: int = 0


def text_key(document: Document) -> bytes:
    """A hash of all that the words of a document depend on."""
    blocks = (f"{b.start}:{b.end}" for b in document.reading.blocks if b.label in BODY)
    text = f"{METHOD} {' '.join(blocks)}\n{document.reading.text}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY).digest()


def pack_words(words: Words) -> bytes:
    """The words as bytes: how many, their codes, their marks as bits."""
    import numpy as np

    marks = np.packbits(np.frombuffer(words.marks, dtype=np.uint8))
    return len(words.codes).to_bytes(4, "little") + words.codes.astype("<u4").tobytes() + marks.tobytes()


def unpack_words(data: bytes) -> Words:
    """The words behind `pack_words`; raises ValueError for other bytes."""
    import numpy as np

    count = int.from_bytes(data[:4], "little")
    end = 4 + 4 * count
    bits = np.frombuffer(data, dtype=np.uint8, offset=end)
    if len(bits) != (count + 8) // 8:
        raise ValueError("these are no words")
    codes = np.frombuffer(data, dtype="<u4", count=count, offset=4).astype(np.uint32)
    digest = blake2b(codes.tobytes(), digest_size=KEY).digest()
    return Words(codes, np.unpackbits(bits)[: count + 1].tobytes(), digest)


def pack_judged(memo: Memo) -> dict[bytes, bytes]:
    """Judgements as bytes, by both texts in one key."""
    return {first + second: msgspec.json.encode(judged) for (first, second), judged in memo.items()}


def unpack_judged(kept: Kept) -> Memo:
    """The judgements behind `pack_judged`; what is none is left out and judged again."""
    decoder = msgspec.json.Decoder(Judged | None)
    found: Memo = {}
    for key, value in kept.items():
        try:
            found[key[:KEY], key[KEY:]] = decoder.decode(value)
        except msgspec.MsgspecError:
            continue
    return found


def changes(old: Kept, new: Kept) -> tuple[dict[bytes, bytes], list[bytes]]:
    """What has to be kept in addition and which keys dropped to get from `old` to `new`."""
    return {key: value for key, value in new.items() if old.get(key) != value}, sorted(old.keys() - new.keys())
