from __future__ import annotations

import pytest

from analytics.domain.event_log.event_words import (
    SYNONYMS,
    meant_event,
    nearest_event,
    strong_event,
    unknown_events,
    unknown_in_words,
)
from analytics.domain.event_log.event_words_abroad import SYNONYMS_ABROAD
from analytics.domain.event_log.events import EVENT_CATALOGUE


def test_every_synonym_means_one_event_of_the_catalogue_and_is_none_itself() -> None:
    assert {*SYNONYMS, *SYNONYMS_ABROAD} <= set(EVENT_CATALOGUE)
    both = (*SYNONYMS.values(), *SYNONYMS_ABROAD.values())
    words = [one for others in both for one in others]
    assert len(words) == len(set(words))
    assert not set(words) & set(EVENT_CATALOGUE)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("purchase", "order"),
        ("Order Completed", "order"),
        ("orderPlaced", "order"),
        ("ordr", "order"),
        ("page-view", "session"),
        ("Ticket created", "ticket_opened"),
        ("checkout_error", "error"),
        ("Refund issued", "return"),
        ("Case created", "ticket_opened"),
        ("Issue Created", "ticket_opened"),
        ("Report Created", None),
        ("Note Created", None),
        ("Dashboard Opened", None),
        ("Created", None),
        ("Tikets opened", "ticket_opened"),
        ("zzz", None),
        ("", None),
    ],
)
def test_the_nearest_known_event_is_named(name: str, nearest: str | None) -> None:
    assert nearest_event(name) == nearest


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Bestellung", "order"),
        ("Rückgabe", "return"),
        ("RUECKGABE", "return"),
        ("Ru\u0308ckgabe", "return"),
        ("Gutschrift", "return"),
        ("Erstattungsantrag", "refund_request"),
        ("Anmeldung", "login"),
        ("Reklamation", "complaint"),
        ("Kündigung", "cancel_request"),
        ("kuendigung", "cancel_request"),
        ("Remboursement", "return"),
        ("Commande passée", "order"),
        ("Réclamation", "complaint"),
        ("reclamation", "complaint"),
        ("Pedido", "order"),
        ("devolución", "return"),
        ("DEVOLUCION", "return"),
        ("Inicio de sesión", "login"),
    ],
)
def test_german_french_and_spanish_words_are_known(name: str, meant: str) -> None:
    assert meant_event(name) == meant
    assert nearest_event(f"{name} xy") == meant


def test_only_whole_names_are_taken_for_meant() -> None:
    assert meant_event("Checkout") == "order"
    assert meant_event("checkout_error") is None


@pytest.mark.parametrize(
    ("name", "strong"),
    [
        ("User Logged In", "login"),
        ("Error Shown", "error"),
        ("Checkout Error", "error"),
        ("Export Downloaded", "data_export"),
        ("Login Failed", None),
        ("Error Resolved", None),
        ("Order Shipped", None),
        ("Report Created", None),
        ("zzz", None),
    ],
)
def test_a_name_that_speaks_of_one_event_alone_tells_it_surely(
    name: str, strong: str | None
) -> None:
    assert strong_event(name) == strong


def test_unknown_types_are_told_with_what_they_may_have_meant() -> None:
    unknown = unknown_events({"order": 9, "purchase": 1200, "zzz": 2})
    assert unknown == {"purchase": (1200, "order"), "zzz": (2, None)}
    assert unknown_in_words(unknown) == (
        "Event types are not in the catalogue: purchase (1,200, nearest known: order), zzz (2). "
        "They are kept, but count for nothing until mapped to a known type "
        "(`silent-churn events list`)."
    )
    assert unknown_in_words({"zzz": (2, None)}).startswith("An event type is not in the catalogue")
    assert unknown_in_words({}) == ""


def test_unknown_types_are_told_in_one_order_however_they_came() -> None:
    """The note stood twice: a landing kept its types in another order than the run read them."""
    one, other = {"zzz": 2, "bbb": 7, "aaa": 2}, {"aaa": 2, "bbb": 7, "zzz": 2}
    assert unknown_in_words(unknown_events(one)) == unknown_in_words(unknown_events(other))
    assert list(unknown_events(one)) == ["bbb", "aaa", "zzz"]


def test_a_type_that_a_profile_names_counts() -> None:
    assert unknown_events({"lesson": 5, "zzz": 1}, ("lesson",)) == {"zzz": (1, None)}


def test_of_many_unknown_types_the_first_are_told() -> None:
    said = unknown_in_words(unknown_events({f"kind {n:02}": 1 for n in range(40)}))
    assert "kind 11 (1), and 28 more." in said
