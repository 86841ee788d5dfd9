"""What a format has no room for: counted by reason, and said."""

from __future__ import annotations

from collections import Counter


class Left:
    """Counts what was left out, by reason, and what was changed."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._seen = 0
        self._reasons: Counter[str] = Counter()
        self._notes: dict[str, None] = {}

    def look(self) -> None:
        """One more was looked at."""
        self._seen += 1

    def out(self, reason: str) -> None:
        """It was left out, and why."""
        self._reasons[reason] += 1

    def note(self, words: str) -> None:
        """Something else that a user must know, said once."""
        self._notes[words] = None

    def lines(self) -> list[str]:
        """What to say: a total, then one line for each reason, most frequent first."""
        gone = sum(self._reasons.values())
        plural = "" if self._seen == 1 else "s"
        head = [f"{gone} of {self._seen} {self._noun}{plural} left out"] if gone else []
        reasons = sorted(self._reasons.items(), key=lambda item: (-item[1], item[0]))
        return [*head, *(f"  {count}: {reason}" for reason, count in reasons), *self._notes]
