from __future__ import annotations

import pytest

from analytics.domain.words.ladder_words import RULE, Decided, decided_by, result_words


@pytest.mark.parametrize(
    ("taken", "gain", "low", "decided"),
    [
        (True, 0.05, 0.02, Decided.AUC),
        (True, -0.007, -0.033, Decided.BRIER),
        (True, 0.001, 0.0005, Decided.BRIER),
        (False, 0.01, -0.01, Decided.NOTHING),
        (True, None, None, Decided.NOTHING),
    ],
)
def test_a_rung_is_said_to_have_won_by_what_decided(
    taken: bool, gain: float | None, low: float | None, decided: Decided
) -> None:
    assert decided_by(taken, gain, low) is decided
    won = {Decided.AUC: "adopted for its AUC", Decided.BRIER: "adopted for its Brier score"}
    assert result_words(decided) == won.get(decided, "not adopted")


def test_a_rung_that_finds_exits_better_is_said_to_have_won_by_that() -> None:
    decided = decided_by(True, -0.01, -0.02, 0.03, 0.01)
    assert decided is Decided.EXITS
    assert result_words(decided) == "adopted for its ranking of exits"
    assert decided_by(True, 0.01, 0.005, 0.03, 0.01) is Decided.AUC
    assert decided_by(True, 0.0, -0.01, 0.0, -0.01) is Decided.BRIER


def test_the_rule_names_both_ways_and_their_least_gains() -> None:
    for part in ("AUC", "0.002", "no worse as far as can be told", "Brier score", "0.5%", "exits"):
        assert part in RULE
