from __future__ import annotations

import pytest

from analytics.domain.words.counting import counted, noun_of, verb_of


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "date", "0 dates"),
        (1, "date", "1 date"),
        (2, "landed customer", "2 landed customers"),
        (1234, "customer", "1,234 customers"),
        (1.0, "horizon of 90 days", "1 horizon of 90 days"),
        (3, "category", "3 categories"),
        (3, "day", "3 days"),
        (2, "person", "2 people"),
    ],
)
def test_a_count_agrees_with_its_noun(number: float, noun: str, said: str) -> None:
    assert counted(number, noun) == said


def test_a_plural_of_ones_own_may_be_told() -> None:
    assert counted(2, "match", "matches") == "2 matches"
    assert noun_of(1, "match", "matches") == "match"


def test_a_verb_agrees_with_a_count() -> None:
    assert [verb_of(number) for number in (0, 1, 2)] == ["are", "is", "are"]
    assert verb_of(1, "has", "have") == "has"
