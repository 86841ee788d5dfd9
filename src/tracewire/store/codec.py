"""Model objects to JSON text and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from tracewire.model import Document

Kind = TypeVar("Kind")


def encode(value: Any) -> str:
    """JSON text from which `decode` makes an equal object; raises ValueError for one that would not come back."""
    try:
        data = msgspec.json.encode(value)
        msgspec.json.decode(data, type=type(value))
    except (UnicodeEncodeError, msgspec.MsgspecError, TypeError) as error:
        raise ValueError(f"{type(value).__name__} cannot be kept: {error}") from error
    return data.decode()


def decode(text: str, kind: type[Kind]) -> Kind:
    """The object behind the text; raises msgspec.MsgspecError where it is none of this kind."""
    return msgspec.json.decode(text, type=kind)


def encode_document(document: Document) -> str:
    """A document without its raw text and its reading text, which are kept elsewhere."""
    document.reading.text.encode()  # raises UnicodeEncodeError, a ValueError, for what no database column can hold
    return encode(replace(document, raw="", reading=replace(document.reading, text="")))


def decode_document(text: str, reading_text: str, raw: str) -> Document:
    """The document with both texts put back."""
    document = decode(text, Document)
    return replace(document, raw=raw, reading=replace(document.reading, text=reading_text))


def as_text(words: str) -> str:
    """The words with what is no Unicode text (from undecodable file names) spelt out, as a database column can hold."""
    return words.encode("utf-8", "backslashreplace").decode()
