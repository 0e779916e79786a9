"""Records read from TOML: every field by its annotation, and one sentence for what does not fit."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from analytics.errors import UsageError

#: What a value of each annotation is called.
FORMS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "tuple[str, ...]": "a list of texts",
}


def record_of(kind: type, given: dict[str, Any], where: str, **made: Any) -> Any:
    """Make a record of what a file gives, with the parts already made; fields may have defaults."""
    wanted = {
        declared.name: str(declared.type) for declared in fields(kind) if declared.name not in made
    }
    if extra := sorted(set(given) - set(wanted)):
        raise UsageError(
            f"Profile {where} may only use {', '.join(sorted(wanted))}. Got {extra[0]!r}.",
            rule="profile_valid",
            got=extra[0],
        )
    optional = {declared.name for declared in fields(kind) if declared.default is not MISSING}
    if missing := sorted(set(wanted) - set(given) - optional):
        raise UsageError(
            f"Profile {where} must set {missing[0]}, or inherit it by extends. Got nothing.",
            rule="profile_valid",
            got=missing[0],
        )
    typed = {
        name: _typed(given[name], form, f"{where}: {name}")
        for name, form in wanted.items()
        if name in given
    }
    return kind(**typed, **made)


def _typed(value: Any, form: str, where: str) -> Any:
    """Return a TOML value as the record's field has it; `form` is the field's annotation."""
    if form == "str" and isinstance(value, str):
        return value
    if form == "int" and type(value) is int:
        return value
    if form == "float" and type(value) in {int, float}:
        return float(value)
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if form.startswith("tuple") and texts:
        return tuple(value)
    raise UsageError(
        f"Profile {where} must be {FORMS[form]}. Got {value!r}.", rule="profile_valid", got=value
    )
