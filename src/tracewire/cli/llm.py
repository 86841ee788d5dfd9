"""Options of `--reader llm`: given together or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from tracewire.config import LLMSettings
from tracewire.errors import UsageError

LLMUrl = Annotated[
    str | None,
    typer.Option("--llm-url", help="With --reader llm: base address of an OpenAI-compatible service. Texts go there."),
]
LLMModel = Annotated[str | None, typer.Option("--llm-model", help="With --reader llm: the model to ask.")]
LLMPriceIn = Annotated[
    float | None, typer.Option("--llm-price-in", min=0, help="Price of a million tokens sent, for the cost report.")
]
LLMPriceOut = Annotated[
    float | None, typer.Option("--llm-price-out", min=0, help="Price of a million tokens answered.")
]
LLMTimeout = Annotated[
    float | None, typer.Option("--llm-timeout", min=0.1, help="Seconds to wait for one answer (300 if not given).")
]


def llm_settings(
    reader: str,
    url: str | None,
    model: str | None,
    price_in: float | None,
    price_out: float | None,
    timeout: float | None,
) -> LLMSettings | None:
    """The service to ask; None for every other reader. Raises UsageError where options and reader do not fit."""
    given = [name for name, value in _named(url, model, price_in, price_out, timeout) if value is not None]
    if reader != "llm":
        if given:
            raise UsageError(f"{', '.join(given)}: only with --reader llm; no language model is asked otherwise")
        return None
    if not url or not model:
        raise UsageError("--reader llm sends the texts to a language model: name it with --llm-url and --llm-model")
    settings = LLMSettings(url, model, price_in, price_out)
    settings = settings if timeout is None else replace(settings, timeout=timeout)
    from tracewire.read.llm import check_service

    check_service(settings)
    return settings


def _named(*values: object) -> list[tuple[str, object]]:
    names = ("--llm-url", "--llm-model", "--llm-price-in", "--llm-price-out", "--llm-timeout")
    return list(zip(names, values, strict=True))
