"""Saved models: skops files with a checksum, loaded only against a constant allow-list."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import joblib
import skops.io
from sklearn.pipeline import Pipeline

from analytics.errors import CorruptRun
from analytics.features.registry import FEATURE_NAMES
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.observing.stacked import STACKED_COLUMNS
from analytics.private_files import make_private_folder
from analytics.written_file import written_file

MODEL_FILE = "model.skops"
CARD_FILE = "model_card.json"
CHECKSUMS_FILE = "checksums.sha256"
HANDOFF_FILE = "customer_frustration_analysis_model.pkl"

#: Types a model file may hold besides those that skops trusts itself. A constant on purpose: a
#: list read from the file would let the file decide. A file names types by their modules, so that
#: those of ours stay where they are: moved, the models of former runs could not be loaded.
ALLOWED_TYPES = (
    "analytics.modelling.exits.ExitLogistic",
    "analytics.modelling.exits.MeanOfModels",
    "analytics.modelling.hazard.WeeklyHazard",
    "analytics.modelling.signed_log.SignedLog",
    "numpy.dtype",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.tree._tree.Tree",
)
HELD = frozenset({"name", "columns", "pipeline", "calibrator", "novelty"})


@dataclass(frozen=True)
class SavedModel:
    """What a model file holds."""

    champion: Calibrated
    novelty: Pipeline
    card: Mapping[str, Any]


def save_model(folder: Path, champion: Calibrated, novelty: Pipeline, card: dict[str, Any]) -> None:
    """Write the model file and its card, with the file's checksum in the card."""
    make_private_folder(folder)
    held = {
        "name": champion.name,
        "columns": list(champion.columns),
        "pipeline": champion.pipeline,
        "calibrator": champion.calibrator,
        "novelty": novelty,
    }
    skops.io.dump(held, folder / MODEL_FILE)
    full = {**card, "model_file": MODEL_FILE, "sha256": _sha256(folder / MODEL_FILE)}
    (folder / CARD_FILE).write_text(json.dumps(full, indent=2, sort_keys=True) + "\n", "utf-8")
    (folder / CHECKSUMS_FILE).write_text(_checksums(folder), "utf-8")


def verify_model(folder: Path) -> None:
    """Compare every byte of a model's folder with the checksums that were written with it.

    Raises
    ------
    CorruptRun
        A file is missing or has changed. A folder of a former version has no checksums but the
        one in its card.
    """
    if not (folder / CHECKSUMS_FILE).exists():
        _read_card(folder)
        return
    try:
        is_whole = (folder / CHECKSUMS_FILE).read_bytes() == _checksums(folder).encode()
    except OSError:
        is_whole = False
    if not is_whole:
        raise CorruptRun(
            f"The files of the model {folder.name} must be those that were written. Got another "
            "checksum.",
            rule="model_checksum",
            got=folder.name,
        )


def _checksums(folder: Path) -> str:
    """Return the checksums of the model and its card, in the form of `sha256sum`."""
    return "".join(f"{_sha256(folder / name)}  {name}\n" for name in (CARD_FILE, MODEL_FILE))


def load_model(folder: Path, *, features: Collection[str] = FEATURE_NAMES) -> SavedModel:
    """Load a saved model.

    Parameters
    ----------
    features
        Names of the features there are; a model of others is refused.

    Raises
    ------
    CorruptRun
        The file is missing or unreadable, does not match its checksum, holds a type that is not
        allowed, or was made from features that this version does not have.
    """
    card = _read_card(folder)
    held = _read_held(folder / MODEL_FILE)
    if unknown := sorted(set(held["columns"]) - set(features) - set(STACKED_COLUMNS)):
        raise CorruptRun(
            f"A model's features must be in the registry. Got {unknown[0]}.",
            rule="model_features",
            got=unknown[0],
        )
    champion = Calibrated(
        held["name"], tuple(held["columns"]), held["pipeline"], held["calibrator"]
    )
    return SavedModel(champion, held["novelty"], card)


def _read_card(folder: Path) -> dict[str, Any]:
    """Return the card of a model file that matches its checksum."""
    try:
        card = json.loads((folder / CARD_FILE).read_text("utf-8"))
        found = _sha256(folder / MODEL_FILE)
    except (OSError, ValueError):
        card = None
    if not isinstance(card, dict):
        raise CorruptRun(
            f"A model folder must hold {MODEL_FILE} and {CARD_FILE}. Got {folder.name} without.",
            rule="model_present",
            got=folder.name,
        )
    if found != card.get("sha256"):
        raise CorruptRun(
            f"The model file must match the checksum in its card. Got {found[:12]}.",
            rule="model_checksum",
            got=found,
        )
    return card


def _read_held(path: Path) -> dict[str, Any]:
    """Return what the file holds, once every type in it is known."""
    try:
        foreign = sorted(set(skops.io.get_untrusted_types(file=path)) - set(ALLOWED_TYPES))
    except (BadZipFile, LookupError, ValueError, TypeError):
        raise CorruptRun(
            f"A model file must be a skops file. Got {path.name}.",
            rule="model_readable",
            got=path.name,
        ) from None
    if foreign:
        raise CorruptRun(
            f"A model file may hold only known types. Got {foreign[0]}.",
            rule="model_types",
            got=foreign[0],
        )
    held = skops.io.load(path, trusted=list(ALLOWED_TYPES))
    if not isinstance(held, dict) or set(held) != HELD:
        raise CorruptRun(
            f"A model file must hold {', '.join(sorted(HELD))}. Got {type(held).__name__}.",
            rule="model_readable",
            got=type(held).__name__,
        )
    return held


def write_handoff(path: Path, champion: Calibrated, card: dict[str, Any]) -> None:
    """Write the hand-off file for other tools; the product itself never loads it.

    It holds plain scikit-learn objects and the order of the columns.
    """
    held = {
        "columns": list(champion.columns),
        "pipeline": champion.pipeline,
        "calibrator": champion.calibrator,
        "card": card,
        "how_to_use": "Log-odds of pipeline.predict_proba(x)[:, 1], then the calibrator.",
    }
    with written_file(path) as waiting:
        joblib.dump(held, waiting, compress=3)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
