"""Decoding: the right text, a name that makes it again, and no surprise for any bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewire.clean import decode

ENGLISH = "The militia’s new guns, which its men had seized at Göksun in May, were shown on Monday – again. "


@pytest.mark.parametrize(
    ("data", "media_type", "encoding"),
    [
        (ENGLISH.encode(), "text/plain", "utf-8"),
        (b"plain ASCII", "text/plain", "utf-8"),
        ((ENGLISH * 20).encode("cp1252"), "text/plain", "cp1252"),
        (ENGLISH.encode("utf-16-le"), "text/plain", "utf-16-le"),
        (("\ufeff" + ENGLISH).encode("utf-16-be"), "text/plain", "utf-16-be"),
        (("\ufeff" + ENGLISH).encode("utf-32-le"), "text/plain", "utf-32-le"),
        (b'<meta charset="windows-1251"><p>' + "Боевики взяли село".encode("cp1251"), "text/html", "cp1251"),
        (b'<meta charset="iso-8859-1"><p>' + "café ’".encode("cp1252"), "text/html", "cp1252"),
        (b'<meta charset="utf-16"><p>caf\xc3\xa9', "text/html", "utf-8"),
        (b'<meta charset="rot13"><p>caf\xc3\xa9', "text/html", "utf-8"),
        ("Боевики заняли село вечером в среду, сообщил штаб.".encode("cp1251") * 4, "text/plain", "cp1251"),
    ],
)
def test_the_encoding_is_found(data: bytes, media_type: str, encoding: str) -> None:
    text, found = decode(data, media_type)
    assert found == encoding
    assert "�" not in text


def test_a_byte_order_mark_stays_as_a_character() -> None:
    assert decode(b"\xef\xbb\xbfText", "text/plain") == ("\ufeffText", "utf-8")
    assert decode("\ufeffText".encode("utf-16-le"), "text/plain")[0] == "\ufeffText"


def test_a_cut_last_character_leaves_the_rest_utf8() -> None:
    text, encoding = decode("Überfall auf Đà Nẵng – Bericht…".encode()[:-1], "text/plain")
    assert encoding == "utf-8"
    assert text.startswith("Überfall auf Đà Nẵng")
    assert text.endswith("�")


def test_a_lying_charset_is_not_believed() -> None:
    page = b'<html><meta charset="utf-8"><p>' + (ENGLISH * 20).encode("cp1252")
    assert decode(page, "text/html")[1] == "cp1252"


@given(st.binary(max_size=400), st.sampled_from(["text/plain", "text/html"]))
def test_the_name_makes_the_same_text_again(data: bytes, media_type: str) -> None:
    text, encoding = decode(data, media_type)
    assert data.decode(encoding, errors="replace") == text
    assert decode(data, media_type) == (text, encoding)


@given(st.text(max_size=200))
def test_utf8_is_always_utf8(text: str) -> None:
    data = text.encode()
    found, encoding = decode(data, "text/plain")
    if "\x00" not in text:
        assert (found, encoding) == (text, "utf-8")
