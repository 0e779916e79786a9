"""Ids of the evidence page."""

from __future__ import annotations

from enum import StrEnum


class EvidenceIds(StrEnum):
    """Parts of the evidence page."""

    START = "evidence-start"
    STAMP = "evidence-stamp"
    NOTICES = "evidence-notices"
    VERDICT = "evidence-verdict"
    SCORES = "evidence-scores"
    CALIBRATION = "evidence-calibration"
    CALIBRATION_TABLE = "evidence-calibration-table"
    SAID_SEEN = "evidence-said-seen"
    SAID_SEEN_TABLE = "evidence-said-seen-table"
    ACCEPTANCE = "evidence-acceptance"
    FEATURES = "evidence-features"
    QUALITY = "evidence-quality"
    GLOSSARY = "evidence-glossary"
    VERSIONS = "evidence-versions"
    ASSUMPTIONS = "evidence-assumptions"
