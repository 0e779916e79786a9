"""What the customer said to us, and what we left unanswered."""

from __future__ import annotations

from analytics.domain.frustration import OPEN_TICKET_HELD_DAYS
from analytics.features.event_groups import (
    CONTACT_GROUP,
    OPENED_GROUP,
    RESOLVED_GROUP,
    SURVEY_GROUP,
)
from analytics.features.families.accumulators import counted, days_since
from analytics.features.record import Accumulator, Feature, Grain, Kind, Theme

_C28, _C90 = counted(CONTACT_GROUP, 0, 28), counted(CONTACT_GROUP, 0, 90)
_LOW = Accumulator(
    "low_surveys_90d_sum",
    "SUM(CASE WHEN is_survey = 1 AND value_cents <= 200 AND age < 90 THEN 1 ELSE 0 END)",
    Grain.SIGNS,
    (SURVEY_GROUP,),
)
# Day and score in one integer: the largest is the latest, with no tie to break.
_LAST_SURVEY = Accumulator(
    "last_survey_packed",
    "MAX(CASE WHEN is_survey = 1"
    " THEN CAST(day AS BIGINT) * 100000 + LEAST(GREATEST(value_cents, 0), 99999) END)",
    Grain.SIGNS,
    (SURVEY_GROUP,),
    empty=None,
)
_SURVEY_AGE, _CONTACT_AGE = days_since(SURVEY_GROUP), days_since(CONTACT_GROUP)
# Tickets are taken as solved in the order in which they were opened.
_LEFT_OPEN = "is_opened = 1 AND place <= unsolved AND age < 180"
_UNSOLVED = Accumulator(
    "tickets_unresolved_180d_sum",
    f"SUM(CASE WHEN {_LEFT_OPEN} THEN 1 ELSE 0 END)",
    Grain.TICKETS,
    (OPENED_GROUP, RESOLVED_GROUP),
)
_OLDEST_OPEN = Accumulator(
    "oldest_unresolved_ticket_180d_age",
    f"MAX(CASE WHEN {_LEFT_OPEN} THEN age END)",
    Grain.TICKETS,
    (OPENED_GROUP, RESOLVED_GROUP),
    empty=None,
)
# What an open ticket has faded by and must not have: all of it for some days, then only those days.
_HELD_YOUNG, _HELD_OLD = (
    Accumulator(
        f"tickets_held_{name}_sum",
        f"SUM(CASE WHEN {_LEFT_OPEN} AND {condition} THEN {amount} ELSE 0 END)",
        Grain.TICKETS,
        (OPENED_GROUP, RESOLVED_GROUP),
    )
    for name, condition, amount in (
        ("young", f"age < {OPEN_TICKET_HELD_DAYS}", "1000000 - decay_45"),
        ("old", f"age >= {OPEN_TICKET_HELD_DAYS}", "decay_45"),
    )
)
_HELD_FACTOR = 2 ** (OPEN_TICKET_HELD_DAYS / 45) - 1

VOICE = (
    Feature(
        "contacts_28d",
        "events",
        28,
        Theme.VOICE,
        Kind.COUNT,
        "Tickets, complaints and requests in the last 28 days.",
        "contacts in 28 days",
        f"CAST({_C28.name} AS DOUBLE)",
        (_C28,),
        shown_as="Contacts in 28 days: {value:.0f}.",
    ),
    Feature(
        "contacts_90d",
        "events",
        90,
        Theme.VOICE,
        Kind.COUNT,
        "Tickets, complaints and requests in the last 90 days.",
        "contacts in 90 days",
        f"CAST({_C90.name} AS DOUBLE)",
        (_C90,),
        shown_as="Contacts in 90 days: {value:.0f}.",
    ),
    Feature(
        "days_since_last_contact",
        "days",
        None,
        Theme.VOICE,
        Kind.TIME_SINCE,
        "Days from the last ticket, complaint or request to the observation date.",
        "observation date - day of the last contact",
        f"CAST({_CONTACT_AGE.name} AS DOUBLE)",
        (_CONTACT_AGE,),
        default=None,
        missing_when="the customer never contacted us",
        shown_as="Last heard of {value:.0f} days ago.",
        speaks=False,
    ),
    Feature(
        "tickets_unresolved_180d",
        "events",
        180,
        Theme.VOICE,
        Kind.COUNT,
        "Tickets of the last 180 days that are not solved.",
        "tickets opened in 180 days and not solved, in the order of opening",
        f"CAST({_UNSOLVED.name} AS DOUBLE)",
        (_UNSOLVED,),
        shown_as="Tickets not solved: {value:.0f}.",
    ),
    Feature(
        "oldest_unresolved_ticket_180d",
        "days",
        180,
        Theme.VOICE,
        Kind.TIME_SINCE,
        "Days that the oldest unsolved ticket of the last 180 days has waited; 0 without one.",
        "observation date - day of the first ticket not solved, in the order of opening",
        f"CAST({_OLDEST_OPEN.name} AS DOUBLE)",
        (_OLDEST_OPEN,),
        shown_as="A ticket has waited for {value:.0f} days.",
    ),
    Feature(
        "load_tickets_held_180d",
        "events",
        180,
        Theme.VOICE,
        Kind.DECAYED_SUM,
        f"What tickets still open have faded by in `load_tickets`: added to it, they do not fade "
        f"for {OPEN_TICKET_HELD_DAYS} days.",
        f"sum over open tickets of 2^(-max(age - {OPEN_TICKET_HELD_DAYS}, 0) / 45) - 2^(-age / 45)",
        f"{_HELD_YOUNG.name} / 1000000.0 + {_HELD_OLD.name} / 1000000.0 * {_HELD_FACTOR!r}",
        (_HELD_YOUNG, _HELD_OLD),
        shown_as="Tickets still open do not fade.",
        speaks=False,
    ),
    Feature(
        "low_surveys_90d",
        "events",
        90,
        Theme.VOICE,
        Kind.COUNT,
        "Survey answers of 2 or less in the last 90 days.",
        "survey answers <= 2 in 90 days",
        f"CAST({_LOW.name} AS DOUBLE)",
        (_LOW,),
        shown_as="Bad survey answers in 90 days: {value:.0f}.",
    ),
    Feature(
        "last_survey_score",
        "score",
        None,
        Theme.VOICE,
        Kind.LATEST,
        "Score of the last survey answer, the best of that day, between 0 and 1,000.",
        "value of the last survey answer",
        f"({_LAST_SURVEY.name} % 100000) / 100.0",
        (_LAST_SURVEY,),
        default=None,
        missing_when="the customer never answered a survey",
        shown_as="Last survey answer: {value:.1f}.",
    ),
    Feature(
        "days_since_last_survey",
        "days",
        None,
        Theme.VOICE,
        Kind.TIME_SINCE,
        "Days from the last survey answer to the observation date.",
        "observation date - day of the last survey answer",
        f"CAST({_SURVEY_AGE.name} AS DOUBLE)",
        (_SURVEY_AGE,),
        default=None,
        missing_when="the customer never answered a survey",
        shown_as="Last answered a survey {value:.0f} days ago.",
        speaks=False,
    ),
)
