"""What one number, text or time of a published table is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a number counts; decides how it is written."""

    TEXT = "text"
    TIME = "time"
    FLAG = "flag"
    COUNT = "count"
    DAYS = "days"
    MONEY = "money"
    SHARE = "share"
    INDEX = "index"
    RATIO = "ratio"


class Wording(StrEnum):
    """What the texts of a column are; decides how they are written and drawn."""

    AS_IT_IS = "as it is"
    CUSTOMER = "customer"
    TIER = "tier"
    WORD = "word of ours"
    THEME = "theme"
    RFM_GROUP = "RFM group"
    VALUE_FORM = "value form"


class ValueType(StrEnum):
    """What is stored; decides the type of the column in Parquet and in every database."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Column:
    """One column of a published table; its grain is the table's.

    Parameters
    ----------
    meaning
        For a business reader; shown on hover and in the glossary.
    assumption
        True where the number rests on something we assume and have not measured.
    higher_is
        ``bad``, ``good`` or empty: which way is worse.
    formula
        How it is made, in words; empty where the meaning says it.
    window
        The time it looks at; empty for that of its table.
    source
        Where it comes from; empty for that of its table.
    type
        What is stored; of a run table it is that of the row's field.
    lookup
        True for a text that is looked up or grouped by: short enough for an index, and compared
        letter by letter.
    filled
        SQL of what readers find where the run has none; empty where they find nothing. A constant
        of ours, never user text.
    wording
        What its texts are.
    former
        Its name in runs of former versions, which are still read; empty where it has always had
        this one.
    former_words
        Pairs of a word in such runs and the one that stands for it now.
    inner
        True where it only serves to make other numbers, and is shown to nobody.
    """

    name: str
    unit: Unit
    label: str
    meaning: str
    assumption: bool = False
    higher_is: str = ""
    formula: str = ""
    window: str = ""
    source: str = ""
    type: ValueType = ValueType.NUMBER
    lookup: bool = False
    filled: str = ""
    former: str = ""
    former_words: tuple[tuple[str, str], ...] = ()
    inner: bool = False
    wording: Wording = Wording.AS_IT_IS
