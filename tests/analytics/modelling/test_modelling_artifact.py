from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import joblib
import numpy as np
import pytest
import skops.io
from sklearn.cluster import KMeans
from sklearn.pipeline import Pipeline

from analytics.errors import CorruptRun
from analytics.modelling.artifact import (
    ALLOWED_TYPES,
    CARD_FILE,
    CHECKSUMS_FILE,
    MODEL_FILE,
    load_model,
    save_model,
    verify_model,
    write_handoff,
)
from analytics.modelling.log_odds import log_odds
from analytics.modelling.models.calibrated import Calibrated, apply_calibrator
from analytics.modelling.models.estimators import NOVELTY_COLUMNS
from analytics.modelling.observing.observations import Observations
from analytics.modelling.signed_log import SignedLog

ROOT = Path(__file__).parents[3]
CARD = {"champion": "logistic_regression", "trained_on": 600}


@pytest.fixture(scope="module")
def saved(
    tmp_path_factory: pytest.TempPathFactory, fitted: dict[str, Calibrated], novelty: Pipeline
) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "model"
    save_model(folder, fitted["recency"], novelty, CARD)
    return folder


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """A model of one's own to spoil."""
    return Path(shutil.copytree(saved, tmp_path / "model"))


def reseal(folder: Path, held: object) -> None:
    """Put another object into the model file and make its card agree."""
    skops.io.dump(held, folder / MODEL_FILE)
    card = json.loads((folder / CARD_FILE).read_text())
    card["sha256"] = hashlib.sha256((folder / MODEL_FILE).read_bytes()).hexdigest()
    (folder / CARD_FILE).write_text(json.dumps(card))


def refusal(folder: Path) -> CorruptRun:
    with pytest.raises(CorruptRun) as found:
        load_model(folder)
    assert found.value.exit_code == 3
    assert "Got " in found.value.message
    return found.value


@pytest.mark.parametrize("name", ["recency", "logistic_regression", "random_forest"])
def test_a_model_predicts_the_same_after_a_round_trip(
    tmp_path: Path,
    fitted: dict[str, Calibrated],
    novelty: Pipeline,
    world: Observations,
    name: str,
) -> None:
    save_model(tmp_path, fitted[name], novelty, CARD)
    loaded = load_model(tmp_path)
    assert loaded.champion.name == name
    assert loaded.champion.columns == fitted[name].columns
    # The threads of a forest add its trees up in any order, so its last digit is free.
    assert loaded.champion.predict(world.table) == pytest.approx(
        fitted[name].predict(world.table), rel=0 if name != "random_forest" else 1e-12, abs=0
    )
    seen = world.table[list(NOVELTY_COLUMNS)].to_numpy()
    assert (loaded.novelty.predict(seen) == novelty.predict(seen)).all()
    assert loaded.card["trained_on"] == 600
    assert len(loaded.card["sha256"]) == 64


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.999])
def test_one_flipped_byte_is_refused(folder: Path, share: float) -> None:
    content = bytearray((folder / MODEL_FILE).read_bytes())
    content[int(share * len(content))] ^= 1
    (folder / MODEL_FILE).write_bytes(bytes(content))
    assert refusal(folder).rule == "model_checksum"


@pytest.mark.parametrize("missing", [MODEL_FILE, CARD_FILE])
def test_a_missing_file_is_refused(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    assert refusal(folder).rule == "model_present"


@pytest.mark.parametrize("content", ["", "{", "\ufffd"])
def test_a_card_that_cannot_be_read_is_refused(folder: Path, content: str) -> None:
    (folder / CARD_FILE).write_text(content)
    assert refusal(folder).rule == "model_present"


@pytest.mark.parametrize("content", ["[]", "{}", "null", '"text"'])
def test_a_card_without_a_checksum_is_refused(folder: Path, content: str) -> None:
    (folder / CARD_FILE).write_text(content)
    assert refusal(folder).rule in {"model_present", "model_checksum"}


class Stranger:
    """A type of nobody's allow-list."""

    def __init__(self) -> None:
        self.value = 1


def test_a_foreign_type_is_refused_by_name_although_the_card_agrees(folder: Path) -> None:
    reseal(folder, {"name": "recency", "columns": [], "pipeline": Stranger()})
    found = refusal(folder)
    assert found.rule == "model_types"
    assert "Stranger" in found.message


def test_a_file_that_is_no_model_is_refused_although_the_card_agrees(folder: Path) -> None:
    (folder / MODEL_FILE).write_bytes(b"not a zip file")
    card = json.loads((folder / CARD_FILE).read_text())
    card["sha256"] = hashlib.sha256(b"not a zip file").hexdigest()
    (folder / CARD_FILE).write_text(json.dumps(card))
    refusal(folder)


@pytest.mark.parametrize("held", [{"name": "recency"}, [1, 2], KMeans()])
def test_a_file_that_holds_something_else_is_refused_although_the_card_agrees(
    folder: Path, held: object
) -> None:
    reseal(folder, held)
    refusal(folder)


def test_a_feature_that_this_version_does_not_have_is_refused(
    tmp_path: Path, fitted: dict[str, Calibrated], novelty: Pipeline
) -> None:
    columns = (*fitted["recency"].columns, "mood_of_the_moon")
    save_model(tmp_path, replace(fitted["recency"], columns=columns), novelty, CARD)
    found = refusal(tmp_path)
    assert found.rule == "model_features"
    assert "mood_of_the_moon" in found.message


def test_the_allow_list_is_short_and_names_no_callables() -> None:
    assert isinstance(ALLOWED_TYPES, tuple)
    assert len(ALLOWED_TYPES) <= 7
    assert not any(
        re.search(r"builtins|os\.|subprocess|operator|functools", one) for one in ALLOWED_TYPES
    )


def test_the_hand_off_holds_plain_objects_that_score_as_the_product_does(
    tmp_path: Path, fitted: dict[str, Calibrated], world: Observations
) -> None:
    path = tmp_path / "out" / "model.pkl"
    write_handoff(path, fitted["logistic_regression"], CARD)
    held = joblib.load(path)
    assert set(held) == {"columns", "pipeline", "calibrator", "card", "how_to_use"}
    assert not list(path.parent.glob("*.partial"))
    raw = log_odds(held["pipeline"].predict_proba(world.table[held["columns"]].to_numpy())[:, 1])
    expected = fitted["logistic_regression"].predict(world.table)
    assert (apply_calibrator(held["calibrator"], raw) == expected).all()


def test_nothing_in_the_product_loads_what_could_run_code() -> None:
    forbidden = re.compile(
        r"\bpickle\.loads?\(|\bjoblib\.load\(|\byaml\.(?:unsafe_)?load\(|(?<![\w.])(?:eval|exec)\("
        r"|\bimport c?pickle\b|\bmarshal\.loads?\(|\bnp\.load\(|\bread_pickle\("
    )
    sources = [*ROOT.glob("analytics/**/*.py"), *ROOT.glob("webapp/**/*.py"), ROOT / "wsgi.py"]
    assert len(sources) > 100
    assert forbidden.search("x = joblib.load(path)")
    assert forbidden.search("eval(text)")
    assert not [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if forbidden.search(line)
    ]


def test_the_signed_log_keeps_sign_and_order_and_learns_nothing() -> None:
    values = np.array([[-100.0], [-1.0], [0.0], [1.0], [100.0]])
    tamed = SignedLog().fit(values * 7).transform(values)
    assert (np.sign(tamed) == np.sign(values)).all()
    assert (np.diff(tamed[:, 0]) > 0).all()
    assert tamed[-1, 0] == np.log1p(100) == -tamed[0, 0]
    assert vars(SignedLog().fit(values)) == {"n_features_in_": 1}


@pytest.mark.parametrize("name", [MODEL_FILE, CARD_FILE, CHECKSUMS_FILE])
def test_a_flipped_bit_in_any_file_of_a_model_is_found(folder: Path, name: str) -> None:
    verify_model(folder)
    good = (folder / name).read_bytes()
    for share in (0.0, 0.3, 0.7, 0.999):
        flipped = bytearray(good)
        flipped[int(share * len(good))] ^= 0x20
        (folder / name).write_bytes(flipped)
        with pytest.raises(CorruptRun, match="another checksum"):
            verify_model(folder)
    (folder / name).write_bytes(good)
    verify_model(folder)
