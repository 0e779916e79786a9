from __future__ import annotations

import random

import pytest

from analytics.actions.holdout import in_holdout

#: The first four held out at a share of 0.1.
PINNED = ["customer-5", "customer-12", "customer-14", "customer-45"]
IDS = [f"customer-{number}" for number in range(20_000)]


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5])
def test_the_holdout_is_the_share_asked_for(share: float) -> None:
    assert in_holdout(IDS, share).mean() == pytest.approx(share, abs=0.01)


def test_nobody_is_held_out_of_nothing() -> None:
    assert not in_holdout(IDS[:2000], 0.0).any()


def test_the_draw_depends_on_the_customer_and_not_on_the_company_they_keep() -> None:
    drawn = dict(zip(IDS, in_holdout(IDS, 0.1), strict=True))
    shuffled = random.Random(0).sample(IDS, 5_000)
    assert all(
        drawn[name] == held for name, held in zip(shuffled, in_holdout(shuffled, 0.1), strict=True)
    )


def test_a_larger_holdout_keeps_everyone_in_who_was_in() -> None:
    small, large = in_holdout(IDS, 0.1), in_holdout(IDS, 0.2)
    assert (large | ~small).all()


def test_the_draw_stays_the_same_from_version_to_version() -> None:
    """A change of the hash would move people in and out of running experiments."""
    first = [name for name, held in zip(IDS, in_holdout(IDS, 0.1), strict=True) if held][:4]
    assert first == PINNED


def test_ids_of_any_script_are_drawn() -> None:
    assert in_holdout(["Zoë", "客户", ""], 0.5).shape == (3,)
