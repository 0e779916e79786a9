"""What a customer's value rests on: two forms, and two makeshifts where the data tell less."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ValueForm(StrEnum):
    """From which numbers a customer's value of twelve months is made."""

    SUBSCRIPTION = "subscription"
    PURCHASES = "purchases"
    RECENT_PURCHASES = "recent_purchases"
    DEFAULT = "default"

    @property
    def label(self) -> str:
        """The form in words."""
        return _LABELS[self]


_LABELS: Mapping[ValueForm, str] = MappingProxyType(
    {
        ValueForm.SUBSCRIPTION: "Monthly revenue",
        ValueForm.PURCHASES: "Expected purchases",
        ValueForm.RECENT_PURCHASES: "Purchases of 180 days",
        ValueForm.DEFAULT: "Profile's default",
    }
)


def value_form_word(form: str) -> str:
    """Return the words of a form; an unknown one as it came."""
    return ValueForm(form).label if form in set(ValueForm) else form
