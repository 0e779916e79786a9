"""Other words for the events of the catalogue: what a name that we do not know may have meant."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from analytics.domain.event_log.event_words_abroad import SYNONYMS_ABROAD
from analytics.domain.event_log.events import EVENT_CATALOGUE, EventKind
from analytics.domain.words.counting import verb_of

#: What other systems call our events. A whole name counts, then its words, the longest first.
SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "session": ("visit", "page_view", "pageview", "view", "app_open", "screen_view", "browse"),
        "login": ("log_in", "logon", "sign_in", "signin", "signed_in", "logged_in"),
        "feature_use": (
            "click",
            "tap",
            "button_click",
            "element_click",
            "action",
            "used",
            "feature_used",
            "activity",
        ),
        "order": (
            *("purchase", "buy", "bought", "sale", "checkout", "transaction", "ordered", "orders"),
            *(
                "order_completed",
                "order_placed",
            ),
        ),
        "submission": ("submit", "submitted", "handed_in", "assignment"),
        "top_up": ("topup", "recharge", "credit_added"),
        "usage": ("call", "sms", "data_usage", "minutes"),
        "data_export": ("export", "download_data"),
        "error": ("exception", "crash", "failure", "failed"),
        "slow_load": ("timeout", "slow_page", "slow"),
        "failed_search": ("no_results", "empty_search", "search_failed", "zero_results"),
        "payment_failed": ("declined", "payment_declined", "charge_failed", "card_declined"),
        "delivery_late": ("late_delivery", "delayed", "delay", "late"),
        "return": ("returned", "refund", "refunded", "cancellation", "rma"),
        "missed_deadline": ("deadline_missed", "overdue", "not_submitted"),
        "low_score": ("failed_exam", "low_grade"),
        "outage": ("downtime", "incident"),
        "ticket_opened": (
            *(
                "ticket",
                "support",
                "case",
                "case_opened",
                "support_request",
                "new_ticket",
                "ticket_created",
            ),
            *("issue_opened", "issue_created", "contact_support"),
        ),
        "ticket_reopened": ("reopened", "reopen", "case_reopened"),
        "ticket_resolved": ("resolved", "closed", "solved", "ticket_closed", "case_closed"),
        "complaint": (
            "complain",
            "complained",
            "escalation",
            "escalated",
        ),
        "refund_request": ("refund_requested", "money_back", "chargeback"),
        "cancel_request": ("cancel", "cancelled", "cancellation_request", "churn"),
        "survey_response": ("survey", "nps", "csat", "feedback", "rating", "review"),
        "invoice_paid": ("invoice", "payment", "paid", "billing", "charge", "subscription_payment"),
        "plan_upgraded": ("upgrade", "upgraded"),
        "plan_downgraded": ("downgrade", "downgraded"),
        "price_increased": ("price_change", "price_rise"),
        "paused": ("pause", "subscription_paused"),
        "resumed": ("resume", "reactivated", "subscription_resumed"),
        "contacted": ("call_made", "email_sent", "outreach"),
        "offer_sent": ("offer", "voucher_sent", "discount_sent", "campaign"),
    }
)
_CLOSE = 0.75
_TICKET_WORDS = ("ticket", "case", "issue", "support", "anfrage", "request")
#: Events that a few words among others tell surely enough to be written down for a person to check.
_STRONG = frozenset({"login", "error", "data_export"})
#: Words that tell only that something went wrong, not that the product showed an error.
_WEAK_WORDS = frozenset({"failed", "failure"})


def plain_name(text: str) -> str:
    """Return a name in lower case with underscores: ``Order Completed`` is ``order_completed``."""
    composed = unicodedata.normalize("NFC", text.strip())
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", composed)
    return re.sub(r"[\W_]+", "_", spaced).strip("_").lower()


def meant_event(text: str) -> str | None:
    """Return the event of the catalogue that a name says, by itself or by a synonym; else None."""
    name = plain_name(text)
    for word in (name, _present(name)):
        if word in EVENT_CATALOGUE:
            return word
        if word in _BY_SYNONYM:
            return _BY_SYNONYM[word]
    return None


def nearest_event(text: str) -> str | None:
    """Return the event of the catalogue that a name is most like; None where it is like none."""
    if (meant := meant_event(text)) is not None:
        return meant
    name = plain_name(text)
    spelled = difflib.get_close_matches(name, [*EVENT_CATALOGUE, *_BY_SYNONYM], n=3, cutoff=_CLOSE)
    for meant in map(meant_event, spelled):
        if meant != "ticket_opened" or _names_a_ticket(name):
            return meant
    by_word = [one for part in _parts(name) if (one := meant_event(part)) is not None]
    troubles = [word for word in by_word if EVENT_CATALOGUE[word].kind is not EventKind.ENGAGEMENT]
    return next(iter(troubles or by_word), None)


def _names_a_ticket(name: str) -> bool:
    """Tell whether a word of a name is one for a ticket: many things are created and opened."""
    return any(
        difflib.get_close_matches(word, _TICKET_WORDS, 1, _CLOSE) for word in name.split("_")
    )


def strong_event(text: str) -> str | None:
    """Return the event that a name surely speaks of, though in words of its own; else None.

    Only a few events are told so: what a name such as ``User Logged In`` speaks of is a log-in,
    while ``Order Shipped`` speaks of an order and is none.
    """
    meant = {
        one: part
        for part in reversed(_parts(plain_name(text)))
        if (one := meant_event(part)) is not None
    }
    troubles = [event for event in meant if EVENT_CATALOGUE[event].kind is not EventKind.ENGAGEMENT]
    spoken = troubles or list(meant)
    if len(spoken) != 1 or spoken[0] not in _STRONG or meant[spoken[0]] in _WEAK_WORDS:
        return None
    return spoken[0]


def unknown_events(
    types: Mapping[str, int], known: Iterable[str] = ()
) -> dict[str, tuple[int, str | None]]:
    """Return the types that are not in the catalogue, with their count and the nearest known one.

    The most frequent come first, those of one count by name: one order wherever they are told.

    Parameters
    ----------
    types
        How many events of each type there are.
    known
        Types that count although the catalogue lacks them, because a profile or a feature names
        them.
    """
    counting = {*EVENT_CATALOGUE, *known}
    unknown = [(name, count) for name, count in types.items() if name not in counting]
    unknown.sort(key=lambda one: (-one[1], one[0]))
    return {name: (count, nearest_event(name)) for name, count in unknown}


def unknown_in_words(unknown: Mapping[str, tuple[int, str | None]]) -> str:
    """Say which types are unknown and that they count for nothing; empty where none is."""
    if not unknown:
        return ""
    told = ", ".join(
        f"{name} ({count:,}{f', nearest known: {nearest}' if nearest else ''})"
        for name, (count, nearest) in list(unknown.items())[:_MOST_TOLD]
    )
    more = f", and {len(unknown) - _MOST_TOLD:,} more" if len(unknown) > _MOST_TOLD else ""
    number = len(unknown)
    return (
        f"{verb_of(number, 'An event type is', 'Event types are')} not in the catalogue: "
        f"{told}{more}. {verb_of(number, 'It is kept, but counts', 'They are kept, but count')} "
        "for nothing until mapped to a known type (`silent-churn events list`)."
    )


_MOST_TOLD = 12


def _spellings(word: str) -> set[str]:
    """Return a word as it is, without its accents, and with German umlauts in two letters."""
    return {word, _unaccented(word), _unaccented(word.translate(_UMLAUTS))}


def _unaccented(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parted if not unicodedata.combining(part))


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BY_SYNONYM = {
    spelled: name
    for words in (SYNONYMS_ABROAD, SYNONYMS)
    for name, others in words.items()
    for other in others
    for spelled in _spellings(other)
}


def _present(name: str) -> str:
    """Return a name as if it told of now: ``pages_viewed`` is ``page_view``."""
    return "_".join(
        re.sub(r"(?:(?<=\w\w\w)ed|(?<=\w\w\w)s)$", "", word) for word in name.split("_")
    )


def _parts(name: str) -> list[str]:
    """Return the runs of words within a name, the longest first."""
    words = name.split("_")
    runs = (
        "_".join(words[first : first + length])
        for length in range(len(words) - 1, 0, -1)
        for first in range(len(words) - length + 1)
    )
    return list(runs)
