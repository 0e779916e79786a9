"""Ids of the evidence page that callbacks fill; those of its parts are made from their names."""

from __future__ import annotations

from enum import StrEnum


class EvidenceIds(StrEnum):
    """Places of the evidence page that are filled in one by one."""

    START = "evidence-start"
    STAMP = "evidence-stamp"
    NOTICES = "evidence-notices"

    VERDICT_PART = "evidence-verdict-part"
    TESTED_PARTS = "evidence-tested-parts"
    JUDGED_PARTS = "evidence-judged-parts"
    FRUSTRATION_PARTS = "evidence-frustration-parts"
    BACKGROUND_PARTS = "evidence-background-parts"
