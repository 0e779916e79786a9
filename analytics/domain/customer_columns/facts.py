"""Who the customer is and what they did."""

from __future__ import annotations

from datetime import datetime

from analytics.domain.tables.column import Unit, Wording
from analytics.domain.tables.run_row import RunRow, column


class CustomerFacts(RunRow):
    """Who the customer is and what they did."""

    customer_id: str = column(
        Unit.TEXT,
        "Customer",
        "Identifies the customer in every table.",
        source="your customer table",
        lookup=True,
        wording=Wording.CUSTOMER,
    )
    name: str = column(
        Unit.TEXT,
        "Name",
        "Name from the customer table; the id where there is none.",
        source="your customer table",
        filled="customer_id",
    )
    segment: str = column(
        Unit.TEXT,
        "Segment",
        "Segment from your own customer table.",
        source="your customer table",
        lookup=True,
        filled="''",
    )
    plan: str = column(
        Unit.TEXT,
        "Plan",
        "Plan or product from your own customer table.",
        source="your customer table",
        lookup=True,
        filled="''",
    )
    region: str = column(
        Unit.TEXT,
        "Region",
        "Region or country from your own customer table.",
        source="your customer table",
        lookup=True,
        filled="''",
    )
    channel: str = column(
        Unit.TEXT,
        "Channel",
        "How the customer came, from your own customer table.",
        source="your customer table",
        lookup=True,
        filled="''",
    )
    signed_up_at: datetime | None = column(
        Unit.TIME,
        "Customer since",
        "Sign-up, or the first event where none is known.",
        source="your customer table",
    )
    ended_at: datetime | None = column(
        Unit.TIME,
        "Ended",
        "When the customer left, where that was recorded.",
        source="your customer table",
    )
    end_reason: str = column(
        Unit.TEXT,
        "End reason",
        "Why the customer left, where that was recorded.",
        source="your customer table",
        filled="''",
    )
    tenure_days: float | None = column(
        Unit.DAYS,
        "Tenure",
        "Days from sign-up to the data-as-of date.",
        formula="data-as-of date - day of sign-up + 1",
        window="since sign-up",
        source="your customer table",
    )
    last_activity_at: datetime | None = column(
        Unit.TIME,
        "Last activity",
        "Last meaningful activity known by then.",
        formula="latest time of a meaningful event",
        window="all history",
        source="your events",
    )
    days_since_last_activity: float | None = column(
        Unit.DAYS,
        "Days silent",
        "Days from the last meaningful activity to the data-as-of date.",
        formula="data-as-of date - day of the last activity",
        window="all history",
        source="your events",
        higher_is="bad",
    )
    usual_gap_days: float | None = column(
        Unit.DAYS,
        "Usual gap",
        "Mean days between active days so far, today's silence left out; unknown with one "
        "active day.",
        formula="sum of gaps / gaps",
        window="the whole history",
        source="your events",
    )
    horizon_days: float | None = column(
        Unit.DAYS,
        "Own horizon",
        "Length of silence that this customer's own rhythm would hardly ever produce by chance.",
        formula=(
            "shortest silence whose chance under the own rhythm is at most the profile's, within "
            "its bounds"
        ),
        window="180 days",
        source="your events",
    )
    active_days_28d: float | None = column(
        Unit.DAYS,
        "Active days, 28 d",
        "Days with activity in the last 28 days.",
        formula="number of days with a meaningful event",
        window="28 days",
        source="your events",
    )
    activity_ratio_28d: float | None = column(
        Unit.RATIO,
        "Activity against own usual",
        "Active days in the last 28 days divided by the own usual number; 1 is as usual.",
        formula="active days in 28 days / (28 * own daily chance of activity)",
        window="28 against 180 days",
        source="your events",
        higher_is="good",
    )
    recently_active: bool = column(
        Unit.FLAG,
        "Recently active",
        "Seen within the profile's early-warning days: a warning still comes early.",
        formula="days silent < the profile's early-warning days",
        window="now",
        source="your events",
        former="early_warning",
    )
