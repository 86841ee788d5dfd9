"""Carry the encoder over to the field's language: masked words of unannotated reports, before any annotation is seen.

The encoder that can be had was tuned to compare sentences, and has lost some of what single words need.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.data import OWN, kept_apart, read_examples
from training.sources import rows

MASKED, KEPT, RANDOM = 0.2, 0.1, 0.1
"""Share of pieces to be guessed; of these, shares that stay as they are or become another piece."""
LONGEST = 96
_BREAK = re.compile(r"(?<=[.!?])\s{2,}|\n+")


@dataclass(frozen=True, slots=True)
class Adaptation:
    """Settings of the pass over unannotated text."""

    epochs: int = 2
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 1e-3
    seed: int = 1


def unannotated() -> list[str]:
    """Sentences of the shared corpora and of the own reports; none of a document that is tested or tuned on."""
    texts = [text for document, text in _shared() if not kept_apart(document)]
    texts += [e.text for path in sorted(OWN.glob("own-*.jsonl")) for e in read_examples(path)]
    return sorted({text for text in texts if len(text) > 30})


def _shared() -> Iterator[tuple[str, str]]:
    for row in rows("m2e2-voa"):
        yield "voa:" + row["sentence_id"].rpartition("_")[0], row["sentence"]
    for part in ("train", "val", "test"):
        for row in rows(f"geneva-{part}"):
            yield "geneva:" + row["doc_id"], row["sentence"]
    for part in ("train", "dev", "test"):
        for row in rows(f"muc4-{part}"):
            for text in _BREAK.split(row["doctext"]):
                yield "muc3:" + row["docid"], text


class _Guesser(nn.Module):
    def __init__(self, words: Tensor) -> None:
        super().__init__()
        width = words.shape[1]
        self.mix = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(words.shape[0]))
        self._words = [words]

    def forward(self, hidden: Tensor) -> Tensor:
        """Scores of every piece, for the hidden states of the masked ones."""
        return functional.linear(self.mix(hidden), self._words[0], self.bias)


def adapt(
    bert: nn.Module, tokenizer: Tokenizer, texts: list[str], plan: Adaptation, log: Callable[[str], None]
) -> None:
    """Train `bert` in place to guess masked pieces; its word embeddings stay."""
    torch.manual_seed(plan.seed)
    rnd = random.Random(plan.seed)
    words = bert.embeddings.word_embeddings.weight
    words.requires_grad_(False)
    guesser = _Guesser(words)
    encoder = [p for p in bert.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": plan.rate}, {"params": guesser.parameters(), "lr": plan.head_rate}],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    ids = [e.ids[:LONGEST] for e in tokenizer.encode_batch(texts)]
    steps = plan.epochs * (len(ids) // plan.batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / max(1, steps // 20), max(0.02, (steps - step) / steps))
    )
    bert.train()
    step, began, total = 0, time.time(), 0.0
    for _ in range(plan.epochs):
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]) + rnd.uniform(0, 8))
        groups = [order[i : i + plan.batch] for i in range(0, len(order), plan.batch)]
        rnd.shuffle(groups)
        for group in groups:
            shown, mask, wanted = _masked([ids[i] for i in group], tokenizer, len(words), rnd)
            hidden = bert(input_ids=shown, attention_mask=mask).last_hidden_state
            loss = functional.cross_entropy(guesser(hidden[wanted >= 0]), wanted[wanted >= 0])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([*encoder, *guesser.parameters()], 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            total += float(loss.detach())
            if step % 100 == 0:
                log(f"adaptation {step}/{steps}: loss {total / 100:.3f}, {time.time() - began:.0f} s")
                total = 0.0


def _masked(
    group: list[list[int]], tokenizer: Tokenizer, vocabulary: int, rnd: random.Random
) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces with some hidden, which are there at all, and what was hidden (-1 where nothing)."""
    mask_id = tokenizer.token_to_id("[MASK]")
    width = max(map(len, group))
    shown, mask, wanted = torch.full((len(group), width), -1)
    for row, ids in enumerate(group):
        shown[row, : len(ids)] = torch.tensor(ids)
        mask[row, : len(ids)] = 1
        for i in range(1, len(ids) - 1):
            if rnd.random() < MASKED:
                wanted[row, i] = ids[i]
                draw = rnd.random()
                if draw >= KEPT + RANDOM:
                    shown[row, i] = mask_id
                elif draw >= KEPT:
                    shown[row, i] = rnd.randrange(vocabulary)
    return shown, mask, wanted
