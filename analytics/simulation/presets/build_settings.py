"""How a business is built inside, where that is not the usual way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Build:
    """What sets a simulated business apart from the usual one of its preset.

    Parameters
    ----------
    name
        Empty for the usual build.
    title
        What is different, in a few words.
    """

    name: str = ""
    title: str = ""


USUAL_BUILD = Build()
