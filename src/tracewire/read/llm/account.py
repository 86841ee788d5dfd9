"""What the work took: questions, tokens, cost, and what of the answers was not taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tracewire.config import LLMSettings
from tracewire.read.base import Account

MILLION = 1_000_000


@dataclass(slots=True)
class Tally:
    """Counts since the reader was made. `dropped` counts parts of answers by reason."""

    stretches: int = 0
    cached: int = 0
    failed: int = 0
    answers: int = 0
    unpriced: int = 0
    """Answers for which the service said no number of tokens."""
    tokens_in: int = 0
    tokens_out: int = 0
    claims: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    cache_fault: str | None = None

    def drop(self, reason: str, count: int = 1) -> None:
        """Count what is not taken."""
        if count:
            self.dropped[reason] += count

    def answered(self, tokens_in: int | None, tokens_out: int | None) -> None:
        """Count one answer of the service, taken or not: each is paid for."""
        self.answers += 1
        self.unpriced += tokens_in is None or tokens_out is None
        self.tokens_in += tokens_in or 0
        self.tokens_out += tokens_out or 0

    def cost(self, settings: LLMSettings) -> float | None:
        """In the unit of the prices; None where a price is unknown or no answer came with its tokens."""
        if settings.price_in is None or settings.price_out is None or (self.answers and self.unpriced == self.answers):
            return None
        return round((self.tokens_in * settings.price_in + self.tokens_out * settings.price_out) / MILLION, 6)

    def account(self, settings: LLMSettings, host: str) -> Account:
        """The report of a run; nothing where nothing was read."""
        if not self.stretches:
            return Account()
        return Account(tuple(self._lines(settings, host)), self._figures(settings, host))

    def _figures(self, settings: LLMSettings, host: str) -> dict[str, Any]:
        return {
            "model": settings.model,
            "host": host,
            "stretches": self.stretches,
            "cached": self.cached,
            "failed": self.failed,
            "answers": self.answers,
            "answers_without_tokens": self.unpriced,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "cost": self.cost(settings),
            "claims": self.claims,
            "dropped": dict(sorted(self.dropped.items())),
        }

    def _lines(self, settings: LLMSettings, host: str) -> list[str]:
        lines = [
            f"llm: {settings.model} at {host}; stretches of text: {self.stretches} (from the cache: {self.cached}, "
            f"failed: {self.failed}); answers: {self.answers}"
        ]
        if self.answers:
            lines.append(f"llm: {self._spent(settings)}")
        if self.dropped:
            reasons = "; ".join(f"{reason}: {count}" for reason, count in sorted(self.dropped.items()))
            lines.append(f"llm: claims taken: {self.claims}; not taken: {reasons}")
        if self.cache_fault:
            lines.append(f"llm: answers were not kept, a second run will ask again: {self.cache_fault}")
        return lines

    def _spent(self, settings: LLMSettings) -> str:
        tokens = f"tokens in: {self.tokens_in}, out: {self.tokens_out}"
        if self.unpriced:
            tokens += f" (answers for which the service gave no number: {self.unpriced})"
        cost = self.cost(settings)
        if cost is None:
            unknown = settings.price_in is None or settings.price_out is None
            return tokens + "; cost unknown" + (": give --llm-price-in and --llm-price-out" if unknown else "")
        return f"{tokens}; cost {'at least ' if self.unpriced else ''}{cost:.4f} in the unit of the prices"
