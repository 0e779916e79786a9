from __future__ import annotations

import re
from dataclasses import MISSING, fields, replace
from importlib.resources import files
from pathlib import Path

import pytest

from analytics.domain.event_log.events import EVENT_CATALOGUE
from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import SHIPPED_PROFILES, load_profile, parse_profile
from analytics.errors import BadInput, UsageError

SAAS = (files("analytics.domain") / "profiles" / "saas.toml").read_text("utf-8")


def changed(line: str, new: str) -> str:
    """Return the saas profile with one line replaced."""
    assert SAAS.count(line) >= 1, line
    return SAAS.replace(line, new, 1)


def refusal(text: str) -> UsageError:
    with pytest.raises(UsageError) as found:
        parse_profile(text, name="mine")
    assert found.value.exit_code == 2
    assert found.value.rule == "profile_valid"
    assert re.fullmatch(r"[^\n]+ Got [^\n]+\.", found.value.message)
    return found.value


@pytest.mark.parametrize("name", SHIPPED_PROFILES)
def test_a_shipped_profile_loads_and_makes_sense(name: str) -> None:
    profile = load_profile(name)
    assert profile.name == name
    assert profile.title
    assert profile.actions
    assert len({one.name for one in profile.actions}) == len(profile.actions)
    assert "none" not in {one.name for one in profile.actions}, "none is the name of no action"
    assert set(profile.meaningful_events) <= set(EVENT_CATALOGUE)
    assert 0 < profile.holdout_share <= 0.2
    assert re.fullmatch(r"[A-Z]{3}", profile.currency)
    for action in profile.actions:
        assert 0 < action.assumed_save_rate < 1
        assert action.description.endswith(".")


def test_no_two_shipped_profiles_are_the_same() -> None:
    assert len({load_profile(name).title for name in SHIPPED_PROFILES}) == len(SHIPPED_PROFILES)


def test_a_file_of_ones_own_is_read_and_named_after_itself(tmp_path: Path) -> None:
    path = tmp_path / "club.toml"
    path.write_text(changed('title = "Software subscription"', 'title = "Club"'), "utf-8")
    profile = load_profile(str(path))
    assert (profile.name, profile.title) == ("club", "Club")


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"one of saas, .* Got 'sass'") as found:
        load_profile("sass")
    assert found.value.exit_code == 2


def test_a_file_that_is_no_text_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('title = "Café"'.encode("latin-1"))
    with pytest.raises(BadInput, match=r"UTF-8 file\. Got latin\.toml") as found:
        load_profile(str(path))
    assert found.value.rule == "profile_readable"


def test_a_file_that_is_no_toml_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("title = [", "utf-8")
    with pytest.raises(BadInput, match=r"must be TOML\. Got bad") as found:
        load_profile(str(path))
    assert found.value.exit_code == 3


@pytest.mark.parametrize(
    ("line", "new", "named"),
    [
        ("horizon_min_days = 28", "horizon_min_days = 6", "horizon_min_days"),
        ("horizon_min_days = 28", "horizon_min_days = 366", "horizon_min_days"),
        ("horizon_max_days = 112", "horizon_max_days = 27", "horizon_max_days"),
        ("active_within_days = 180", "active_within_days = 0", "active_within_days"),
        ("gap_days = 7", "gap_days = 61", "gap_days"),
        ("gap_days = 7", "gap_days = -1", "gap_days"),
        ("silence_probability = 0.005", "silence_probability = 0.0", "silence_probability"),
        ("silence_probability = 0.005", "silence_probability = 0.5", "silence_probability"),
        ("margin = 0.8", "margin = 1.2", "margin"),
        ("margin = 0.8", "margin = nan", "margin"),
        ("holdout_share = 0.1", "holdout_share = 0.6", "holdout_share"),
        ('value_model = "subscription"', 'value_model = "barter"', "value_model"),
        ('label = "silent"', 'label = "loud"', "label"),
        ("gap_days = 7", "gap_dayz = 7", "gap_dayz"),
        ("team = ", "tema = ", "tema"),
    ],
)
def test_a_bad_field_is_refused_by_name_in_one_sentence(line: str, new: str, named: str) -> None:
    assert named in refusal(changed(line, new)).message


@pytest.mark.parametrize(
    "line",
    ["gap_days = 7", "margin = 0.8", 'currency = "EUR"', "save_alpha = 3.0", 'label = "silent"'],
)
def test_a_field_left_out_is_named(line: str) -> None:
    assert f"must set {line.split()[0]}" in refusal(changed(line, "")).message


def test_a_profile_without_activity_means_nothing() -> None:
    line = next(one for one in SAAS.splitlines() if one.startswith("meaningful_events"))
    assert "at least one event type" in refusal(changed(line, "meaningful_events = []")).message


@pytest.mark.parametrize(
    ("line", "new"),
    [
        ("gap_days = 7", 'gap_days = "seven"'),
        ("margin = 0.8", 'margin = "0.8"'),
        ("horizon_min_days = 28", "horizon_min_days = [28]"),
        ("save_alpha = 3.0", 'save_alpha = "three"'),
        ("contact_cost = 18.0", 'contact_cost = "cheap"'),
        (
            'meaningful_events = ["session", "login", "feature_use", "data_export"]',
            "meaningful_events = 5",
        ),
        ('themes = ["friction", "voice"]', "themes = 5"),
        ("default_monthly_value = 100.0", 'default_monthly_value = "much"'),
        ("origin_step_days = 28", 'origin_step_days = "monthly"'),
        ("origin_step_days = 28", "origin_step_days = 0"),
        ('name = "success_call"', 'name = "none"'),
        ("gap_days = 7", "gap_days = true"),
        ("save_alpha = 3.0", "save_alpha = 0.0"),
        ("save_beta = 17.0", "save_beta = -17.0"),
        ("discount_rate_annual = 0.1", "discount_rate_annual = -1.0"),
        ("default_monthly_value = 100.0", "default_monthly_value = nan"),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused_in_one_sentence(line: str, new: str) -> None:
    refusal(changed(line, new))


@pytest.mark.parametrize("actions", ["[actions]\nname = 'call'\n", "", "[[actions]]\n"])
def test_actions_are_a_list_of_whole_records(actions: str) -> None:
    refusal(SAAS.split("[[actions]]")[0] + actions)


def test_every_field_of_a_profile_that_must_be_set_is_set_in_a_shipped_file() -> None:
    given = {line.split(" = ")[0] for line in SAAS.splitlines() if " = " in line}
    must = {one.name for one in fields(Profile) if one.default is MISSING}
    wanted = must - {"name", "actions"}
    assert wanted <= given


def test_a_profile_may_set_two_keys_and_inherit_the_rest() -> None:
    base = load_profile("retail")
    made = parse_profile('extends = "retail"\ncurrency = "EUR"\nmargin = 0.45', name="club")
    assert made == replace(base, name="club", currency="EUR", margin=0.45)


def test_an_action_named_like_one_of_the_base_inherits_what_it_does_not_set() -> None:
    text = 'extends = "retail"\n[[actions]]\nname = "voucher"\noffer_cost = 5'
    (voucher,) = parse_profile(text, name="club").actions
    base = next(one for one in load_profile("retail").actions if one.name == "voucher")
    assert voucher == replace(base, offer_cost=5.0)


@pytest.mark.parametrize(
    "text",
    [
        'extends = "shop"',
        'extends = "club.toml"',
        'extends = "club"',
        "extends = 3",
        'extends = ["retail"]',
        'extends = "retail"\nextra = 1',
        'extends = "retail"\nactions = []',
        'extends = "retail"\n[[actions]]\nname = "gift"',
        'extends = "retail"\nmargin = 2',
    ],
)
def test_what_cannot_be_inherited_is_refused_in_a_sentence(text: str) -> None:
    refusal(text)


def test_a_chain_of_own_profiles_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('extends = "retail"', "utf-8")
    (tmp_path / "b.toml").write_text('extends = "a.toml"', "utf-8")
    with pytest.raises(UsageError, match=r"files of your own cannot be extended\. Got 'a\.toml'"):
        load_profile(str(tmp_path / "b.toml"))


@pytest.mark.parametrize(
    ("theme", "hint"),
    [("frictoin", "; friction may be meant"), ("regularity", "; recency may be meant"), ("x", "")],
)
def test_an_action_may_only_answer_themes_that_reasons_have(theme: str, hint: str) -> None:
    (call, *_) = load_profile("saas").actions
    with pytest.raises(UsageError) as refused:
        replace(call, themes=("voice", theme))
    assert str(refused.value) == (
        f"themes of the action {call.name} must be of recency, activity, trend, value, friction, "
        f"voice, commercial, tenure. Got {theme!r}{hint}."
    )


def test_no_shipped_profile_names_a_zone_so_that_of_the_data_counts() -> None:
    assert {load_profile(one).zone for one in SHIPPED_PROFILES} == {""}
    assert load_profile("retail").zone_of_days == "UTC"


def test_a_profile_may_name_the_zone_of_its_days() -> None:
    made = parse_profile('extends = "retail"\nzone = "Europe/Berlin"', name="club")
    assert made == replace(load_profile("retail"), name="club", zone="Europe/Berlin")
    assert made.zone_of_days == "Europe/Berlin"


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("Europe/Berln", "; Europe/Berlin may be meant"),
        ("europe/berlin", "; Europe/Berlin may be meant"),
        ("localtime", ""),
        ("UTC'); DROP TABLE x", ""),
    ],
)
def test_an_unknown_zone_is_refused_by_name(zone: str, meant: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_profile(f'extends = "retail"\nzone = "{zone}"', name="club")
    assert refused.value.message == (
        "zone must be a name of the time zone database such as Europe/Berlin or UTC. "
        f"Got {zone!r}{meant}."
    )
