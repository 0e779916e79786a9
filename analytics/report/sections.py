"""The sections of the executive report, each a question and its answer."""

from __future__ import annotations

from datetime import date

from analytics.domain.customer.risk_tier import RiskTier
from analytics.domain.customer.tier_rule import meanings_of
from analytics.domain.customer.trend_words import Expected, course_sentence, date_before
from analytics.domain.customer_columns.columns import INNER_COLUMNS
from analytics.domain.numbers.formatting import MISSING, by_unit, count, day, money, number, share
from analytics.domain.numbers.measures import CUSTOMER_COLUMN, MEASURES, Measure
from analytics.domain.words.theme_words import theme_word
from analytics.report.charts import ChartBar, Series, bar_chart, line_chart
from analytics.report.content import ReportContent, Row
from analytics.report.friction import nobody_frustrated
from analytics.report.markup import Child, Markup, join, tag
from analytics.report.table import table

_TIER_STYLES = {RiskTier.CRITICAL: "bad", RiskTier.HIGH: "warn", RiskTier.MEDIUM: "mild"}


def trend(content: ReportContent) -> Markup:
    """Answer whether it is getting worse."""
    currency = content.summary.currency
    points = [(_as_date(row["observation_date"]), row["revenue_at_risk"]) for row in content.trend]
    today = content.summary.as_of_time.date()
    if not points or points[-1][0] < today:
        points.append((today, content.totals["revenue_at_risk"]))
    chart = line_chart(
        f"Revenue at risk on past dates in {currency}",
        [Series("Revenue at risk", "accent", points)],
        lambda value: money(value, currency),
    )
    return _section(
        "Is it getting worse?",
        tag("p", _direction(content), " ", _scored_then_and_now(content)),
        tag("figure", tag("figcaption", "Revenue at risk, today's model on past dates"), chart),
        _tiers(content),
    )


def _direction(content: ReportContent) -> str:
    now = Expected(content.totals["expected_silent"], content.totals["eligible"])
    found = {_as_date(row["observation_date"]): row for row in content.trend}
    when = date_before(found, content.summary.as_of_time.date())
    then = found[when] if when else None
    before = Expected(then["expected_silent"], then["eligible"]) if then else None
    said = course_sentence(now, before) or "There are too few past dates to speak of a trend."
    return f"{said} {content.since_then.sentence()}".strip()


def _scored_then_and_now(content: ReportContent) -> str | None:
    """Warn that early dates had less history, so that fewer customers could be scored."""
    if not content.trend or content.trend[0]["eligible"] > 0.8 * content.totals["eligible"]:
        return None
    first = content.trend[0]
    return (
        f"On {day(_as_date(first['observation_date']))} only {count(first['eligible'])} customers "
        f"could be scored, now {count(content.totals['eligible'])}: a part of the early rise is "
        "history building up."
    )


def _tiers(content: ReportContent) -> Markup:
    found = {row["label"]: row for row in content.tiers}
    meanings = meanings_of(content.summary.tiers)
    rows = [
        (
            tag("span", tier.label, class_=f"tier {_TIER_STYLES.get(tier, '')}"),
            count(found[tier]["customers"]),
            money(found[tier]["revenue_at_risk"], content.summary.currency),
            meanings[str(tier)],
        )
        for tier in RiskTier
        if tier in found
    ]
    shown = table(("Tier", "Customers", "Revenue at risk", "Meaning"), rows, numbers=(1, 2))
    rule = content.summary.tiers
    return join((shown, tag("p", rule.cuts.how(), class_="quiet small") if rule else None))


def where(content: ReportContent) -> Markup:
    """Answer which groups carry the risk."""
    currency = content.summary.currency
    label = CUSTOMER_COLUMN[content.group_column].label
    bars = [
        ChartBar(
            _named(row["label"]), row["revenue_at_risk"], money(row["revenue_at_risk"], currency)
        )
        for row in content.groups
    ]
    rows = [
        (
            _named(row["label"]),
            count(row["customers"]),
            count(row["at_risk"]),
            share(row["expected_silent"] / row["eligible"] if row["eligible"] else None),
            money(row["revenue_at_risk"], currency),
            number(row["mean_frustration"], 0),
            count(row["suppressed"]),
        )
        for row in content.groups
    ]
    columns = (
        label, "Customers", "At risk", "Mean risk", "Revenue at risk", "Frustration",
        "Frustrated but silent",
    )  # fmt: skip
    return _section(
        f"Where? By {label.lower()}",
        tag("figure", bar_chart(f"Revenue at risk by {label.lower()}", bars)),
        table(columns, rows, numbers=range(1, 7)),
    )


def why(content: ReportContent) -> Markup:
    """Answer what raises the risk of those at risk."""
    currency = content.summary.currency
    notes = [
        f"{count(theme['customers'])} · {money(theme['revenue_at_risk'], currency)}"
        for theme in content.themes
    ]
    bars = [
        ChartBar(theme_word(row["label"]), row["customers"], note, "warn")
        for row, note in zip(content.themes, notes, strict=True)
    ]
    rows = [
        (theme_word(row["label"]), count(row["customers"]), row["example"])
        for row in content.themes
    ]
    return _section(
        "How it shows: the first reason of those at risk",
        tag("p", "What the model weighs, not a proven cause.", class_="quiet"),
        tag("figure", bar_chart("Customers at risk by first reason", bars)),
        table(("Theme", "Customers", "For example"), rows, numbers=(1,)),
    )


def contact(content: ReportContent) -> Markup:
    """Answer whom to contact first, with what, for what return."""
    currency = content.summary.currency
    rows = [
        (
            _customer(row),
            _tier(row["risk_tier"]),
            share(row["churn_risk"]),
            money(row["revenue_at_risk"], currency),
            row["reason_1"],
            row["action_label"],
            _with_ends(row, currency),
        )
        for row in content.watch_list
    ]
    columns = (
        "Customer", "Tier", "Risk", "Revenue at risk", "First reason", "Action",
        "Expected net value",
    )  # fmt: skip
    held = share(content.summary.holdout_share)
    return _section(
        "Whom to contact first?",
        tag("p", "Highest expected net value first. Save rates are assumed, not measured; "
            f"{held} of the customers are held out at random so that they can be."),
        table(columns, rows, numbers=(2, 3, 6)) if rows else _nothing(content.nothing_to_do),
    )  # fmt: skip


def suppressed(content: ReportContent) -> Markup:
    """Answer who suffers without a word."""
    currency, totals = content.summary.currency, content.totals
    rows = [
        (
            _customer(row),
            number(row["frustration_index"], 0),
            share(row["churn_risk"]),
            money(row["monthly_revenue"], currency),
            money(row["revenue_at_risk"], currency),
        )
        for row in content.suppressed
    ]
    if not totals["frustrated"]:
        return _section(
            "Frustrated but silent",
            _nothing(f"{nobody_frustrated(content.summary)}."),
        )
    columns = ("Customer", "Frustration index", "Risk", "Monthly revenue", "Revenue at risk")
    said = (
        f"{count(totals['suppressed'])} of {count(totals['frustrated'])} frustrated customers have "
        f"opened no ticket and made no complaint in 90 days. They carry "
        f"{money(content.suppressed_revenue, currency)} of the revenue at risk."
    )
    return _section(
        "Frustrated but silent",
        tag("p", said),
        table(columns, rows, numbers=range(1, 5)) if rows else _nothing("Nobody, as far as seen."),
    )


def definitions(content: ReportContent) -> Markup:
    """State every number in full, with what it means."""
    currency = content.summary.currency
    rows = [
        (
            join((measure.label, _badge() if measure.assumption else None)),
            _measured(measure, content.totals[measure.name] or 0.0, currency),
            measure.meaning,
        )
        for measure in MEASURES
        if measure.name not in INNER_COLUMNS
    ]
    return _section(
        "The numbers in full, and what they mean",
        table(("Number", "All customers", "Meaning"), rows, numbers=(1,)),
    )


def _section(title: str, *parts: Child) -> Markup:
    return tag("section", tag("h2", title), *parts)


def _nothing(text: str) -> Markup:
    return tag("p", text, class_="quiet")


def _badge() -> Markup:
    return join((" ", tag("span", "assumption", class_="badge")))


def _customer(row: Row) -> Markup:
    """Name and id; the id alone where it stands for the name."""
    if row["name"] == row["customer_id"]:
        return tag("strong", row["customer_id"])
    return join((tag("strong", row["name"]), tag("br"), tag("small", row["customer_id"])))


def _tier(name: str) -> Markup:
    tier = RiskTier(name)
    return tag("span", tier.label, class_=f"tier {_TIER_STYLES.get(tier, '')}")


def _with_ends(row: Row, currency: str) -> Markup:
    low = money(row["expected_net_value_low"], currency)
    high = money(row["expected_net_value_high"], currency)
    return join((money(row["expected_net_value"], currency), tag("br"),
                 tag("small", f"{low} to {high}")))  # fmt: skip


def _named(label: object) -> str:
    text = str(label or "").replace("_", " ")
    return text[:1].upper() + text[1:] if text else MISSING


def _as_date(value: object) -> date:
    return value if type(value) is date else date.fromisoformat(str(value)[:10])


def _measured(measure: Measure, value: float, currency: str) -> Markup:
    """Return a measure in full, with the exact number for machines."""
    text = by_unit(value, measure.unit, currency)
    return tag("data", text, value=repr(float(value)), id=f"total-{measure.name}")
