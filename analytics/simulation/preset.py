"""The businesses that can be simulated."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.errors import UsageError
from analytics.simulation.business import Billing, Preset, Rhythm, Trouble, Words

_OFFICE_WEEK = (0.19, 0.2, 0.19, 0.18, 0.15, 0.045, 0.045)
_ANY_DAY = (0.14, 0.14, 0.14, 0.14, 0.15, 0.15, 0.14)

SAAS = Preset(
    name="saas",
    title="Software subscription for businesses",
    rhythm=Rhythm(
        active_days_per_week=2.4,
        rate_shape=1.8,
        weekday_shares=_OFFICE_WEEK,
        pause_rate=0.0008,
        christmas_level=0.35,
    ),
    words=Words(
        visit="session_started",
        detail="feature_used",
        features=(
            "dashboards", "reports", "search", "automation", "import",
            "sharing", "comments", "calendar", "api", "mobile",
        ),
        friction=("error_shown", "slow_page", "rage_click"),
        friction_shares=(0.62, 0.26, 0.12),
    ),
    billing=Billing(
        plans=("Starter", "Team", "Business"),
        prices=(29.0, 99.0, 349.0),
        plan_shares=(0.5, 0.35, 0.15),
    ),
    left_out=("campaigns", "plan changes other than pauses and price rises"),
)  # fmt: skip

TELECOM = Preset(
    name="telecom",
    title="Mobile subscription",
    rhythm=Rhythm(
        active_days_per_week=3.2,
        rate_shape=2.0,
        weekday_shares=_ANY_DAY,
        season_amplitude=0.05,
    ),
    words=Words(
        visit="service_used",
        features=("calls", "data", "messages", "roaming"),
        friction=("outage_hit", "slow_page"),
        friction_shares=(0.6, 0.4),
        segments=("Private", "Family", "Self-employed"),
        segment_shares=(0.6, 0.28, 0.12),
    ),
    billing=Billing(
        plans=("Small", "Medium", "Large"),
        prices=(9.0, 19.0, 39.0),
        plan_shares=(0.4, 0.4, 0.2),
        annual_share=0.0,
    ),
    trouble=Trouble(felt_per_week=1.0, friction_in_trouble=0.5),
    detail_rate=0.0,
    left_out=("campaigns", "prepaid credit and top-ups", "contract terms", "plan changes"),
)

RETAIL = Preset(
    name="retail",
    title="Online shop without contracts",
    rhythm=Rhythm(
        active_days_per_week=0.9,
        rate_shape=1.2,
        weekday_shares=_ANY_DAY,
        season_amplitude=0.15,
        vacation_rate=0.02,
    ),
    words=Words(
        visit="session_started",
        features=("clothing", "home", "toys", "garden", "gifts"),
        friction=("delivery_late", "returned", "failed_search"),
        friction_shares=(0.4, 0.3, 0.3),
        purchase="order_placed",
        segments=("Household", "Gift buyer", "Trade"),
        segment_shares=(0.6, 0.28, 0.12),
    ),
    trouble=Trouble(felt_per_week=2.4),
    detail_rate=0.0,
    purchase_rate=0.3,
    purchase_amount=42.0,
    left_out=(
        "campaigns and promotions",
        "returns and late deliveries tied to one order",
        "a fit to a real shop",
    ),
)

PRESETS: Mapping[str, Preset] = MappingProxyType({one.name: one for one in (SAAS, RETAIL, TELECOM)})


def preset(name: str) -> Preset:
    """Return a preset by name.

    Raises
    ------
    UsageError
        There is no such preset.
    """
    if name not in PRESETS:
        raise UsageError(
            f"A preset must be one of {', '.join(PRESETS)}. Got {name!r}.",
            rule="preset_known",
            got=name,
        )
    return PRESETS[name]
