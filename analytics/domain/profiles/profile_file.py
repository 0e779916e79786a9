"""A profile read: one that ships with the product, or a TOML file that may inherit from one."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from analytics.domain.profiles.profile import Action, Profile
from analytics.domain.profiles.toml_record import record_of
from analytics.errors import BadInput, UsageError

SHIPPED_PROFILES = ("saas", "retail", "telecom", "learning")


def load_profile(name_or_file: str) -> Profile:
    """Return a shipped profile by name, or one read from a TOML file.

    Raises
    ------
    UsageError
        The name is unknown, or a field is missing, unknown or out of range.
    BadInput
        The file is not TOML.
    """
    if name_or_file in SHIPPED_PROFILES:
        return parse_profile(_shipped_text(name_or_file), name=name_or_file)
    path = Path(name_or_file)
    if not path.is_file():
        raise UsageError(
            f"A profile must be one of {', '.join(SHIPPED_PROFILES)} or a TOML file. "
            f"Got {name_or_file!r}.",
            rule="profile_known",
            got=name_or_file,
        )
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadInput(
            f"A profile must be a readable UTF-8 file. Got {path.name}.",
            rule="profile_readable",
            got=path.name,
        ) from None
    return parse_profile(text, name=path.stem)


def parse_profile(text: str, *, name: str) -> Profile:
    """Read a profile from TOML text.

    With ``extends`` it inherits what it does not set from a shipped profile. Its actions, where it
    names any, are all that there are; one named like an action of the base inherits in turn.
    """
    given = _with_base(_table(text, name), name)
    listed = given.pop("actions", [])
    actions = tuple(record_of(Action, entry, f"{name}: action") for entry in listed)
    profile: Profile = record_of(Profile, {"name": name, **given}, name, actions=actions)
    return profile


def _table(text: str, name: str) -> dict[str, Any]:
    try:
        given: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(
            f"A profile must be TOML. Got {name}: {error}.", rule="profile_readable", got=name
        ) from None
    listed = given.get("actions", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise UsageError(
            f"Profile {name} must list its actions as [[actions]]. Got {listed!r}.",
            rule="profile_valid",
            got=listed,
        )
    return given


def _with_base(given: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the keys of a profile and those that it inherits."""
    if "extends" not in given:
        return given
    extended = given["extends"]
    if extended not in SHIPPED_PROFILES:
        raise UsageError(
            f"Profile {name}: extends must name a profile that ships with the product, one of "
            f"{', '.join(SHIPPED_PROFILES)}; files of your own cannot be extended. "
            f"Got {extended!r}.",
            rule="profile_valid",
            got=extended,
        )
    base = _table(_shipped_text(extended), extended)
    own = {key: value for key, value in given.items() if key != "extends"}
    known = {str(entry["name"]): entry for entry in base["actions"]}
    listed = own.get("actions", base["actions"])
    actions = [{**known.get(str(entry.get("name")), {}), **entry} for entry in listed]
    return {**base, **own, "actions": actions}


def _shipped_text(name: str) -> str:
    return (files("analytics.domain") / "profiles" / f"{name}.toml").read_text("utf-8")
