"""How a business is built inside, where that is not the usual way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FadesIn(StrEnum):
    """What shrinks while a customer drifts away."""

    VISITS = "visits"
    SESSIONS = "sessions"


@dataclass(frozen=True)
class Build:
    """What sets a simulated business apart from the usual one of its preset.

    Parameters
    ----------
    name
        Empty for the usual build.
    title
        What is different, in a few words.
    fades_in
        Visits that grow rare, or sessions in which less and less is done.
    """

    name: str = ""
    title: str = ""
    fades_in: FadesIn = FadesIn.VISITS


USUAL_BUILD = Build()
