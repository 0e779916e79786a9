"""Every key of a profile: where it stands, what it may be and what it means."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields

from analytics.domain.profiles.documented_key import NOT_SET, Key, described
from analytics.domain.profiles.profile import (
    ACTION_RANGES,
    PROFILE_RANGES,
    PROFILE_WORDS,
    Action,
    Profile,
)
from analytics.domain.profiles.profile_file import SHIPPED_PROFILES, load_profile
from analytics.domain.profiles.toml_record import FORMS

#: The profile whose values are the examples.
EXAMPLE_PROFILE = "retail"
TOP, ACTION = "top of the file", "[[actions]]"

_NOT_WRITTEN = {(Profile, "name")}
_RANGES = {name: (low, high) for name, low, high in (*PROFILE_RANGES, *ACTION_RANGES)}


def profile_keys() -> tuple[Key, ...]:
    """Return every key that a profile may hold, those of an action last."""
    example = load_profile(EXAMPLE_PROFILE)
    extends = Key(
        TOP,
        "extends",
        f"one of {', '.join(SHIPPED_PROFILES)}",
        "nothing is inherited",
        "Shipped profile that gives every key which this one does not set.",
        f'extends = "{EXAMPLE_PROFILE}"',
    )
    return (
        extends,
        *_keys_of(Profile, TOP, example),
        *_keys_of(Action, ACTION, example.actions[0]),
    )


def _keys_of(record: type[Profile | Action], place: str, example: Profile | Action) -> list[Key]:
    said = described(record)
    return [
        Key(
            place,
            declared.name,
            _kind(record, declared.name, str(declared.type)),
            _default(declared.default),
            said[declared.name][0],
            said[declared.name][1] or _example(declared.name, getattr(example, declared.name)),
        )
        for declared in fields(record)
        if (record, declared.name) not in _NOT_WRITTEN
    ]


def _kind(record: type[Profile | Action], name: str, annotation: str) -> str:
    if record is Profile and name in PROFILE_WORDS:
        return f"one of {', '.join(PROFILE_WORDS[name])}"
    kind = FORMS.get(annotation, "a list of tables").removeprefix("a ")
    low, high = _RANGES.get(name, (None, None))
    return kind if low is None else f"{kind}, {low:g} to {high:,g}"


def _default(value: object) -> str:
    if value is MISSING:
        return ""
    return NOT_SET if value == "" else json.dumps(value)


def _example(name: str, value: object) -> str:
    if name == "actions":
        return "[[actions]]"
    return f"{name} = {json.dumps(value)}"
