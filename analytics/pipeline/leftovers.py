"""What killed runs left behind; called by the holder of the workspace's lock only."""

from __future__ import annotations

import shutil
from pathlib import Path

from analytics.modelling.artifact import CARD_FILE, CHECKSUMS_FILE, MODEL_FILE

_MODEL_FILES = {CARD_FILE, CHECKSUMS_FILE, MODEL_FILE}


def remove_leftovers(data_folder: Path, models_folder: Path) -> None:
    """Remove scratch folders, unfinished exports, and models whose run was never published.

    A folder among the models that holds anything else is somebody's own and stays.
    """
    for scratch in data_folder.glob(".scratch-*"):
        shutil.rmtree(scratch, ignore_errors=True)
    for unfinished in (*(data_folder / "exports").glob(".*.new"), *models_folder.glob(".*.new")):
        unfinished.unlink(missing_ok=True)
    for folder in models_folder.glob("*/"):
        is_published = (data_folder / "runs" / folder.name).is_dir()
        if not is_published and _is_model(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_model(folder: Path) -> bool:
    """Tell whether a folder holds what `save_model` writes, whole or broken off, and no more."""
    held = {path.name for path in folder.iterdir()}
    return not folder.is_symlink() and bool(held) and held <= _MODEL_FILES
