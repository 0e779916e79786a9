"""What a run must say of itself: its warnings, and everything it assumes."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from analytics.domain.customer.value_form import ValueForm
from analytics.domain.event_log.event_words import unknown_events, unknown_in_words
from analytics.domain.profiles.profile import Profile
from analytics.domain.words.counting import counted, verb_of
from analytics.domain.words.prose import within_sentence
from analytics.etl.landing.landed import LandingReport
from analytics.modelling.models.estimators import LADDER, RECENCY
from analytics.modelling.training import SMALLEST_SHOCK_SD, Trained
from analytics.scoring.customer_value.value_on_date import ValuesOnDate

FEW_TEST_DATES = 2


def warnings_of(
    trained: Trained,
    values: ValuesOnDate,
    report: LandingReport,
    *,
    customers: int,
    absent: Collection[str] = (),
    counting: Collection[str] = (),
    doubt: str = "",
) -> tuple[str, ...]:
    """Return what a reader should know before believing the numbers.

    Parameters
    ----------
    customers
        How many customers are in the run.
    absent
        Names of features that the source cannot support.
    counting
        Event types that count in this run although the catalogue may lack them.
    doubt
        Why the tiers may mean no more than the average; empty where they do.
    """
    found = [*_unknown_types(report, counting), *_of_landing(report)]
    if (missing := report.customers - customers) > 0:
        found.append(
            f"{counted(missing, 'landed customer')} {verb_of(missing)} not in the run: by its date "
            f"{verb_of(missing, 'it', 'they')} had not signed up, or nothing was known of "
            f"{verb_of(missing, 'it', 'them')}."
        )
    if trained.backtest.partial:
        found.append(
            "No past date is old enough for all horizons to have passed, so the test leaves out "
            "customers with long horizons, who go silent more often."
        )
    if trained.same_dates:
        found.append(
            "The history is so short that training and calibration share their dates: calibration "
            "used other customers, and the test a later date."
        )
    elif trained.overlapping:
        found.append(
            "The history is short: calibration used a later date and other customers than "
            "training, but their outcome windows overlap."
        )
    dates = len(trained.backtest.test_days)
    if dates < FEW_TEST_DATES:
        found.append("Only one past date could be tested, so the accuracy may be luck.")
    found += _drift_in_words(trained)
    if trained.champion.name == RECENCY:
        found.append("No model beat counting the days of silence, so the risk is made from that.")
    elif trained.champion.name == LADDER[0].name and not trained.unsupported:
        found.append("No model beat saying the same risk of everyone, so nobody stands out.")
    if "contacts_90d" in absent:
        found.append(
            "The data hold no contact of any customer with you, so nobody can be found who is "
            "frustrated and says nothing."
        )
    if doubt:
        found.append(doubt)
    if (share := float(np.mean(values.value.assumed))) > 0:
        found.append(
            f"{share:.0%} of the customers have no amount in the data; the profile's default "
            "monthly value stands in for it, and intervals of money take it to be right."
        )
    if values.spend is not None and values.spend.spend.refused:
        found.append(
            "Spend a purchase is the customer's own mean drawn towards everyone's, not "
            f"gamma-gamma: {values.spend.spend.refused}."
        )
    return tuple(dict.fromkeys(found))


def _unknown_types(report: LandingReport, counting: Collection[str]) -> list[str]:
    said = unknown_in_words(unknown_events(report.event_types, counting))
    return [said] if said else []


def _of_landing(report: LandingReport) -> list[str]:
    """Return what was said of the landing, but for the types: a profile may know some of them."""
    of_types = unknown_in_words(unknown_events(report.event_types))
    return [warning for warning in report.warnings if warning != of_types]


def _drift_in_words(trained: Trained) -> list[str]:
    """Say that more, or fewer, went silent than predicted on every test date, where it was so."""
    if not trained.drift.steady:
        return []
    way = "fewer" if trained.drift.shift < 0 else "more"
    return [
        f"On every past test date {way} customers went silent than predicted (by "
        f"{abs(trained.drift.shift):.2f} in log-odds: a risk of 20% was one of "
        f"{1 / (1 + 4 * np.exp(-trained.drift.shift)):.0%}). Today's risks are calibrated on later "
        "outcomes, which may hold the rest of it; nothing is added to them, and the interval of "
        "revenue at risk is wider by it."
    ]


def assumptions_of(profile: Profile, trained: Trained, values: ValuesOnDate) -> tuple[str, ...]:
    """Return a sentence for everything assumed and not measured."""
    rates = ", ".join(
        f"{within_sentence(action.label)} {action.assumed_save_rate:.0%}"
        for action in profile.actions
    )
    return (
        f"Margin is {profile.margin:.0%} of revenue and money is discounted by "
        f"{profile.discount_rate_annual:.0%} a year.",
        f"Of would-be leavers, an action keeps: {rates}. Nothing of this has been measured here; "
        "a holdout is kept so that it can be.",
        *_of_value(values),
        "The weights of the frustration index are set by judgement, unless Evidence says that "
        "fitted ones are in use.",
        "Customers in the low tier are not contacted: contact can wake a sleeper.",
        _shock_in_words(trained),
        "The model was chosen on the same test dates that its accuracy is told for, among "
        f"{len(trained.backtest.steps)}.",
        "Plan and segment are today's, on past dates too." + _of_subscriptions(values),
    )


def _of_value(values: ValuesOnDate) -> list[str]:
    """Say what the values of each form that occurs rest on."""
    forms = set(values.value.form.tolist())
    said = []
    if forms - {ValueForm.PURCHASES.value}:
        said.append(
            (
                "A subscriber who goes silent brings nothing more in twelve months beyond a "
                "committed term. "
                if ValueForm.SUBSCRIPTION.value in forms
                else "A customer who goes silent brings nothing more in twelve months. "
            )
            + _survival_in_words(values)
        )
    if ValueForm.PURCHASES.value in forms:
        said.append(
            "Without a monthly revenue, value is expected purchases of twelve months (BG/NBD) "
            "times expected spend (gamma-gamma, where how often and how much are unrelated); who "
            "goes silent still brings what those bring who come back later."
        )
    return said


def _of_subscriptions(values: ValuesOnDate) -> str:
    """Say what is taken of prices and terms on past dates, where anybody subscribes."""
    if ValueForm.SUBSCRIPTION.value not in set(values.value.form.tolist()):
        return ""
    return (
        " So is the price of a subscription that is not billed monthly; for the others the "
        "invoices known by the date tell it. A committed term is taken to be of one year on past "
        "dates."
    )


def _survival_in_words(values: ValuesOnDate) -> str:
    left = values.survival.share[-1]
    if not values.survival.measured_on:
        return (
            f"Of those who stay, {left:.0%} are taken to be there after twelve months, from the "
            "share who go silent: the history is too short to measure it."
        )
    return (
        f"Of those who stay, {left:.0%} are expected to be there after twelve months, by a curve "
        f"fitted to the {counted(values.survival.measured_on, 'customer')} scored on the oldest "
        "date."
    )


def _shock_in_words(trained: Trained) -> str:
    size = f"Good and bad periods move everyone together by {trained.shock_sd:.2f} in log-odds"
    if trained.average_interval is not None:
        return f"{size}: an assumption, since too few outcomes are known to show any."
    if len(trained.backtest.test_days) < FEW_TEST_DATES:
        return f"{size}: an assumption, since one test date cannot show any."
    if trained.shock_sd <= SMALLEST_SHOCK_SD:
        return f"{size}: the least that we allow ourselves; the test dates differed by less."
    return f"{size}, the spread between test dates, made wider for being told by few of them."
