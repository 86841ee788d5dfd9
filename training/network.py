"""The network: one encoder pass tags mentions and triggers; one light layer a trigger reads what the claim says."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from tracewire.model import MODALITIES
from tracewire.read.decode import REACH
from tracewire.read.features import CASES
from training.labels import CUE_TAGS, FORMS, MENTION_TAGS, ROLES, SOURCES, TRIGGER_TAGS, TYPES

WIDTH, MEMORY = 384, 192
"""Of the encoder; of what a claim is read from."""


class Tagger(nn.Module):
    """Encoder with word features and heads for mentions, forms and triggers; batches of (batch, pieces)."""

    def __init__(self, bert: nn.Module, flags: int, dropout: float) -> None:
        super().__init__()
        self.bert = bert
        self.case = nn.Embedding(len(CASES), WIDTH, padding_idx=0)
        self.flag = nn.EmbeddingBag(flags + 1, WIDTH, mode="sum", padding_idx=0)
        for table in (self.case, self.flag):
            nn.init.zeros_(table.weight)
        self.drop = nn.Dropout(dropout)
        self.mention = _head(len(MENTION_TAGS), dropout)
        self.form = _head(len(FORMS), dropout)
        self.trigger = _head(len(TRIGGER_TAGS), dropout)
        self.memory = nn.Linear(WIDTH, MEMORY)

    def forward(self, ids: Tensor, mask: Tensor, case: Tensor, flags: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The memory for claims (batch, pieces, MEMORY) and the logits of mention tags, forms and trigger tags."""
        words = self.bert.embeddings.word_embeddings(ids)
        listed = self.flag(flags.flatten(0, 1)).unflatten(0, ids.shape)
        embedded = words + self.case(case) + listed
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        seen = self.drop(hidden)
        return self.memory(seen), self.mention(seen), self.form(seen), self.trigger(seen)


class ClaimReader(nn.Module):
    """Reads one claim a row: the memory of its text (pieces, MEMORY) and where its trigger stands."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.trigger = nn.Linear(MEMORY, MEMORY)
        self.kind = nn.Embedding(len(TYPES), MEMORY)
        self.distance = nn.Embedding(2 * REACH + 2, MEMORY)
        self.tag = nn.Embedding(len(MENTION_TAGS), MEMORY)
        for table in (self.kind, self.distance, self.tag):
            nn.init.normal_(table.weight, std=0.05)
        self.norm = nn.LayerNorm(MEMORY)
        self.layer = Layer(MEMORY, 6, dropout)
        self.drop = nn.Dropout(dropout)
        self.role = nn.Linear(MEMORY, len(ROLES))
        self.source = nn.Linear(MEMORY, len(SOURCES))
        self.cue = nn.Linear(MEMORY, len(CUE_TAGS))
        self.pool = nn.Linear(MEMORY, 1)
        self.summary = nn.Sequential(nn.Linear(2 * MEMORY, MEMORY), nn.GELU(), nn.Dropout(dropout))
        self.modality = nn.Linear(MEMORY, len(MODALITIES))
        self.polarity = nn.Linear(MEMORY, 2)
        self.valid = nn.Linear(MEMORY, 1)

    def forward(
        self, memory: Tensor, mask: Tensor, trigger: Tensor, type_: Tensor, distance: Tensor, tags: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Logits of roles, sources and cue tags by piece, of modality, polarity and of being a claim at all."""
        weight = (trigger / trigger.sum(1, keepdim=True).clamp(min=1e-6)).unsqueeze(1)
        word = (weight @ memory).squeeze(1)
        lead = (self.trigger(word) + self.kind(type_)).unsqueeze(1)
        mixed = self.norm(memory + lead + self.distance(distance) + self.tag(tags))
        states = self.layer(mixed, mask)
        seen = self.drop(states)
        score = self.pool(states).squeeze(2).masked_fill(mask == 0, -1e4)
        around = (score.softmax(1).unsqueeze(1) @ seen).squeeze(1)
        summary = self.summary(torch.cat(((weight @ seen).squeeze(1), around), 1))
        return (
            self.role(seen),
            self.source(seen),
            self.cue(seen),
            self.modality(summary),
            self.polarity(summary),
            self.valid(summary).squeeze(1),
        )


class Layer(nn.Module):
    """One transformer layer, written out: PyTorch's own fixes the batch size when it is exported."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.width = heads, width
        self.three = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.inner = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
        self.drop = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States (rows, pieces, width); pieces whose mask is 0 are not looked at."""
        three = self.three(states).unflatten(2, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        query, key, value = three[0], three[1], three[2]
        score = query @ key.transpose(2, 3) / (self.width / self.heads) ** 0.5
        score = score.masked_fill((mask == 0)[:, None, None, :], -1e4)
        mixed = (score.softmax(3) @ value).transpose(1, 2).flatten(2)
        states = self.first(states + self.drop(self.out(mixed)))
        return self.second(states + self.drop(self.inner(states)))


def _head(labels: int, dropout: float) -> nn.Module:
    return nn.Sequential(nn.Linear(WIDTH, 256), nn.GELU(), nn.Dropout(dropout), nn.Linear(256, labels))
