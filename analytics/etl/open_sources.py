"""Opens all sources of a mapping and checks, before a row is read, that the columns are there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.domain.words.counting import counted, noun_of
from analytics.errors import ContractFailed
from analytics.etl.locate import Place
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.chunk import Reader
from analytics.etl.sources.csv_header import misread_encoding
from analytics.etl.sources.open_source import open_source

_MOST_FILES = 3
_CURRENCY_COLUMN = re.compile(
    r"(?i)^(?:[a-z]+[ _-])?(?:currency|curr|w[aä]e?hrung|devise|moneda|valuta|valute)"
    r"(?:[ _-](?:code|iso))?$"
)


@dataclass(frozen=True)
class OpenSource:
    """One file, database answer or query answer, ready to be read for one source."""

    source: Source
    place: str
    reader: Reader

    @property
    def wanted(self) -> tuple[str, ...]:
        """Columns to read: those named, or all where the others matter too."""
        source = self.source
        content_needed = source.needs_every_column and not self.reader.has_texts
        if source.to is None or source.kept_columns == "rest" or content_needed:
            return self.reader.columns
        return source.named_columns or self.reader.columns[:1]


def open_places(
    mapping: Mapping, source: Source, places: dict[str, tuple[Place, ...]]
) -> list[OpenSource]:
    """Open each place of one source.

    Raises
    ------
    BadInput, ContractFailed, EnvironmentFault
        It cannot be read as declared, or a column that the mapping names is not there.
    """
    origin = mapping.origin(source)
    opened = []
    for place in places[origin.name]:
        reader = open_source(origin, place)
        name = _file_name(place, places[origin.name])
        check_columns(name, reader.columns, source, encoding=origin.encoding)
        opened.append(OpenSource(source, f"{source.name}/{name}", reader))
    return opened


def _file_name(place: Place, others: Sequence[Place]) -> str:
    """Return the name of a file, with its folder where two files share the name."""
    if not isinstance(place, Path):
        return "database"
    alike = [other for other in others if isinstance(other, Path) and other.name == place.name]
    return place.name if len(alike) == 1 else f"{place.parent.name}/{place.name}"


def check_columns(
    name: str, columns: Sequence[str], source: Source, *, encoding: str = "utf-8"
) -> None:
    """Refuse a source without a column that the mapping names, or with two of that name.

    Parameters
    ----------
    encoding
        In which its header was read.

    Raises
    ------
    ContractFailed
        Rule ``columns_present`` or ``columns_differ``.
    """
    for wanted in source.named_columns:
        if f"{wanted}#2" in columns:
            raise ContractFailed(
                f"{name} must have the column {wanted!r} once. Got it twice.",
                rule="columns_differ",
                got=wanted,
            )
        if wanted not in columns:
            raise ContractFailed(
                f"{name} must have the column {wanted!r}. "
                f"Got {', '.join(columns) or 'no columns'}."
                f"{_hint(wanted, columns, source, encoding)}",
                rule="columns_present",
                got=wanted,
            )


def unused_columns(opened: Sequence[OpenSource]) -> list[str]:
    """Return a sentence on the columns of files that no source uses, once for files alike."""
    used: dict[str, set[str]] = {}
    there: dict[str, tuple[str, ...]] = {}
    for place in opened:
        file = place.place.partition("/")[2]
        there[file] = place.reader.columns
        rest = place.source.kept_columns == "rest"
        used.setdefault(file, set()).update(
            place.reader.columns if rest else (*place.source.named_columns, *place.source.ignore)
        )
    left: dict[str, tuple[str, ...]] = {
        file: tuple(name for name in columns if name not in used[file])
        for file, columns in there.items()
    }
    alike: dict[tuple[str, ...], list[str]] = {}
    for file, names in left.items():
        if names:
            alike.setdefault(names, []).append(file)
    return [
        *(
            f"{_listed(files)}: {noun_of(len(names), 'column')} not used: {', '.join(names)}."
            for names, files in alike.items()
        ),
        *(
            f"{_listed(files)}: all amounts count as one currency. If {name} tells theirs, name it "
            f'in the mapping: currency = "{name}".'
            for names, files in alike.items()
            for name in names
            if _CURRENCY_COLUMN.match(name)
        ),
    ]


def _listed(files: Sequence[str]) -> str:
    named = ", ".join(files[:_MOST_FILES])
    more = len(files) - _MOST_FILES
    return f"{named} and {counted(more, 'more file')}" if more > 0 else named


def _hint(wanted: str, columns: Sequence[str], source: Source, encoding: str) -> str:
    found = misread_encoding(columns, encoding) or _other_delimiter(columns, source)
    return found or _nearest(wanted, columns)


def _other_delimiter(columns: Sequence[str], source: Source) -> str:
    """Say which delimiter cuts the one name that there is into those that are wanted."""
    if len(columns) != 1:
        return ""
    for delimiter in (";", ",", "\t", "|"):
        names = {name.strip().strip('"') for name in columns[0].split(delimiter)}
        if set(source.named_columns) <= names:
            shown = "\\t" if delimiter == "\t" else delimiter
            return f' Set delimiter = "{shown}".'
    return ""


def _nearest(wanted: str, columns: Sequence[str]) -> str:
    by_lower = {column.lower(): column for column in columns}
    found = difflib.get_close_matches(wanted.lower(), list(by_lower), n=1)
    return f" The nearest is {by_lower[found[0]]!r}." if found else ""
