from __future__ import annotations

from datetime import date

import pytest

from analytics.domain.words.prose import day_in_prose, within_sentence


def test_a_date_in_a_sentence_is_written_in_full() -> None:
    assert day_in_prose(date(2024, 9, 10)) == "10 September 2024"
    assert day_in_prose(date(2026, 5, 1)) == "1 May 2026"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Purchase rhythm with dropout (BG/NBD)", "purchase rhythm with dropout (BG/NBD)"),
        ("BG/NBD", "BG/NBD"),
        ("CRM call", "CRM call"),
        ("Call", "call"),
        ("", ""),
    ],
)
def test_a_label_in_a_sentence_keeps_its_abbreviations(label: str, said: str) -> None:
    assert within_sentence(label) == said
