"""From the numbers of the network to mentions and claims: spans of pieces, their labels, their probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
REACH = 24
"""Distances to the trigger beyond so many pieces are one."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces `start:end` with a label and how probable it is."""

    start: int
    end: int
    label: str
    probability: float


def softmax(scores: Scores) -> Scores:
    """Probabilities over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), dtype=np.float32)


def distances(start: int, end: int, width: int) -> npt.NDArray[np.int64]:
    """Distance of each piece to the trigger, from 1 (far before) over REACH + 1 (in it) to 2 * REACH + 1."""
    at = np.arange(width)
    away = np.where(at < start, at - start, np.where(at >= end, at - end + 1, 0))
    return np.clip(away, -REACH, REACH) + REACH + 1


def stretches(
    scores: Scores, labels: Sequence[str], words: Sequence[int | None], outside: float = 0.0
) -> list[Stretch]:
    """Spans of a BIO tagging (pieces, tags): O, then B and I of each label.

    An I of another label goes on with the span; the label is the one with the most probability over it. `outside`
    is taken from the score of O: more spans, less sure ones. A span that begins or ends inside a word of letters
    takes in the whole word.
    """
    shifted = scores.copy()
    shifted[:, 0] -= outside
    tags = shifted.argmax(1)
    probable = softmax(scores)
    found: list[tuple[int, int]] = []
    for piece, tag in enumerate(tags.tolist()):
        if words[piece] is None or tag == 0:
            continue
        begins = tag % 2 == 1
        goes_on = bool(found) and found[-1][1] == piece
        inside_word = goes_on and words[piece] == words[piece - 1]
        if goes_on and (not begins or inside_word):
            found[-1] = (found[-1][0], piece + 1)
        else:
            found.append((piece, piece + 1))
    return [_labelled(span, probable, labels) for span in _merged(found, probable, words)]


def _label_of(span: tuple[int, int], probable: Scores) -> tuple[int, float]:
    by_label = probable[span[0] : span[1], 1:].reshape(span[1] - span[0], -1, 2).sum(2).mean(0)
    best = int(by_label.argmax())
    return best, float(by_label[best])


def _labelled(span: tuple[int, int], probable: Scores, labels: Sequence[str]) -> Stretch:
    best, probability = _label_of(span, probable)
    return Stretch(*span, labels[best], probability)


def _merged(spans: list[tuple[int, int]], probable: Scores, words: Sequence[int | None]) -> list[tuple[int, int]]:
    """Whole words, and spans that touch and have one label as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        while end < len(words) and words[end] is not None and words[end] == words[end - 1]:
            end += 1
        while start > 0 and words[start - 1] is not None and words[start - 1] == words[start]:
            start -= 1
        if found and found[-1][1] >= start:
            touching = found[-1][1] > start
            if touching or _label_of(found[-1], probable)[0] == _label_of((start, end), probable)[0]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
                continue
        found.append((start, end))
    return found
