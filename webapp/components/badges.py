"""Small marks: risk tier, frustration band, age of the data, simulated data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dash import html
from dash.development.base_component import Component

from analytics.domain.customer.risk_tier import TIER_MEANINGS, FrustrationBand, RiskTier
from analytics.domain.customer.state import STATE_MEANINGS, CustomerState
from analytics.domain.event_log.local_days import UTC_ZONE
from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import CUSTOMER_COLUMN
from analytics.services.results import RunStamp
from webapp.components.attributes import data

FRESHNESS_WORDS: Mapping[str, str] = MappingProxyType(
    {"fresh": "Fresh", "stale": "Stale", "very_stale": "Very stale"}
)


def tier_badge(tier: str, meaning: str = "") -> Component:
    """Return a risk tier as word and colour; without the run's meaning, in general words."""
    known = tier in set(RiskTier)
    meaning = meaning or (TIER_MEANINGS[RiskTier(tier)] if known else "")
    return html.Span(tier_word(tier), className=f"tier tier-{tier}", title=meaning)


def held_mark(held: bool | None) -> Component | None:
    """Return the mark of a tier that is held by earlier scores; nothing where it is not."""
    if not held:
        return None
    meaning = CUSTOMER_COLUMN["tier_held"].meaning
    return html.Span("Tier held", className="pill", tabIndex="0", **data(tip=meaning))


def tier_word(tier: str) -> str:
    """Return the word of a tier; an unknown one as it came."""
    return RiskTier(tier).label if tier in set(RiskTier) else tier


def band_badge(band: str) -> Component:
    """Return a frustration band as word and colour."""
    word = FrustrationBand(band).label if band in set(FrustrationBand) else band
    return html.Span(word, className=f"tier band-{band}")


def sentence_case(word: str) -> str:
    """Return a word of ours as a screen shows it."""
    return word.replace("_", " ").capitalize()


def state_badge(state: str, reason: str = "") -> Component:
    """Return a customer's state as word and colour, with the numbers behind it on hover."""
    known = state in set(CustomerState)
    word = CustomerState(state).label if known else state
    meaning = reason or (STATE_MEANINGS[CustomerState(state)] if known else "")
    return html.Span(word, className=f"tier state-{state}", tabIndex="0", **data(tip=meaning))


def run_stamp(stamp: RunStamp) -> Component:
    """Return which run the page shows, how old its data are, and whether they are simulated."""
    return html.Div(
        [
            html.Span("Simulated data", className="pill pill-simulated")
            if stamp.simulated
            else None,
            html.Span(_freshness(stamp), className=f"pill pill-{stamp.freshness}"),
            html.Span(
                ["Data as of ", html.Time(formatting.moment(stamp.as_of))], className="stamp-date"
            ),
            html.Span(f"Times in {stamp.zone}", className="stamp-run")
            if stamp.zone != UTC_ZONE
            else None,
            html.Span(f"Run {stamp.run_id}", className="stamp-run"),
            html.Span(stamp.alert_words, className="stamp-worth") if stamp.alert_words else None,
        ],
        className="stamp",
    )


def _freshness(stamp: RunStamp) -> str:
    """Word and age; simulated data do not grow old."""
    word = FRESHNESS_WORDS.get(stamp.freshness, stamp.freshness)
    return word if stamp.simulated else f"{word} · {formatting.age(stamp.age_hours)} old"


def notices(stamp: RunStamp) -> Component:
    """Return the banners above a page: old data, and what the run warns of."""
    told = [_unsupported(stamp), _stale(stamp), _warnings(stamp.warnings)]
    return html.Div(told, className="notices")


def _unsupported(stamp: RunStamp) -> Component | None:
    """Say that nobody's own risk is known, and which plain rules remain."""
    if not stamp.no_prediction_reason:
        return None
    return html.Div(
        [
            html.P(stamp.no_prediction_reason),
            html.P("What plain rules were worth instead:"),
            html.Ul([html.Li(line) for line in stamp.rules]),
        ],
        className="notice notice-bad",
        role="status",
    )


def _stale(stamp: RunStamp) -> Component | None:
    if stamp.freshness == "fresh":
        return None
    kind = "bad" if stamp.freshness == "very_stale" else "warn"
    return html.P(
        f"These data are {formatting.age(stamp.age_hours)} old. Ingest newer data and run "
        "`silent-churn run` to bring them up to date.",
        className=f"notice notice-{kind}",
        role="status",
    )


def _warnings(lines: tuple[str, ...]) -> Component | None:
    if not lines:
        return None
    many = f"{len(lines)} warnings" if len(lines) > 1 else "1 warning"
    return html.Details(
        [
            html.Summary(f"{many} of the run that made these numbers"),
            html.Ul([html.Li(line) for line in lines]),
        ],
        className="notice notice-quiet",
    )
