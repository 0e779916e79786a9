"""What a page refuses, the service behind it refuses as well, and the other way round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.database.state_store import StateStore
from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.work_list import MAX_NAME_LENGTH, MAX_NOTE_LENGTH, WORK_STATUSES
from analytics.errors import UsageError
from analytics.services.analytics_service import AnalyticsService
from analytics.services.customers.work import author_of
from webapp.pages.customer import form_values

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LENGTHS = (0, 1, MAX_NAME_LENGTH, MAX_NAME_LENGTH + 1, 120, 121)


def refused(read: Callable[[str], object], given: str) -> bool:
    try:
        read(given)
    except UsageError:
        return True
    return False


@pytest.mark.parametrize("length", LENGTHS)
def test_the_service_takes_the_names_that_the_page_takes(length: int) -> None:
    name = "x" * length
    assert refused(author_of, name) == refused(form_values.person, name)


@pytest.mark.parametrize("length", [1, MAX_NOTE_LENGTH, MAX_NOTE_LENGTH + 1, 4_000, 4_001])
def test_the_service_takes_the_notes_that_the_page_takes(
    service: AnalyticsService, length: int
) -> None:
    customer, text = service.overview(CustomerFilter()).watch_list[0].customer_id, "x" * length
    by_service = refused(lambda given: service.add_note(customer, given, "Ann"), text)
    assert by_service == refused(form_values.note_text, text)


@pytest.mark.parametrize("status", [*WORK_STATUSES, "finished", ""])
def test_the_state_store_takes_the_statuses_that_the_page_takes(
    tmp_path: Path, status: str
) -> None:
    store = StateStore(f"sqlite:///{(tmp_path / 'state.sqlite').as_posix()}", tmp_path)
    item = store.take_on("C1", "call", "A call", "Bob", None, "run", NOW)
    by_store = refused(lambda given: store.set_status(item, given, NOW), status)
    store.close()
    assert by_store == refused(form_values.status, status)
