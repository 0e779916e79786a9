"""Finds and reads mapping files, and says in one sentence what is wrong with one."""

from __future__ import annotations

import codecs
import difflib
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from analytics.domain.event_log.local_days import is_zone
from analytics.errors import BadInput, UsageError
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_columns import ColumnSpec, Condition
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.values.time_formats import time_format

SHIPPED_MAPPINGS = (
    "cdnow_master",
    "cdnow_sample",
    "online_retail",
    "oulad",
    "ravenstack",
    "simulated",
    "simulated_cdnow",
)


def load_mapping(name_or_file: str) -> Mapping:
    """Return a shipped mapping by name, or one read from a TOML file.

    Raises
    ------
    UsageError
        The name is unknown, or the mapping does not follow the schema of
        `analytics.etl.mappings.mapping`.
    BadInput
        The file is not TOML.
    """
    if name_or_file in SHIPPED_MAPPINGS:
        shipped = files("analytics.etl") / "mappings" / f"{name_or_file}.toml"
        return parse_mapping(shipped.read_text("utf-8"), name=name_or_file)
    path = Path(name_or_file)
    if not path.is_file():
        nearest = difflib.get_close_matches(name_or_file, SHIPPED_MAPPINGS, n=1, cutoff=0.5)
        hint = f" Did you mean {nearest[0]}?" if nearest else ""
        raise UsageError(
            f"A mapping must be one of {', '.join(SHIPPED_MAPPINGS)} or a TOML file. "
            f"Got {name_or_file!r}.{hint}",
            rule="mapping_known",
            got=name_or_file,
        )
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(path.name, "text that is not UTF-8") from None
    return parse_mapping(text, name=path.stem)


def parse_mapping(text: str, *, name: str) -> Mapping:
    """Read a mapping from TOML text.

    Raises
    ------
    UsageError, BadInput
        As `load_mapping`.
    """
    try:
        given: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(name, str(error).rstrip(".")) from None
    try:
        mapping = Mapping.model_validate({"title": name, **given, "name": name})
    except ValidationError as error:
        raise _sentence(name, given, error.errors()[0]) from None
    _check_zones(mapping)
    for source in mapping.source:
        _check_encoding(mapping, source)
        _check_patterns(mapping, source)
        _check_formats(mapping, source)
    return mapping


def _unreadable(name: str, got: str) -> BadInput:
    return BadInput(f"A mapping must be TOML. Got {name}: {got}.", rule="mapping_readable", got=got)


def _sentence(name: str, given: dict[str, Any], first: ErrorDetails) -> UsageError:
    """Say where the mapping goes wrong, with the names a person wrote."""
    place = _place(given, first["loc"])
    if first["type"] == "extra_forbidden":
        wrong = str(first["loc"][-1])
        message = f"Got the unknown key {wrong!r}.{_nearest_key(wrong, _part(first['loc']))}"
        got: object = wrong
    elif first["type"] == "value_error":
        message = f"{_capital(str(first['ctx']['error']))}."
        got = place
    else:
        got = first.get("input")
        message = f"{first['msg'].rstrip('.')}. Got {got!r:.80}."
    where = f" {place}:" if place else ""
    return UsageError(
        f"Mapping {name}:{where} {message}".replace("\n", " "), rule="mapping_valid", got=got
    )


def _place(given: dict[str, Any], location: tuple[int | str, ...]) -> str:
    """Return "source orders, columns, value" for the path of an error."""
    parts = [str(step) for step in location]
    if parts[:1] == ["source"] and len(location) > 1 and isinstance(location[1], int):
        entry = given["source"][location[1]]
        known = entry.get("name") if isinstance(entry, dict) else None
        parts[:2] = [f"source {known or location[1] + 1}"]
    return ", ".join(part for part in parts if not part.startswith("function-"))


def _part(location: tuple[int | str, ...]) -> type[BaseModel]:
    if {"when", "filter"} & set(location):
        return Condition
    if "columns" in location:
        return ColumnSpec
    return Source if "source" in location else Mapping


def _nearest_key(wrong: str, model: type[BaseModel]) -> str:
    known = [model_field.alias or name for name, model_field in model.model_fields.items()]
    nearest = difflib.get_close_matches(wrong, known, n=1)
    return f" Did you mean {nearest[0]}?" if nearest else f" Known are {', '.join(known)}."


def _capital(text: str) -> str:
    return text.rstrip(".")[:1].upper() + text.rstrip(".")[1:]


def _check_zones(mapping: Mapping) -> None:
    zones = [mapping.zone]
    zones += [spec.zone for entry in mapping.source for spec in entry.columns.values() if spec.zone]
    for zone in zones:
        if not is_zone(zone):
            raise UsageError(
                f"Mapping {mapping.name}: a zone must be a name such as Europe/Berlin or UTC. "
                f"Got {zone!r}.",
                rule="mapping_valid",
                got=zone,
            )


def _check_encoding(mapping: Mapping, source: Source) -> None:
    try:
        codecs.getincrementaldecoder(source.encoding)("strict").decode(b"", final=True).encode()
    except (LookupError, AttributeError, UnicodeError, ValueError, TypeError):
        raise UsageError(
            f"Mapping {mapping.name}: source {source.name}: encoding must be a text encoding such "
            f"as utf-8 or cp1252. Got {source.encoding!r}.",
            rule="mapping_valid",
            got=source.encoding,
        ) from None


def _check_patterns(mapping: Mapping, source: Source) -> None:
    """Try each regular expression of a source on nothing, so that a wrong one is found here."""
    for condition in source.conditions:
        if condition.operator != "matches":
            continue
        try:
            pc.match_substring_regex(pa.array([""]), str(condition.value))
        except pa.ArrowInvalid:
            raise UsageError(
                f"Mapping {mapping.name}: source {source.name}: 'matches' needs a regular "
                f"expression. Got {condition.value!r}.",
                rule="mapping_valid",
                got=condition.value,
            ) from None


def _check_formats(mapping: Mapping, source: Source) -> None:
    """Find a time format that is none here, not in every row."""
    for name, spec in source.columns.items():
        if spec.format == "iso":
            continue
        try:
            time_format(spec.format)
        except ValueError as error:
            raise UsageError(
                f"Mapping {mapping.name}: source {source.name}, columns, {name}: "
                f"{_capital(str(error))}.",
                rule="mapping_valid",
                got=spec.format,
            ) from None
