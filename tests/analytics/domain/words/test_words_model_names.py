"""One name a model, whoever speaks of it."""

from __future__ import annotations

from analytics.domain.words.model_names import MODEL_LABELS, model_label
from analytics.modelling.models.estimators import LADDER, NOVELTY_NAME


def test_every_model_of_the_ladder_has_a_name_and_no_other_has() -> None:
    assert set(MODEL_LABELS) == {*(one.name for one in LADDER), NOVELTY_NAME}
    assert len(set(MODEL_LABELS.values())) == len(MODEL_LABELS)


def test_a_model_of_another_version_is_called_by_its_own_name() -> None:
    assert model_label("random_forest") == "Random forest"
    assert model_label("deep_network") == "Deep network"
