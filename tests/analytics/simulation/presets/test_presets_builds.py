"""The builds by name, and what is refused."""

from __future__ import annotations

import pytest

from analytics.errors import UsageError
from analytics.simulation.presets.builds import BUILDS, built
from analytics.simulation.presets.preset import SAAS


def test_a_build_keeps_the_name_of_its_preset_whose_profile_fits_it() -> None:
    preset = built("saas", "abrupt")
    assert preset.name == "saas"
    assert (preset.full_name, SAAS.full_name) == ("saas-abrupt", "saas")
    assert preset.full_title.startswith(f"{SAAS.title}: ")


def test_every_build_says_in_words_what_sets_it_apart() -> None:
    assert all(preset.build.title for preset in BUILDS.values())
    assert len({preset.build.title for preset in BUILDS.values()}) == len(BUILDS)


def test_an_unknown_build_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"must be one of abrupt.*Got 'sudden'"):
        built("saas", "sudden")


def test_only_saas_has_builds() -> None:
    with pytest.raises(UsageError, match=r"needs --preset saas\. Got 'retail'"):
        built("retail", "abrupt")
