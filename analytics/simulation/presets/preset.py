"""The businesses that can be simulated."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from analytics.errors import UsageError
from analytics.simulation.hidden import Driver
from analytics.simulation.presets.business import (
    ActivityRates,
    Billing,
    Hazards,
    Preset,
    Trouble,
    Words,
)
from analytics.simulation.presets.campaign_settings import Campaigns, TriedAction
from analytics.simulation.presets.purchase_preset import CDNOW, PurchasePreset

_OFFICE_WEEK = (0.19, 0.2, 0.19, 0.18, 0.15, 0.045, 0.045)
_ANY_DAY = (0.14, 0.14, 0.14, 0.14, 0.15, 0.15, 0.14)

SAAS = Preset(
    name="saas",
    title="Software subscription for businesses",
    rhythm=ActivityRates(
        active_days_per_week=2.4,
        rate_shape=1.8,
        weekday_shares=_OFFICE_WEEK,
        at_risk_factor=0.7,
        mood_sd=0.4,
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
        angry="rage_click",
    ),
    trouble=Trouble(felt_per_week=2.3, friction_in_trouble=1.4),
    billing=Billing(
        plans=("Starter", "Team", "Business"),
        prices=(29.0, 99.0, 349.0),
        plan_shares=(0.5, 0.35, 0.15),
    ),
    campaigns=Campaigns(
        actions=(
            TriedAction(
                "fix_and_follow_up", ((Driver.TROUBLE, 1.0),), cost=18.0, intrusive=0.4, relief=0.6
            ),
            TriedAction(
                "success_call", ((Driver.FIT, 0.8), (Driver.ONBOARDING, 0.7)), cost=30.0
            ),
            TriedAction(
                "guided_tour", ((Driver.ONBOARDING, 1.0), (Driver.FIT, 0.3)), cost=8.0,
                intrusive=0.5,
            ),
            TriedAction("loyalty_discount", ((Driver.PRICE, 1.0), (Driver.FIT, 0.2)), cost=55.0),
        )
    ),
)  # fmt: skip

TELECOM = Preset(
    name="telecom",
    title="Mobile subscription",
    rhythm=ActivityRates(
        active_days_per_week=2.2,
        rate_shape=2.0,
        weekday_shares=_ANY_DAY,
        at_risk_factor=0.7,
        fade_half_life_weeks=(4.0, 9.0),
        season_amplitude=0.05,
        vacation_rate=0.04,
    ),
    words=Words(
        visit="service_used",
        features=("calls", "data", "messages", "roaming"),
        friction=("outage_hit", "slow_page"),
        friction_shares=(0.6, 0.4),
        purchase="topped_up",
        segments=("Private", "Family", "Self-employed"),
        segment_shares=(0.6, 0.28, 0.12),
    ),
    billing=Billing(
        plans=("Small", "Medium", "Large"),
        prices=(9.0, 19.0, 39.0),
        plan_shares=(0.4, 0.4, 0.2),
        annual_share=0.2,
        prepaid_share=0.35,
    ),
    # Whoever finds a better offer takes the number along from one day to the next.
    hazards=Hazards(engaged_to_at_risk=-6.1, engaged_to_gone=-7.0, engaged_to_gone_new=3.7),
    trouble=Trouble(felt_per_week=2.0, friction_in_trouble=1.3),
    campaigns=Campaigns(
        actions=(
            TriedAction(
                "fix_and_follow_up", ((Driver.TROUBLE, 1.0),), cost=9.0, intrusive=0.4, relief=0.6
            ),
            TriedAction(
                "service_call", ((Driver.FIT, 0.7), (Driver.ONBOARDING, 0.8)), cost=6.0
            ),
            TriedAction(
                "plan_check", ((Driver.PRICE, 1.0), (Driver.FIT, 0.2)), cost=6.0, intrusive=0.8
            ),
        )
    ),
    detail_rate=0.0,
    purchase_rate=0.1,
    purchase_amount=15.0,
)  # fmt: skip

RETAIL = Preset(
    name="retail",
    title="Online shop without contracts",
    rhythm=ActivityRates(
        active_days_per_week=3.5,
        rate_shape=1.8,
        weekday_shares=_ANY_DAY,
        at_risk_factor=0.3,
        fade_half_life_weeks=(3.0, 8.0),
        mood_sd=0.15,
        season_amplitude=0.15,
        vacation_rate=0.004,
    ),
    words=Words(
        visit="session_started",
        features=("clothing", "home", "toys", "garden", "gifts"),
        friction=("failed_search", "slow_page"),
        friction_shares=(0.6, 0.4),
        purchase="order_placed",
        late="delivery_late",
        returned="returned",
        segments=("Household", "Gift buyer", "Trade"),
        segment_shares=(0.6, 0.28, 0.12),
    ),
    # A shop's customers forget slowly and drift away slowly; only few bother to say goodbye.
    hazards=Hazards(
        engaged_to_at_risk=-6.0, frailty=1.1, frustration=1.25, settling=-1.5, engaged_to_gone=-8.2,
        engaged_to_gone_new=6.0, newcomers_at_risk=0.22,
        engaged_to_left=-7.3, engaged_to_left_frustration=0.4, at_risk_to_engaged=-3.1,
        at_risk_to_dormant=-2.9, at_risk_to_left=-5.3,
    ),
    trouble=Trouble(
        delivery_failures_per_year=10.0, payment_failures_per_year=0.0, personal_rate=0.012,
        half_life_weeks=6.0, felt_per_week=1.2, sensitivity_sd=0.35, friction_per_visit=0.03,
        friction_in_trouble=2.0, late_share=0.03, tickets_per_frustration=0.11,
    ),
    campaigns=Campaigns(
        actions=(
            TriedAction(
                "service_recovery", ((Driver.TROUBLE, 1.0),), cost=7.0, intrusive=0.3, relief=0.6
            ),
            TriedAction(
                "reminder", ((Driver.FIT, 0.4), (Driver.ONBOARDING, 0.6)), cost=0.5, intrusive=0.6
            ),
            TriedAction("voucher", ((Driver.FIT, 0.7), (Driver.PRICE, 1.0)), cost=3.0),
        )
    ),
    detail_rate=0.0,
    purchase_rate=0.36,
    purchase_amount=42.0,
    purchase_sd=0.85,
)  # fmt: skip

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {shipped.name: shipped for shipped in (SAAS, RETAIL, TELECOM)}
)
PRESET_NAMES = (*PRESETS, CDNOW.name)


def preset(name: str) -> Preset | PurchasePreset:
    """Return a preset by name.

    Raises
    ------
    UsageError
        There is no such preset.
    """
    if name == CDNOW.name:
        return CDNOW
    if name not in PRESETS:
        raise UsageError(
            f"A preset must be one of {', '.join(PRESET_NAMES)}. Got {name!r}.",
            rule="preset_known",
            got=name,
        )
    return PRESETS[name]
