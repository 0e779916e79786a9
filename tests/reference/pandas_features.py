"""The features in idiomatic pandas, from the landed tables, knowing nothing of the engine.

What an analyst would write in a notebook: filters, merges, group-bys. It is the other side of a
benchmark, and an independent witness of every number.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.domain.event_log.events import EVENT_CATALOGUE, VOCAL_EVENTS, EventKind
from analytics.domain.frustration import FRICTION_CHANNELS, FrictionChannel
from analytics.domain.profiles.profile import Profile
from analytics.features.registry import FEATURES
from tests.reference.pandas_rhythm import Rhythm, rhythm_features

FRICTION = [one.name for one in EVENT_CATALOGUE.values() if one.kind is EventKind.FRICTION]
CONTACT = ["ticket_opened", "ticket_reopened", "complaint", "refund_request", "cancel_request"]
OPENED, RESOLVED = ["ticket_opened", "ticket_reopened"], ["ticket_resolved"]
LARGEST = 1e12


def pandas_features(
    events: pd.DataFrame, customers: pd.DataFrame, *, profile: Profile, observed_on: date
) -> pd.DataFrame:
    """Return one row a customer present by the end of the date, one column a feature."""
    end = pd.Timestamp(observed_on, tz="UTC") + pd.Timedelta(days=1)
    known = events[(events["occurred_at"] < end) & (events["received_at"] < end)]
    known = known[["customer_id", "occurred_at", "event_type", "value", "feature"]].copy()
    known["age"] = (end.normalize() - known["occurred_at"].dt.normalize()).dt.days - 1
    cents = (known["value"].fillna(0).clip(-LARGEST, LARGEST) * 100).to_numpy()
    # Halves go away from zero, as in SQL.
    known["cents"] = np.sign(cents) * np.floor(np.abs(cents) + 0.5)
    active = known[known["event_type"].isin(profile.meaningful_events)]

    people = _people(customers, known, observed_on)
    rhythm = rhythm_features(active, people)
    found = pd.concat(
        [
            rhythm.features,
            _activity(active, rhythm),
            _value(active, known, people.index),
            _breadth(active, people.index),
            _friction(known, rhythm),
            _voice(known, people.index),
            _commercial(known, people.index),
        ],
        axis=1,
    )
    found = _cohort(found, rhythm)
    return _without_absent(found, known, active)


def _people(customers: pd.DataFrame, known: pd.DataFrame, observed_on: date) -> pd.DataFrame:
    """Return who had signed up by the date: ages of the sign-up and of the first known event."""
    first = known.groupby("customer_id", observed=True)["age"].max()
    people = customers.set_index("customer_id").sort_index()
    today = pd.Timestamp(observed_on, tz="UTC")
    recorded = (today - people["signed_up_at"].dt.normalize()).dt.days
    age = recorded.where(people["signed_up_by"] == "recorded", first.reindex(people.index))
    people = pd.DataFrame({"signed_up_age": age})
    people = people[people["signed_up_age"] >= 0]
    began = pd.concat([people["signed_up_age"], first.reindex(people.index)], axis=1).max(axis=1)
    people["tenure"] = began + 1
    people["observed"] = people["tenure"].clip(upper=first.max() + 1)
    return people


def _count(events: pd.DataFrame, index: pd.Index, first: int = 0, past: int = 10**6) -> pd.Series:
    chosen = events[(events["age"] >= first) & (events["age"] < past)]
    return chosen.groupby("customer_id", observed=True).size().reindex(index, fill_value=0)


def _sum(events: pd.DataFrame, column: str, index: pd.Index, first: int, past: int) -> pd.Series:
    chosen = events[(events["age"] >= first) & (events["age"] < past)]
    return chosen.groupby("customer_id", observed=True)[column].sum().reindex(index, fill_value=0)


def _last(events: pd.DataFrame, index: pd.Index) -> pd.Series:
    return events.groupby("customer_id", observed=True)["age"].min().reindex(index)


def _decayed(events: pd.DataFrame, half_life: int, index: pd.Index) -> pd.Series:
    weight = 2.0 ** (-events["age"] / half_life)
    return weight.groupby(events["customer_id"], observed=True).sum().reindex(index, fill_value=0.0)


def _log_ratio(recent: pd.Series, before: pd.Series, times: float) -> pd.Series:
    return np.log((recent + 1) / (before / times + 1))


def _activity(active: pd.DataFrame, rhythm: Rhythm) -> pd.DataFrame:
    index = rhythm.features.index
    recent = active[active["age"] < 84]
    weeks = pd.crosstab(recent["customer_id"], recent["age"] // 7).reindex(
        index=index, columns=range(12), fill_value=0
    )
    centred = 5.5 - np.arange(12)
    slope = (weeks * centred).sum(axis=1) / (centred**2).sum()
    half = active[active["age"] < 180]
    weekend = half[half["occurred_at"].dt.day_of_week >= 5]
    events = _count(active, index, 0, 28)
    return pd.DataFrame(
        {
            "activity_events_28d": events,
            "events_per_active_day_28d": events / rhythm.days(0, 28).replace(0, np.nan),
            "exposure_21": _decayed(active, 21, index),
            "exposure_45": _decayed(active, 45, index),
            "activity_slope_12w": slope / (weeks.sum(axis=1) / 12 + 1 / 12),
            "weekend_share_180d": _count(weekend, index) / _count(half, index).replace(0, np.nan),
        }
    )


def _value(active: pd.DataFrame, known: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    paid = active[active["cents"] > 0]
    invoices = known[known["event_type"] == "invoice_paid"]
    spent = {past: _sum(paid, "cents", index, past - 90, past) / 100 for past in (90, 180)}
    billed = {past: _sum(invoices, "cents", index, past - 90, past) / 100 for past in (90, 180)}
    mean = paid.groupby("customer_id", observed=True)["cents"].mean() / 100
    return pd.DataFrame(
        {
            "value_180d": spent[90] + spent[180],
            "value_per_purchase": mean.reindex(index),
            "value_log_ratio_90d": _log_ratio(spent[90], spent[180], 1),
            "invoiced_90d": billed[90],
            "invoiced_log_ratio_90d": _log_ratio(
                billed[90].clip(lower=0), billed[180].clip(lower=0), 1
            ),
        }
    )


def _breadth(active: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    named = active[active["feature"].notna() & (active["age"] < 84)]
    period = np.where(named["age"] < 28, "now", "before")
    counts = (
        named.groupby(["customer_id", "feature", period], observed=True)
        .size()
        .unstack(fill_value=0)
        .reindex(columns=["now", "before"], fill_value=0)
    )
    totals = counts.groupby(level=0, observed=True).sum()
    shares = counts / totals.reindex(counts.index.get_level_values(0)).to_numpy()
    parts = -(shares * np.log(shares.where(shares > 0, 1.0)))
    entropy = parts.groupby(level=0, observed=True).sum().where(totals > 0)
    most = counts["now"].groupby(level=0, observed=True).max()
    return (
        pd.DataFrame(
            {
                "features_used_28d": (counts["now"] > 0).groupby(level=0, observed=True).sum(),
                "feature_entropy_28d": entropy["now"],
                "top_feature_share_28d": (most / totals["now"]).where(totals["now"] > 0),
                "feature_entropy_change_28d": entropy["now"] - entropy["before"],
                "features_dropped_28d": ((counts["now"] == 0) & (counts["before"] > 0))
                .groupby(level=0, observed=True)
                .sum(),
            }
        )
        .reindex(index)
        .fillna({"features_used_28d": 0, "features_dropped_28d": 0})
    )


def _friction(known: pd.DataFrame, rhythm: Rhythm) -> pd.DataFrame:
    index = rhythm.features.index
    friction = known[known["event_type"].isin(FRICTION)]
    contacts = known[known["event_type"].isin(CONTACT)]
    recent, before = _count(friction, index, 0, 28), _count(friction, index, 28, 84)
    quarter, days = _count(friction, index, 0, 90), rhythm.days(0, 28)
    own = _log_ratio(recent, before, 2)
    old = rhythm.people["tenure"] >= 84
    fleet = np.log((recent[old].sum() + 1) / (before[old].sum() / 2 + 1))
    rate = recent.sum() / days.sum() if days.sum() else 0.0
    last, silent = _last(friction, index), rhythm.silent
    loads = {
        f"load_{one.name}": _decayed(_of_channel(known, one), one.half_life_days, index)
        for one in FRICTION_CHANNELS
    }
    return pd.DataFrame(
        {
            "friction_events_28d": recent,
            "friction_rate_per_active_day_28d": (recent + 5 * rate) / (days + 5),
            "friction_per_active_day_90d": quarter / (rhythm.days(0, 90) + 5),
            "friction_log_ratio_28d_56d": own,
            "friction_log_ratio_vs_fleet_28d_56d": own - fleet,
            "friction_without_contact_90d": quarter.where(_count(contacts, index, 0, 90) == 0, 0),
            "days_since_last_friction": last,
            "silence_after_friction_days": silent.where(last <= silent + 1, 0),
            **loads,
        }
    )


def _of_channel(known: pd.DataFrame, channel: FrictionChannel) -> pd.DataFrame:
    found = known[known["event_type"].isin(channel.events)]
    if channel.value_at_most is None:
        return found
    return found[found["value"].notna() & (found["cents"] <= 100 * channel.value_at_most)]


def _voice(known: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    contacts = known[known["event_type"].isin(CONTACT)]
    surveys = known[(known["event_type"] == "survey_response") & known["value"].notna()]
    waiting = _left_open(known)
    latest = surveys[
        surveys["age"] == surveys.groupby("customer_id", observed=True)["age"].transform("min")
    ]
    score = latest.groupby("customer_id", observed=True)["cents"].max().clip(0, 99_999) / 100
    low = surveys[surveys["cents"] <= 200]
    oldest = waiting.groupby("customer_id", observed=True)["age"].max()
    return pd.DataFrame(
        {
            "contacts_28d": _count(contacts, index, 0, 28),
            "contacts_90d": _count(contacts, index, 0, 90),
            "days_since_last_contact": _last(contacts, index),
            "tickets_unresolved_180d": _count(waiting, index),
            "oldest_unresolved_ticket_180d": oldest.reindex(index, fill_value=0),
            "load_tickets_held_180d": _decayed(
                waiting.assign(age=(waiting["age"] - 60).clip(lower=0)), 45, index
            )
            - _decayed(waiting, 45, index),
            "low_surveys_90d": _count(low, index, 0, 90),
            "last_survey_score": score.reindex(index),
            "days_since_last_survey": _last(surveys, index),
        }
    )


def _left_open(known: pd.DataFrame) -> pd.DataFrame:
    """Return the tickets of 180 days still open, solved in the order of opening."""
    tickets = known[known["event_type"].isin(OPENED + RESOLVED)].copy()
    tickets["solved"] = tickets["event_type"].isin(RESOLVED)
    tickets = tickets.sort_values(["age", "solved"], ascending=[False, True])
    who = tickets["customer_id"]
    balance = (1 - 2 * tickets["solved"]).groupby(who, observed=True).cumsum()
    by_customer = balance.groupby(who, observed=True)
    left = by_customer.transform("last") - by_customer.transform("min").clip(upper=0)
    opened = tickets[~tickets["solved"]]
    latest_first = opened[::-1].groupby("customer_id", observed=True).cumcount()[::-1]
    return opened[(latest_first < left[opened.index]) & (opened["age"] < 180)]


def _commercial(known: pd.DataFrame, index: pd.Index) -> pd.DataFrame:
    by_type = dict(list(known.groupby("event_type", observed=True)))
    nothing = known.iloc[:0]

    def count(name: str, window: int) -> pd.Series:
        return _count(by_type.get(name, nothing), index, 0, window)

    failed, paid = count("payment_failed", 180), count("invoice_paid", 180)
    return pd.DataFrame(
        {
            "plan_downgrades_90d": count("plan_downgraded", 90),
            "plan_upgrades_90d": count("plan_upgraded", 90),
            "price_increases_56d": count("price_increased", 56),
            "payments_failed_56d": count("payment_failed", 56),
            "pauses_180d": count("paused", 180),
            "payments_failed_share_180d": (failed / (failed + paid)).fillna(0),
            "days_since_last_invoice": _last(by_type.get("invoice_paid", nothing), index),
        }
    )


def _cohort(found: pd.DataFrame, rhythm: Rhythm) -> pd.DataFrame:
    """Add the share of like customers with less: of like age and rhythm, not long gone."""
    observed, usual = rhythm.people["observed"], rhythm.rate
    peers = [
        pd.cut(observed, [-np.inf, 89, 364, np.inf], labels=False),
        pd.cut(-usual, [-np.inf, -1 / 3, -0.1, -1 / 30, np.inf], right=False, labels=False),
    ]
    here = rhythm.silent < 180
    for name, of in (
        ("active_days_percentile_28d", "active_days_28d"),
        ("activity_percentile_28d", "activity_events_28d"),
        ("friction_percentile_90d", "friction_per_active_day_90d"),
    ):
        groups = found.loc[here, of].groupby([one[here] for one in peers])
        others = groups.transform("size") - 1
        found[name] = ((groups.rank(method="min") - 1) / others.where(others > 0)).reindex(
            found.index
        )
    return found


def _without_absent(found: pd.DataFrame, known: pd.DataFrame, active: pd.DataFrame) -> pd.DataFrame:
    """Blank what the source has no evidence of."""
    types = set(known["event_type"].unique())
    surveyed = known["event_type"].eq("survey_response") & known["value"].notna()
    groups = {
        "is_friction": FRICTION,
        "is_contact": CONTACT,
        "is_opened": OPENED,
        "is_resolved": RESOLVED,
        "is_vocal": list(VOCAL_EVENTS),
        "is_upgrade": ["plan_upgraded"],
        "is_downgrade": ["plan_downgraded"],
        "is_price_increase": ["price_increased"],
        "is_payment_failed": ["payment_failed"],
        "is_invoice": ["invoice_paid"],
        "is_pause": ["paused"],
        **{
            f"is_{one.name}_channel": list(one.events)
            for one in FRICTION_CHANNELS
            if one.value_at_most is None
        },
    }
    seen = {name for name, members in groups.items() if types.intersection(members)}
    seen |= {"is_survey", "is_surveys_channel"} if surveyed.any() else set()
    seen |= {"paid_activity"} if (active["cents"] > 0).any() else set()
    seen |= {"feature_names"} if active["feature"].notna().any() else set()
    for one in FEATURES:
        if not seen.issuperset(one.evidence):
            found[one.name] = np.nan
    return found
