from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash, no_update

from analytics.domain.customer.filter import CustomerFilter
from analytics.services.analytics_service import AnalyticsService
from analytics.services.current_run.choices import MOST_VALUES
from analytics.settings import Settings
from tests.sample_run import publish_sample_run
from tests.webapp.awkward_values import AWKWARD_IDS, MANY_REGIONS, ODD_REGIONS
from tests.webapp.test_web_factory import callback_body
from webapp.address import LONGEST_ADDRESS, Address, customer_path
from webapp.components.value_menus import offered_options
from webapp.factory import create_app
from webapp.page import find_page
from webapp.pages import PAGES
from webapp.shell.filter_sync import TOO_LONG, from_controls, synced

REGIONS = (*ODD_REGIONS, *MANY_REGIONS)
CUSTOMERS = 500


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    workspace: Path = tmp_path_factory.mktemp("awkward")
    publish_sample_run(workspace / "data", customers=CUSTOMERS, ids=AWKWARD_IDS, regions=REGIONS)
    return Settings.load(workspace=workspace)


@pytest.fixture(scope="module")
def service(settings: Settings) -> AnalyticsService:
    return AnalyticsService(settings)


@pytest.fixture(scope="module")
def app(settings: Settings, service: AnalyticsService) -> Dash:
    return create_app(settings, service)


@pytest.fixture
def client(app: Dash) -> Iterator[Any]:
    with app.server.test_client() as client:
        yield client


def exported(client: Any, chosen: CustomerFilter) -> list[dict[str, str]]:
    answer = client.get(f"/export/customers.csv{Address(chosen).to_search()}")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("many", [1, 7, 70, 230])
def test_as_many_regions_as_are_chosen_are_shown_and_exported(
    service: AnalyticsService, client: Any, many: int
) -> None:
    """Seen: 70 regions gave 150 rows for 210, silently; 230 a traceback and an empty page."""
    chosen = from_controls({"region": list(REGIONS[:many])})
    wanted = sum(place % len(REGIONS) < many for place in range(CUSTOMERS))
    assert service.customer_block(chosen, start=0, end=1, sort=()).total == wanted
    assert len(exported(client, chosen)) == wanted


@pytest.mark.parametrize("region", ODD_REGIONS)
def test_an_odd_value_is_chosen_as_it_is(client: Any, region: str) -> None:
    rows = exported(client, CustomerFilter(region=(region,)))
    assert Counter(row["region"] for row in rows) == {region: len(rows)}
    assert rows


def test_every_customer_is_found_and_opened(service: AnalyticsService) -> None:
    for customer_id in AWKWARD_IDS:
        found = find_page(PAGES, customer_path(customer_id))
        assert found is not None
        assert service.customer(found[1]).record["customer_id"] == customer_id
        chosen = CustomerFilter.from_query(CustomerFilter(search=customer_id).to_address())
        rows = service.customer_block(chosen, start=0, end=CUSTOMERS, sort=()).rows
        assert customer_id in {row["customer_id"] for row in rows}
        if customer_id.strip():
            assert customer_id in {row.customer_id for row in service.find(customer_id, 50)}


def test_every_customer_is_exported(client: Any) -> None:
    ids = {row["customer_id"] for row in exported(client, CustomerFilter())}
    assert {one for one in AWKWARD_IDS if one not in ids and f"'{one}" not in ids} == set()


def test_the_page_of_two_dots_is_their_customer(app: Dash, client: Any) -> None:
    body = callback_body(app, "shell-title.data", {"shell-url": customer_path("..")})
    answer = client.post("/_dash-update-component", json=body).get_json()["response"]
    assert answer["shell-title"]["data"].startswith("..")


def test_a_menu_lists_the_most_frequent_values_and_finds_the_others(
    service: AnalyticsService,
) -> None:
    listed = tuple(value for value, _ in service.choices().of("region"))
    assert len(listed) == MOST_VALUES
    for region in set(REGIONS) - set(listed):
        assert region in service.find_values("region", region.upper())


def test_what_is_chosen_stands_in_its_menu_also_where_it_is_rare(
    service: AnalyticsService,
) -> None:
    listed = dict(service.choices().of("region"))
    rare = next(one for one in REGIONS if one not in listed)
    offer = {"choices": service.choices(), "find": service.find_values}
    texts: dict[str, object] = {"region": "", "plan": "tea"}
    told = offered_options(
        chosen=CustomerFilter(region=(rare,)), texts=texts, typed_in=None, **offer
    )
    assert told["region"][0] == {"label": rare, "value": rare}
    assert told["plan"] is no_update
    typed = offered_options(chosen=CustomerFilter(), texts=texts, typed_in="plan", **offer)
    assert typed["plan"] == [{"label": "Team", "value": "Team"}]
    assert typed["region"] is no_update
    found = offered_options(
        chosen=CustomerFilter(plan=("Basic",)), texts=texts, typed_in="plan", **offer
    )
    assert [one["value"] for one in found["plan"]] == ["Team", "Basic"]


def test_a_choice_too_long_for_any_address_is_shown_and_said() -> None:
    noise = tuple(sorted(f"{number * 7919**9:x}" for number in range(1, 900)))
    there = Address(CustomerFilter(region=noise))
    assert len(there.to_search()) > LONGEST_ADDRESS
    told = synced(there, controls=no_update, search="?tier=high", query="tier=high")
    assert (told["search"], told["note"]) == (no_update, TOO_LONG)
    assert CustomerFilter.from_query(told["query"]) == there.chosen
