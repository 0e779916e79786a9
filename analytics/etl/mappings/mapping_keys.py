"""Every key of a mapping: where it stands, what it may be and what it means."""

from __future__ import annotations

import json
from collections.abc import Mapping as Lookup
from typing import Any

from pydantic import BaseModel

from analytics.domain.event_log.contract import LANDED_TABLES
from analytics.domain.profiles.documented_key import NOT_SET, Key, described
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_columns import Choice, ColumnSpec, Condition, Refusal
from analytics.etl.mappings.mapping_source import Source

#: The records that read a mapping, in the order of a file, with where their keys stand.
PLACES: Lookup[type[BaseModel], str] = {
    Mapping: "top of the file",
    Source: "[[source]]",
    ColumnSpec: "a landed column",
    Condition: "a condition",
    Choice: "an entry of rules",
    Refusal: "an entry of refuse",
}

#: Not written by people: taken from the file's name.
_NOT_WRITTEN = {(Mapping, "name")}
_SIMPLE = {
    "string": "text", "boolean": "true or false", "integer": "whole number", "number": "number",
    "object": "table", "array": "list",
}  # fmt: skip


def mapping_keys() -> tuple[Key, ...]:
    """Return every key that a mapping may hold, then the landed columns of each table."""
    return (*(key for record in PLACES for key in _keys_of(record)), *_landed_columns())


def _keys_of(record: type[BaseModel]) -> list[Key]:
    schema = record.model_json_schema(by_alias=True)
    said = described(record)
    return [
        Key(
            place=PLACES[record],
            name=field.alias or name,
            kind=_kind(schema["properties"][field.alias or name], schema),
            default=_default(record, name),
            meaning=said[name][0],
            example=said[name][1],
        )
        for name, field in record.model_fields.items()
        if (record, name) not in _NOT_WRITTEN
    ]


def _default(record: type[BaseModel], name: str) -> str:
    field = record.model_fields[name]
    if (record, name) == (Mapping, "title"):
        return "the file's name"
    if field.is_required():
        return ""
    default = field.get_default(call_default_factory=True)
    return NOT_SET if default in (None, (), {}, "") else json.dumps(default)


def _landed_columns() -> list[Key]:
    """Return the columns that ``[source.columns]`` may make."""
    made_by_ingest = {"attributes", "properties", "signed_up_by"}
    return [
        Key(
            place=f"[source.columns] of {table.name}",
            name=column.name,
            kind=f"source column, or a table of keys; lands as a {column.type.value}",
            default="" if column.required else NOT_SET,
            meaning=column.meaning,
            example=f'{column.name} = "a column"',
        )
        for table in LANDED_TABLES
        for column in table.columns
        if column.name not in made_by_ingest
    ]


def _kind(part: Lookup[str, Any], schema: Lookup[str, Any]) -> str:
    """Say in words what a part of a JSON schema allows."""
    if "$ref" in part:
        return "table"
    if "enum" in part:
        return "one of " + ", ".join(str(value) for value in part["enum"])
    if "const" in part:
        return f'"{part["const"]}"'
    if "anyOf" in part:
        kinds = (_kind(choice, schema) for choice in part["anyOf"] if choice.get("type") != "null")
        return " or ".join(dict.fromkeys(kinds))
    kind = _SIMPLE.get(str(part.get("type")), "value")
    if kind == "list" and "items" in part:
        return f"list of {_plural(_kind(part['items'], schema))}"
    return kind + _range(part)


def _plural(kind: str) -> str:
    return kind if " " in kind else f"{kind}s"


def _range(part: Lookup[str, Any]) -> str:
    low, high = part.get("minimum"), part.get("maximum")
    if low is not None and high is not None:
        return f", {low:g} to {high:g}"
    if part.get("minLength") == 1 and part.get("maxLength") == 1:
        return " of one character"
    return "" if low is None else f", at least {low:g}"
