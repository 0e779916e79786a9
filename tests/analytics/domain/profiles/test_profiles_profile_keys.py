from __future__ import annotations

import tomllib
from dataclasses import fields

from analytics.domain.profiles.profile import Action, Profile
from analytics.domain.profiles.profile_file import load_profile, parse_profile
from analytics.domain.profiles.profile_keys import ACTION, TOP, profile_keys


def test_every_field_that_reads_a_profile_is_a_key_with_a_meaning() -> None:
    keys = profile_keys()
    top = [one.name for one in keys if one.place == TOP]
    assert top == ["extends", *(one.name for one in fields(Profile) if one.name != "name")]
    assert [one.name for one in keys if one.place == ACTION] == [one.name for one in fields(Action)]
    for one in keys:
        assert one.meaning.endswith("."), one.name
        assert one.kind, one.name


def test_the_examples_make_a_profile() -> None:
    lines = [one.example for one in profile_keys() if one.name != "extends"]
    made = parse_profile("\n".join(lines), name="retail")
    base = load_profile("retail")
    assert made.actions == base.actions[:1]
    assert made.margin == base.margin


def test_each_example_is_toml_of_its_key() -> None:
    for one in profile_keys():
        assert list(tomllib.loads(one.example)) == [one.name]
