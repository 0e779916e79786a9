"""What the customer said to us."""

from __future__ import annotations

from analytics.features.families.accumulators import total, within
from analytics.features.record import Accumulator, Feature, Theme

_C28 = total("contacts_28d_sum", f"is_contact = 1 AND {within(0, 28)}")
_C90 = total("contacts_90d_sum", f"is_contact = 1 AND {within(0, 90)}")
_OPENED = total("tickets_opened_180d", f"is_opened = 1 AND {within(0, 180)}")
_RESOLVED = total("tickets_resolved_180d", f"is_resolved = 1 AND {within(0, 180)}")
_LOW = total("low_surveys_90d_sum", f"is_survey = 1 AND value_cents <= 200 AND {within(0, 90)}")
# Day and score in one integer: the largest is the latest, with no tie to break.
_LAST = Accumulator(
    "last_survey_packed",
    "MAX(CASE WHEN is_survey = 1 THEN day * 100000 + LEAST(GREATEST(value_cents, 0), 99999) END)",
)

VOICE = (
    Feature(
        "contacts_28d",
        "events",
        28,
        Theme.VOICE,
        "Tickets, complaints and requests in the last 28 days.",
        "CAST(contacts_28d_sum AS DOUBLE)",
        (_C28,),
        shown_as="Contacts in 28 days: {value:.0f}.",
    ),
    Feature(
        "contacts_90d",
        "events",
        90,
        Theme.VOICE,
        "Tickets, complaints and requests in the last 90 days.",
        "CAST(contacts_90d_sum AS DOUBLE)",
        (_C90,),
        shown_as="Contacts in 90 days: {value:.0f}.",
    ),
    Feature(
        "tickets_unresolved_180d",
        "events",
        180,
        Theme.VOICE,
        "Tickets opened in the last 180 days minus those resolved, never below zero.",
        "CAST(GREATEST(tickets_opened_180d - tickets_resolved_180d, 0) AS DOUBLE)",
        (_OPENED, _RESOLVED),
        shown_as="Tickets not solved: {value:.0f}.",
    ),
    Feature(
        "low_surveys_90d",
        "events",
        90,
        Theme.VOICE,
        "Survey answers of 2 or less in the last 90 days.",
        "CAST(low_surveys_90d_sum AS DOUBLE)",
        (_LOW,),
        shown_as="Bad survey answers in 90 days: {value:.0f}.",
    ),
    Feature(
        "last_survey_score",
        "score",
        None,
        Theme.VOICE,
        "Score of the last survey answer; missing where there is none.",
        "(NULLIF(last_survey_packed, 0) % 100000) / 100.0",
        (_LAST,),
        shown_as="Last survey answer: {value:.1f}.",
    ),
)
