"""The errors a user can meet, each with the rule it broke and its own exit code.

Messages name the rule and what came: "horizon_days must be between 7 and 365. Got 0."
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from analytics.redaction import redacted


class SilentChurnError(Exception):
    """Anything we refuse for a stated reason; never shown with a traceback.

    Parameters
    ----------
    message
        One sentence for the user: the rule, then what came.
    rule
        Short stable name of the rule, for scripts: ``"file_exists"``.
    got
        What came, as text; empty when there is nothing to show. Passwords in it and in the message
        are hidden here, whoever raises the error.
    details
        Further plain values for scripts.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        message: str,
        *,
        rule: str,
        got: object = "",
        details: Mapping[str, object] | None = None,
    ) -> None:
        self.message = redacted(message)
        super().__init__(self.message)
        self.rule = rule
        self.got = redacted(str(got))
        self.details = dict(details or {})

    def as_dict(self) -> dict[str, object]:
        """Return the three fields printed under ``--json``, and the details."""
        return {"rule": self.rule, "message": self.message, "got": self.got, **self.details}


class UsageError(SilentChurnError):
    """The command was called wrongly: an unknown name, a value out of range."""

    exit_code = 2


class SomebodyWasFirst(UsageError):
    """Another person changed it since it was looked at; nothing was changed."""


class BadInput(SilentChurnError):
    """The input cannot be read: missing, empty, not of the declared format."""

    exit_code = 3


class ContractFailed(SilentChurnError):
    """The input can be read but does not meet the data contract."""

    exit_code = 4


class InsufficientData(ContractFailed):
    """There is too little data to support a score."""


class Locked(SilentChurnError):
    """Another process is working in the same workspace."""

    exit_code = 5


class EnvironmentFault(SilentChurnError):
    """The machine does not allow it: no space, no permission, no such service."""

    exit_code = 6


class PublishedNotDurable(SilentChurnError):
    """The run is live, but the disk did not confirm it; running again is safe."""

    exit_code = 7


class NoRunPublished(BadInput):
    """Nothing has been published in this workspace yet."""


class CorruptRun(BadInput):
    """A published file does not match its checksum."""


class UnknownCustomer(BadInput):
    """The current run has no customer of this id."""
