"""Fits the network: one pass of the encoder a batch, all heads at once."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.batches import IGNORE, Batch, Encoded, collate
from training.network import ClaimReader, Tagger


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings of one training; chosen on the dev part."""

    epochs: int = 6
    batch: int = 16
    encoder_rate: float = 1.2e-4
    head_rate: float = 1e-3
    dropout: float = 0.15
    spurious: float = 0.6
    own_tags: float = 0.3
    averaged: float = 0.35
    seed: int = 1


Network = tuple[Tagger, ClaimReader]
HEDGED, NEGATED = 2.0, 3.0
"""Weight of a claim that is not plainly asserted, and of one that is denied: rare, and missing them costs most."""


def load_encoder(folder: Path) -> nn.Module:
    """The pretrained encoder without its pooler."""
    from transformers import BertConfig, BertModel

    config = BertConfig.from_pretrained(folder, hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.0)
    return BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)


def losses(tagger: Tagger, reader: ClaimReader, batch: Batch, own_tags: float) -> dict[str, Tensor]:
    """The loss of every head; heads without a label in the batch are left out."""
    memory, mentions, forms, triggers = tagger(batch.ids, batch.mask, batch.case, batch.flags)
    found = {
        "mentions": _cross(mentions, batch.mentions),
        "forms": 0.3 * _cross(forms, batch.forms),
        "triggers": 1.5 * _cross(triggers, batch.triggers),
    }
    if not len(batch.rows):
        return found
    tags = torch.where(batch.mentions == IGNORE, 0, batch.mentions)
    if random.random() < own_tags:
        tags = mentions.argmax(2)
    rows = batch.rows
    outputs = reader(memory[rows], batch.mask[rows], batch.trigger_mask, batch.types, batch.distance, tags[rows])
    roles, sources, cues, modality, polarity, valid = outputs
    weight = batch.role_weight
    found["roles"] = 1.5 * _weighted(roles, batch.roles, weight)
    found["sources"] = 0.7 * _weighted(sources, batch.sources, weight)
    found["cues"] = 0.5 * _cross(cues, batch.cues)
    found["modality"] = 0.8 * _rare(modality, batch.modality, HEDGED)
    found["polarity"] = 0.8 * _rare(polarity, batch.polarity, NEGATED)
    found["valid"] = 0.3 * functional.binary_cross_entropy_with_logits(valid, batch.valid)
    return {name: loss for name, loss in found.items() if torch.isfinite(loss)}


def _cross(scores: Tensor, labels: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE)


def _rare(scores: Tensor, labels: Tensor, weight: float) -> Tensor:
    """Loss in which every label but the first (asserted; positive) counts `weight` times."""
    each = functional.cross_entropy(scores, labels, ignore_index=IGNORE, reduction="none")
    factor = torch.where(labels > 0, weight, 1.0) * (labels != IGNORE)
    return (each * factor).sum() / factor.sum().clamp(min=1)


def _weighted(scores: Tensor, labels: Tensor, weight: Tensor) -> Tensor:
    each = functional.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE, reduction="none")
    return (each * weight.flatten()).sum() / weight.sum().clamp(min=1)


def fit(
    texts: Callable[[random.Random], list[Encoded]],
    network: Network,
    plan: Plan,
    log: Callable[[str], None] = print,
    check: Callable[[Tagger, ClaimReader], str] | None = None,
) -> Network:
    """Train a network in place and return it with the average of its last weights.

    `texts` gives the texts of an epoch.
    """
    torch.manual_seed(plan.seed)
    random.seed(plan.seed)
    rnd = random.Random(plan.seed)
    tagger, reader = network
    tagger.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(_groups(tagger, reader, plan), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    steps = plan.epochs * math.ceil(len(texts(random.Random(0))) / plan.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    average: dict[str, Tensor] | None = None
    averaged = 0
    both = nn.ModuleList([tagger, reader])
    step = 0
    for epoch in range(plan.epochs):
        began, total = time.time(), 0.0
        both.train()
        for group in grouped(texts(rnd), plan.batch, rnd):
            batch = collate(group, rnd, plan.spurious)
            loss = torch.stack(list(losses(tagger, reader, batch, plan.own_tags if epoch else 0.0).values())).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(both.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            total += float(loss.detach())
            if step > steps * (1 - plan.averaged) and step % 5 == 0:
                average, averaged = _averaged(average, both, averaged)
        both.eval()
        report = check(tagger, reader) if check and (epoch % 3 == 2 or epoch == plan.epochs - 1) else ""
        log(f"epoch {epoch + 1}: loss {total / max(1, steps / plan.epochs):.3f}, {time.time() - began:.0f} s {report}")
    if average is not None:
        last = copy.deepcopy(both.state_dict())
        both.load_state_dict({**last, **average})
        if check:
            log(f"average of weights: {check(tagger, reader)}")
    return tagger, reader


def averaged(networks: Sequence[Network]) -> Network:
    """A network with the mean of the weights of networks that began with the same ones."""
    result = copy.deepcopy(networks[0])
    for part, *others in zip(result, *networks, strict=True):
        states = [other.state_dict() for other in others]
        mean = {
            name: torch.stack([s[name] for s in states]).mean(0) if value.dtype.is_floating_point else value
            for name, value in states[0].items()
        }
        part.load_state_dict(mean)
    return result


def grouped(texts: list[Encoded], size: int, rnd: random.Random) -> Iterator[list[Encoded]]:
    """Shuffled batches of texts of about one length."""
    order = sorted(texts, key=lambda t: len(t.ids) + rnd.uniform(0, 12))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rnd.shuffle(groups)
    return iter(groups)


def _groups(tagger: Tagger, reader: ClaimReader, plan: Plan) -> list[dict[str, object]]:
    encoder = [p for p in tagger.bert.parameters() if p.requires_grad]
    known = {id(p) for p in tagger.bert.parameters()}
    heads = [p for p in [*tagger.parameters(), *reader.parameters()] if id(p) not in known]
    return [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}]


def _rate(step: int, steps: int) -> float:
    warm = max(1, steps // 15)
    return step / warm if step < warm else max(0.03, (steps - step) / (steps - warm))


def _averaged(average: dict[str, Tensor] | None, both: nn.Module, count: int) -> tuple[dict[str, Tensor], int]:
    now = {k: v for k, v in both.state_dict().items() if v.dtype.is_floating_point}
    if average is None:
        return {k: v.clone() for k, v in now.items()}, 1
    for key, value in average.items():
        value += (now[key] - value) / (count + 1)
    return average, count + 1
