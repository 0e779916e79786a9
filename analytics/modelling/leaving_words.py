"""Which words say that a customer left, and which that one stayed, in names and in values."""

from __future__ import annotations

import re
from enum import Enum

_LEFT = frozenset(
    {"churn", "churned", "churner", "churners", "churns", "churning", "left", "leaver",
     "leave", "leaves", "leaving", "lost", "exited", "exit", "exits", "attrition", "attrited",
     "cancelled", "canceled", "cancel", "cancels", "cancellation", "closed", "inactive",
     "gone", "defected", "defector", "lapsed", "lapse", "terminated", "termination", "quit",
     "quits", "unsubscribed", "unsubscribe", "deactivated", "dropped", "dropout", "withdrawn",
     "withdrew", "withdrawal", "expired", "ended", "departed", "dormant", "abandoned",
     "switched"}
)  # fmt: skip
_STAYED = frozenset(
    {"stay", "stayed", "stays", "stayer", "staying", "retained", "retain", "retains",
     "retention", "kept", "keep", "keeps", "active", "renewed", "renew",
     "renews", "renewal", "alive", "returned", "returning", "repeat", "repeated", "repurchased",
     "survived", "remains", "remained", "continued", "continues", "continuing", "subscribed",
     "still"}
)  # fmt: skip
#: Words that say so only among themselves: "customer churn" is about churn, "customer status" about
#: neither.
_STAYED_ALONE = frozenset(
    {"customer", "customers", "member", "members", "subscriber", "subscribers", "client",
     "existing", "current", "loyal"}
)  # fmt: skip
_BESIDE = frozenset({"is", "was", "a", "an", "our", "of", "now"})
_NOT = frozenset({"not", "no", "non", "un", "never", "without", "isnt", "didnt", "hasnt"})
_YES = frozenset({"yes", "y", "1", "true", "t", "j", "ja", "oui", "si"})
_NO = frozenset({"no", "n", "0", "false", "f", "-1", "nein", "non"})


class StatedOutcome(Enum):
    """What is said of a customer."""

    LEFT = "left"
    STAYED = "stayed"
    UNCLEAR = "unclear"


def stated_outcome(text: str) -> StatedOutcome:
    """Return what a column's name, or a value in words, says of a customer.

    ``Churn Label``: left; ``retention_7``, ``isActive`` and ``not_churned``: stayed; ``target`` and
    names that say both (``churn_or_retained``): unclear.
    """
    words = _words(text)
    negated = sum(word in _NOT for word in words) % 2 == 1
    left, stayed = (any(word in kind for word in words) for kind in (_LEFT, _STAYED))
    if not left and not stayed:
        rest = [word for word in words if word not in _BESIDE | _NOT]
        stayed = bool(rest) and all(word in _STAYED_ALONE for word in rest)
    if left == stayed:
        return StatedOutcome.UNCLEAR
    return StatedOutcome.LEFT if left != negated else StatedOutcome.STAYED


def answer_of(value: str) -> bool | None:
    """Return what a value says to a question: yes, no, or None where it is neither."""
    plain = re.sub(r"^([+-]?\d+)[.,]0+$", r"\1", value.strip().lower())
    return True if plain in _YES else False if plain in _NO else None


def _words(text: str) -> list[str]:
    """Split at signs and digits, and where a capital follows a small letter."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("'", ""))
    return [word for word in re.split(r"[^a-z]+", apart.lower()) if word]
