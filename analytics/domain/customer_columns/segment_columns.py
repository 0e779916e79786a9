"""Which groups the customer belongs to, and why the risk is what it is."""

from __future__ import annotations

from analytics.domain.tables.column import Unit, Wording
from analytics.domain.tables.run_row import RunRow, column


class SegmentColumns(RunRow):
    """Which groups the customer belongs to, and why the risk is what it is."""

    named_segment: str = column(
        Unit.TEXT,
        "Named segment",
        "Value, risk and frustration in one word; every customer is in exactly one.",
        formula="value band, tier and frustration band",
        window="now",
        source="a rule of ours",
        lookup=True,
        filled="''",
        wording=Wording.WORD,
    )
    rfm: str = column(
        Unit.TEXT,
        "RFM",
        "Recency, frequency and money, 1 to 5 each, by cut points kept from the first run. "
        "Recency is 1 for who has lapsed or left, 2 for who is late against the own rhythm.",
        formula="scores 1 to 5: absolute for silence and single visits, else frozen cut points",
        window="180 days",
        source="a rule of ours",
        filled="''",
    )
    rfm_group: str = column(
        Unit.TEXT,
        "RFM group",
        "What the three scores say together, in a word. Nobody who has lapsed, left, or is late "
        "against the own rhythm is a champion, loyal or promising.",
        formula="the three scores",
        window="180 days",
        source="a rule of ours",
        lookup=True,
        filled="''",
        wording=Wording.RFM_GROUP,
    )
    behaviour_cluster: str = column(
        Unit.TEXT,
        "Behaviour cluster",
        "Scored customers of like behaviour, found by k-means; describes, never predicts. Empty "
        "where no clustering is stable.",
        formula="nearest k-means centre of standardised behaviour",
        window="28 to 180 days",
        source="the run's model",
        lookup=True,
        filled="''",
    )
    reason_theme: str = column(
        Unit.TEXT,
        "Main theme",
        "Theme of the first reason.",
        formula="theme of the first reason",
        window="now",
        source="the run's model",
        lookup=True,
        filled="''",
        wording=Wording.THEME,
    )
    likely_cause: str = column(
        Unit.TEXT,
        "Likely cause",
        "Theme of what is assumed to have pulled hardest when the customer was last engaged: "
        "problems of which most have fewer, a price rise or a contract's end, or having just come. "
        "Empty where none pulled harder than a poor fit, or where the model clears it.",
        formula="strongest assumed pull in the last week held engaged",
        window="the last week held engaged",
        source="a rule of ours",
        lookup=True,
        filled="''",
        wording=Wording.THEME,
    )
    reason_1: str = column(
        Unit.TEXT,
        "First reason",
        "How the fading shows most, or the likely cause behind it, in words.",
        window="now",
        source="the run's model",
        filled="''",
    )
    reason_2: str = column(
        Unit.TEXT,
        "Second reason",
        "The other of the two; else what raises it next.",
        window="now",
        source="the run's model",
        filled="''",
    )
    reason_3: str = column(
        Unit.TEXT,
        "Third reason",
        "What raises the risk next.",
        window="now",
        source="the run's model",
        filled="''",
    )
