"""The cards at the top of the overview."""

from __future__ import annotations

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.risk_tier import AT_RISK_TIERS
from analytics.domain.numbers import formatting
from analytics.domain.tables.history_tables import PastPortfolio
from analytics.services.results import OverviewResult
from webapp.components.kpi_card import Change, Kpi, change_of
from webapp.pages.overview.trend import point_before


def kpis_of(result: OverviewResult, chosen: CustomerFilter) -> tuple[Kpi, ...]:
    """Return the cards; exposure is the small one, so that nobody takes it for a loss."""
    totals, currency = result.totals, result.stamp.currency
    before = point_before(result.trend, result.stamp.as_of.date())
    compare = _Comparison(result, chosen, before)
    revenue = totals.revenue_at_risk
    return (
        Kpi(
            "at_risk",
            formatting.count(totals.at_risk),
            f"{totals.at_risk:,}",
            f"of {totals.eligible:,} scored customers",
            compare.count("at_risk", totals.at_risk),
            compare.history("at_risk", totals.at_risk),
        ),
        Kpi(
            "revenue_at_risk",
            formatting.money(revenue.value, currency),
            formatting.money_exact(revenue.value, currency),
            f"80% interval {formatting.interval(revenue, currency)}",
            compare.money("revenue_at_risk", revenue.value),
            compare.history("revenue_at_risk", revenue.value),
            basis=f"of all scored customers; {_of_those_at_risk(result)} of it in those at risk",
        ),
        Kpi(
            "expected_silent",
            formatting.count(totals.expected_silent),
            f"{totals.expected_silent:,.1f}",
            f"{totals.lapsed:,} more have lapsed already",
            compare.count("expected_silent", totals.expected_silent),
            compare.history("expected_silent", totals.expected_silent),
        ),
        Kpi(
            "suppressed",
            formatting.count(totals.suppressed),
            f"{totals.suppressed:,}",
            f"of {totals.frustrated:,} frustrated customers" if totals.frustrated else "",
            _part_silent(totals.suppressed, totals.frustrated),
        ),
        Kpi(
            "exposure",
            formatting.money(totals.exposure, currency),
            formatting.money_exact(totals.exposure, currency),
            "value at stake of those critical and high, if all left",
            Change("not what we expect to lose"),
            small=True,
        ),
    )


class _Comparison:
    """Against 28 days ago for everyone; against everyone where a filter is on.

    Earlier figures are known for the whole base only, so a filtered number has no change.
    """

    def __init__(
        self, result: OverviewResult, chosen: CustomerFilter, before: PastPortfolio | None
    ) -> None:
        self._result, self._chosen, self._before = result, chosen, before

    def count(self, name: str, now: float) -> Change:
        if not self._chosen.is_everyone:
            return self.part(name, now)
        before = self._earlier(name)
        text = formatting.count(abs(now - before)) if before is not None else ""
        return change_of(now, before, higher_is_bad=True, text=text)

    def money(self, name: str, now: float) -> Change:
        if not self._chosen.is_everyone:
            return _part_of(now, self._result.everyone.revenue_at_risk.value)
        before = self._earlier(name)
        currency = self._result.stamp.currency
        text = formatting.money(abs(now - before), currency) if before is not None else ""
        return change_of(now, before, higher_is_bad=True, text=text)

    def part(self, name: str, now: float) -> Change:
        return _part_of(now, float(getattr(self._result.everyone, name)))

    def history(self, name: str, now: float) -> tuple[float | None, ...]:
        if not self._chosen.is_everyone:
            return ()
        as_of = self._result.stamp.as_of.date()
        past = [
            float(getattr(point, name))
            for point in self._result.trend
            if point.observation_date < as_of
        ]
        return (*past, now)

    def _earlier(self, name: str) -> float | None:
        return float(getattr(self._before, name)) if self._before else None


def _of_those_at_risk(result: OverviewResult) -> str:
    rows = (row.totals.revenue_at_risk.value for row in result.tiers if row.key in AT_RISK_TIERS)
    return formatting.money(sum(rows), result.stamp.currency)


def _part_silent(silent: int, frustrated: int) -> Change:
    if not frustrated:
        return Change("nobody here is frustrated")
    return Change(f"{formatting.share(silent / frustrated)} of them tell nobody")


def _part_of(now: float, everyone: float) -> Change:
    return Change(
        f"{formatting.share(now / everyone)} of everyone's" if everyone else "none at all"
    )
