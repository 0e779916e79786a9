"""A table of a page follows from the row class: heads, definitions, units, intervals."""

from __future__ import annotations

from datetime import date

from analytics.domain.numbers.numbers import definition
from analytics.domain.tables.column import Unit
from analytics.domain.tables.run_row import RunRow, column
from tests.webapp.component_text import of_class, parts_of, text_of
from webapp.components.row_table import row_table


class Trial(RunRow, name="trials", grain="One row a trial.", sorted_by=("day",)):
    """A row with a value of each kind."""

    day: date = column(Unit.TIME, "Day", "When it was.")
    key: str = column(Unit.TEXT, "Key", "Name of ours.")
    passed: bool | None = column(Unit.FLAG, "Passed", "It went well.")
    seen: int = column(Unit.COUNT, "Seen", "How many.")
    share: float | None = column(Unit.SHARE, "Share", "Of all.")
    share_low: float | None = column(Unit.SHARE, "Share, low", "Lower end.")
    share_high: float | None = column(Unit.SHARE, "Share, high", "Upper end.")
    worth: float = column(Unit.MONEY, "Worth", "Value.", assumption=True)


ROWS = (
    Trial(date(2026, 3, 1), "a", True, 1_200, 0.25, 0.2, 0.31, -5.5),
    Trial(date(2026, 3, 2), "b", None, 0, None, None, None, 1_000.0),
)
SHOWN = row_table(Trial, ROWS, currency="EUR", caption="Trials", leave_out=("key",))


def test_the_heads_are_the_labels_of_the_fields_with_their_definitions() -> None:
    heads = [one for one in parts_of(SHOWN) if getattr(one, "scope", None) == "col"]
    assert [text_of(one) for one in heads] == ["Day", "Passed", "Seen", "Share", "Worth"]
    tips = [getattr(one, "data-tip") for one in of_class(SHOWN, "term")]
    assert tips[-1] == definition(Trial.table.column["worth"])


def test_each_value_is_written_in_its_unit_with_its_interval_below() -> None:
    text = text_of(SHOWN)
    assert "1 Mar 2026 yes 1,200 25% 20% to 31% −€5.50" in text
    assert "2 Mar 2026 – 0 – €1,000" in text


def test_numbers_stand_to_the_right_and_words_do_not() -> None:
    heads = [one for one in parts_of(SHOWN) if getattr(one, "scope", None) == "col"]
    assert [one.className for one in heads] == ["", "", "num", "num", "num"]
