"""What is read beside the features to judge the index: what was said later, and halves of days."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.features.build import build_features
from analytics.features.friction_halves import friction_half
from analytics.features.incident_days import largest_incident
from analytics.features.outcomes.voiced import voiced
from analytics.features.prepared import day_number
from tests.analytics.features.feature_world import TODAY, Event, active, prepared

THEN = TODAY - timedelta(days=28)
TODAY_NUMBER = day_number(TODAY)


def said(folder: Path, events: list[Event]) -> pd.DataFrame:
    """What was said in the four weeks up to today, by customer key."""
    with prepared(folder, events) as source:
        found = voiced(source, [TODAY, THEN], known_day=TODAY_NUMBER)
    assert set(found.index.get_level_values("observation_day")) <= {day_number(THEN)}
    return found.droplevel("observation_day")


def test_only_the_four_weeks_after_the_date_count(tmp_path: Path) -> None:
    events = [
        *active("a", [60]),
        *(Event("a", age, "ticket_opened") for age in (27, 0)),
        *(Event("a", age, "complaint") for age in (28, 50)),
        Event("a", 5, "survey_response", 2),
        Event("a", 4, "survey_response", 4),
        Event("a", 40, "survey_response", 1),
    ]
    found = said(tmp_path, events).loc[0]
    assert found["problem_contacts"] == 2
    assert found["bad_answers"] == 1
    assert found["mean_score"] == 3
    assert found["contacts_before"] == 2


def test_what_came_to_light_after_the_run_is_not_known(tmp_path: Path) -> None:
    events = [*active("a", [60]), Event("a", 3, "complaint", received=-2)]
    assert said(tmp_path, events).empty


def test_asking_to_cancel_is_no_problem_contact(tmp_path: Path) -> None:
    """It is churn, and the weights must not learn churn."""
    events = [*active("a", [60]), Event("a", 3, "cancel_request"), Event("b", 3, "complaint")]
    assert said(tmp_path, events).loc[0, "problem_contacts"] == 0


def test_the_halves_of_the_days_add_up_to_the_features(tmp_path: Path) -> None:
    events = [
        *active("a", range(0, 90, 3)),
        *(Event("a", age, "error") for age in (0, 1, 4, 9, 40)),
        *(Event("a", age, "survey_response", 1) for age in (3, 8)),
        Event("a", 6, "ticket_opened"),
    ]
    with prepared(tmp_path, events) as source:
        whole = build_features(source, TODAY)
        halves = [friction_half(source, TODAY, half) for half in (0, 1)]
    total = halves[0].add(halves[1], fill_value=0.0)
    for name in ("load_errors", "load_surveys", "load_tickets", "exposure_21", "exposure_45"):
        assert total.loc[0, name] == pytest.approx(whole.loc[0, name])
        assert all(half.loc[0, name] >= 0 for half in halves)


def test_an_incident_is_found_with_who_was_there(tmp_path: Path) -> None:
    people = [f"{region} {number:02}" for region in ("north", "south") for number in range(40)]
    events = [one for who in people for one in active(who, range(60))]
    events += [Event(who, age, "error") for age in range(60) for who in people[age % 7 :: 20]]
    events += [Event(who, 20, "outage") for who in people[:40] for _ in range(3)]
    regions = [one.split()[0] for one in people]
    groups = pd.DataFrame({"region": regions}, index=pd.RangeIndex(80, name="customer_key"))
    with prepared(tmp_path, events) as source:
        found = largest_incident(
            source, groups, first_day=TODAY_NUMBER - 58, known_day=TODAY_NUMBER
        )
        later = largest_incident(
            source, groups, first_day=TODAY_NUMBER - 15, known_day=TODAY_NUMBER
        )
    assert found is not None
    assert (found.kind, found.name) == ("region", "north")
    assert found.first_day == found.last_day == TODAY - timedelta(days=20)
    assert set(found.there) == set(np.arange(80))
    assert later is None
