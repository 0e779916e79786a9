"""Ids of the evidence page: where each part is filled in, and where the contents lead."""

from __future__ import annotations

from enum import StrEnum


class EvidenceIds(StrEnum):
    """Parts of the evidence page; those named `AT_` are where the table of contents leads."""

    START = "evidence-start"
    STAMP = "evidence-stamp"
    NOTICES = "evidence-notices"

    VERDICT_PART = "evidence-verdict-part"
    TESTED_PARTS = "evidence-tested-parts"
    JUDGED_PARTS = "evidence-judged-parts"
    BACKGROUND_PARTS = "evidence-background-parts"

    VERDICT = "evidence-verdict"
    LADDER = "evidence-ladder"
    MONTHS = "evidence-months"
    REVENUE = "evidence-revenue"
    LEAD_TIME = "evidence-lead-time"
    LOSSES = "evidence-losses"
    CALIBRATION = "evidence-calibration"
    SAID_SEEN = "evidence-said-seen"
    SLICES = "evidence-slices"
    CAPACITY = "evidence-capacity"
    GATES = "evidence-gates"
    RULES = "evidence-rules"
    COMPARISON = "evidence-comparison"
    ACCEPTANCE = "evidence-acceptance"
    FEATURES = "evidence-features"
    QUALITY = "evidence-quality"
    ASSUMPTIONS = "evidence-assumptions"
    VERSIONS = "evidence-versions"
    GLOSSARY = "evidence-glossary"

    AT_VERDICT = "evidence-at-verdict"
    AT_LADDER = "evidence-at-ladder"
    AT_MONTHS = "evidence-at-months"
    AT_REVENUE = "evidence-at-revenue"
    AT_LEAD_TIME = "evidence-at-lead-time"
    AT_LOSSES = "evidence-at-losses"
    AT_CALIBRATION = "evidence-at-calibration"
    AT_SAID_SEEN = "evidence-at-said-seen"
    AT_SLICES = "evidence-at-slices"
    AT_CAPACITY = "evidence-at-capacity"
    AT_GATES = "evidence-at-gates"
    AT_RULES = "evidence-at-rules"
    AT_COMPARISON = "evidence-at-comparison"
    AT_FEATURES = "evidence-at-features"
    AT_DATA = "evidence-at-data"
    AT_GLOSSARY = "evidence-at-glossary"
