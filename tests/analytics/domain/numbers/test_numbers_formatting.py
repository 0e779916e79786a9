from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import Interval, Unit


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (0, "€0"),
        (0.8, "€0.80"),
        (46.13, "€46"),
        (999.6, "€1.00k"),
        (12_345, "€12.3k"),
        (233_000, "€233k"),
        (1_240_000, "€1.24M"),
        (-1_500, "−€1.50k"),
        (-0.001, "€0.00"),
    ],
)
def test_money_has_three_figures_and_missing_is_never_zero(value: float | None, shown: str) -> None:
    assert formatting.money(value, "EUR") == shown


def test_an_unknown_currency_is_written_by_its_code() -> None:
    assert formatting.money_exact(12_345.6, "CHF") == "CHF 12,346"


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (0.0, "0%"), (0.034, "3.4%"), (0.0999, "10%"), (1.0, "100%")]
)
def test_a_share_is_a_percentage(value: float | None, shown: str) -> None:
    assert formatting.share(value) == shown


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        (0.2, "less than an hour"),
        (1, "1 hour"),
        (26, "26 hours"),
        (50, "2 days"),
        (24 * 5463, "15 years"),
    ],
)
def test_age_is_told_in_the_unit_a_person_would_use(hours: float, shown: str) -> None:
    assert formatting.age(hours) == shown


def test_one_day_is_not_days() -> None:
    assert [formatting.days(value) for value in (1, 2.5, 24.0)] == ["1 day", "2.5 days", "24 days"]


def test_values_are_written_by_their_unit() -> None:
    written = [
        formatting.by_unit(date(2026, 3, 1), Unit.TIME, "EUR"),
        formatting.by_unit(True, Unit.FLAG, "EUR"),
        formatting.by_unit(0.25, Unit.SHARE, "EUR"),
        formatting.by_unit(99.5, Unit.MONEY, "EUR"),
        formatting.by_unit(41.7, Unit.INDEX, "EUR"),
        formatting.by_unit("", Unit.TEXT, "EUR"),
        formatting.by_unit(0.333, Unit.RATIO, "EUR"),
    ]
    assert written == ["1 Mar 2026", "yes", "25%", "€99.50", "42", "–", "0.33"]


def test_a_moment_names_its_zone() -> None:
    assert formatting.moment(datetime(2026, 3, 31, 6, 5, tzinfo=UTC)) == "31 Mar 2026, 06:05 UTC"


def test_an_interval_names_both_ends() -> None:
    assert formatting.interval(Interval(2, 1_000, 3_000), "USD") == "$1.00k to $3.00k"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (0.0, "0"),
        (0.8431, "0.843"),
        (0.02134, "0.0213"),
        (34.21, "34.2"),
        (-9582.4, "−9,582"),
        (1e-9, "0.000000"),
    ],
)
def test_three_figures_fit_a_number_of_any_size(value: float | None, shown: str) -> None:
    assert formatting.three_figures(value) == shown


def test_a_spread_has_the_digits_of_its_mean() -> None:
    assert formatting.three_figures(0.00841, like=0.861) == "0.008"
    assert formatting.three_figures(3.2, like=2431.0) == "3"
