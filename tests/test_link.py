"""The linkage engine: order does not matter, and a chain never joins what must not be joined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracewire.link import Scored, candidate_pairs, cluster


def test_candidates_share_a_key() -> None:
    items = [{"a"}, {"a", "b"}, {"b"}, {"c"}]
    assert list(candidate_pairs(items, sorted)) == [(0, 1), (1, 2)]


def test_chain_is_cut_by_a_forbidden_pair() -> None:
    pairs = [Scored(0, 1, 2.0, ()), Scored(1, 2, 1.9, ())]
    assert cluster(3, pairs, 1.0, lambda a, b: {a, b} == {0, 2}) == [[0, 1], [2]]


def test_threshold() -> None:
    assert cluster(2, [Scored(0, 1, 0.9, ())], 1.0, lambda a, b: False) == [[0], [1]]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 3)), max_size=30))
def test_order_of_pairs_does_not_matter(rows: list[tuple[int, int, float]]) -> None:
    pairs = [Scored(min(a, b), max(a, b), s, ()) for a, b, s in rows if a != b]
    forward = cluster(10, pairs, 1.0, lambda a, b: (a + b) % 7 == 0)
    assert forward == cluster(10, list(reversed(pairs)), 1.0, lambda a, b: (a + b) % 7 == 0)
    assert sorted(i for group in forward for i in group) == list(range(10))
