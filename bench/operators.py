"""More ways in which reports share text than syndicate.py makes: a set that nothing was chosen on.

    python bench/operators.py ../shared/data/syndication/muc3-dev.jsonl.gz OUT.jsonl [--seed 11] [--bases 200]

Each variant is one of a base report; `relation` is what a reader would call it, `operator` how it was made. Those that
share much honestly (`statement`, `release`) carry passages of a third text, as two outlets on one press release do.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

Report = list[str]
Maker = Callable[[random.Random, Report, Report], str]
SYNONYMS = {"said": "stated", "reported": "announced", "killed": "slain", "soldiers": "troops", "today": "on the day",
            "attack": "assault", "several": "a number of", "also": "in addition", "city": "town"}  # fmt: skip
LEAST_SENTENCES = 8


def sentences(paragraphs: Sequence[str]) -> Report:
    """Sentences of upper-case reports, in sentence case, without dateline and tags."""
    bare = [re.sub(r"\s+", " ", re.sub(r"^.*?\[TEXT\]\s*", "", p, flags=re.DOTALL)).strip().lower() for p in paragraphs]
    found = [s for p in bare for s in re.split(r"(?<=[.!?])\s+", p) if len(s.split()) > 3]
    return [s[0].upper() + s[1:] for s in found]


def reordered(rnd: random.Random, base: Report, _: Report) -> str:
    """The same passages in another order."""
    third = len(base) // 3
    blocks = [base[:third], base[third : 2 * third], base[2 * third :]]
    rnd.shuffle(blocks)
    return " ".join(s for block in blocks for s in block)


def misread(rnd: random.Random, base: Report, _: Report) -> str:
    """Read from paper: one word in ten with a letter wrong."""
    words = " ".join(base).split()
    return " ".join(_spoilt(rnd, w) if rnd.random() < 0.1 and len(w) > 3 else w for w in words)


def _spoilt(rnd: random.Random, word: str) -> str:
    place = rnd.randrange(1, len(word))
    return word[:place] + rnd.choice("ceilnorstu") + word[place + 1 :]


def rewritten(rnd: random.Random, base: Report, _: Report) -> str:
    """Every fifth word changed or gone, some sentences dropped."""
    kept = [s for s in base if rnd.random() > 0.15] or base
    return " ".join(
        SYNONYMS.get(w, "some") if r < 0.12 else w for w in " ".join(kept).split() if (r := rnd.random()) < 0.93
    )


def updated(_: random.Random, base: Report, __: Report) -> str:
    """Numbers changed, a new lead sentence."""
    text = re.sub(r"\d+", lambda m: str(int(m[0][:6]) + 2), " ".join(base))
    return "New figures were given out late in the evening as the search for missing people went on. " + text


def middle(rnd: random.Random, base: Report, _: Report) -> str:
    """A passage from the middle."""
    length = max(3, int(len(base) * rnd.uniform(0.35, 0.6)))
    start = rnd.randrange(1, len(base) - length + 1)
    return " ".join(base[start : start + length])


def thinned(rnd: random.Random, base: Report, _: Report) -> str:
    """Every third sentence gone."""
    return " ".join(s for i, s in enumerate(base) if i % 3 != rnd.randrange(3))


def encoded(_: random.Random, base: Report, __: Report) -> str:
    """Capitals, other quotation marks and dashes, decomposed accents."""
    text = " ".join(base).upper().replace('"', "”").replace("--", "—")
    return unicodedata.normalize("NFD", text)


def digest(_: random.Random, base: Report, other: Report) -> str:
    """Lead passages of two reports among other news."""
    return " ".join([*other[: len(other) // 2], *base[: max(4, len(base) // 2)], *other[len(other) // 2 :]])


def quoted(rnd: random.Random, base: Report, other: Report) -> str:
    """A report of its own with three quoted sentences."""
    picked = [base[i] for i in sorted(rnd.sample(range(len(base)), 3))]
    half = len(other) // 2
    return " ".join([*other[:half], *(f"“{s}”" for s in picked), *other[half:]])


def unmarked(rnd: random.Random, base: Report, other: Report) -> str:
    """A report of its own with two sentences taken without marks."""
    picked = [base[i] for i in sorted(rnd.sample(range(len(base)), 2))]
    half = len(other) // 2
    return " ".join([*other[:half], *picked, *other[half:]])


MAKERS: dict[str, tuple[str, Maker]] = {
    "reordered": ("copy", reordered),
    "misread": ("edited", misread),
    "rewritten": ("edited", rewritten),
    "updated": ("edited", updated),
    "middle": ("cut", middle),
    "thinned": ("cut", thinned),
    "encoded": ("copy", encoded),
    "digest": ("merged", digest),
    "quoted": ("quotes", quoted),
    "unmarked": ("quotes", unmarked),
}


def make(reports: Sequence[tuple[str, Report]], seed: int, bases: int) -> list[dict[str, str | None]]:
    """Rows of the set: the originals, a variant of each base by every operator, pairs that share honestly."""
    rnd = random.Random(seed)
    big = [r for r in reports if len(r[1]) >= LEAST_SENTENCES]
    chosen = rnd.sample(big, min(bases, len(big)))
    rows: list[dict[str, str | None]] = [
        {"doc": d, "text": " ".join(s), "of": None, "relation": "original", "operator": None} for d, s in reports
    ]
    for doc, base in chosen:
        for operator, (relation, maker) in MAKERS.items():
            other = rnd.choice([s for d, s in big if d != doc])
            name, text = f"{doc}#{operator}", maker(rnd, base, other)
            rows.append({"doc": name, "text": text, "of": doc, "relation": relation, "operator": operator})
        rows += _honest(rnd, doc, base, big)
    return rows


def _honest(
    rnd: random.Random, doc: str, base: Report, big: Sequence[tuple[str, Report]]
) -> list[dict[str, str | None]]:
    """Two reports on one statement of four sentences: quoted in full by both, and taken over in parts without marks."""
    found: list[dict[str, str | None]] = []
    for operator in ("statement", "release"):
        passage = base[:4]
        names = [f"{doc}#{operator}{side}" for side in (1, 2)]
        for side, name in enumerate(names):
            own = rnd.choice([s for d, s in big if d != doc])
            taken = [f"“{' '.join(passage)}”"] if operator == "statement" else passage[side : side + 3]
            text = " ".join([*own[:2], *taken, *own[2:]])
            of = names[0] if side else None
            found.append({"doc": name, "text": text, "of": of, "relation": "quotes", "operator": operator})
    return found


def main() -> int:
    """Write the set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, help='gzipped lines of {"doc", "paragraphs"}')
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--bases", type=int, default=200)
    options = parser.parse_args()
    with gzip.open(options.reports, "rt", encoding="utf-8") as lines:
        read = [(r["doc"], sentences(r["paragraphs"])) for r in map(json.loads, lines)]
    rows = make([r for r in read if r[1]], options.seed, options.bases)
    options.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    print(len(rows), "reports")
    return 0


if __name__ == "__main__":
    sys.exit(main())
