"""Python files that the user has agreed to run: asked once, and kept outside of the folder."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from analytics.errors import BadInput, UsageError
from analytics.private_files import make_private_folder
from analytics.written_file import written_file


def trust_file() -> Path:
    """Return where the agreements are kept: in the user's own configuration."""
    folder = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(folder) / "silent-churn" / "trusted.json"


def check_trusted(path: Path) -> Path:
    """Return a file that the settings of a folder name, if it may be run.

    Raises
    ------
    UsageError
        Nobody has agreed to this content of this file.
    """
    if _agreed().get(_key(path)) != _sha256(path):
        raise UsageError(
            f"The silent_churn.toml of this folder wants to run {path} as Python code. Read the "
            f"file; then agree to it once with `silent-churn features trust {path}`, or name it "
            "yourself with --custom-features. Got a file that nobody has agreed to as it is now.",
            rule="custom_features_trusted",
            got=path.name,
        )
    return path


def trust(path: Path) -> str:
    """Agree to run a file as it is now; return its checksum. Another content is asked for again."""
    checksum = _sha256(path)
    agreed = {**_agreed(), _key(path): checksum}
    make_private_folder(trust_file().parent)
    with written_file(trust_file()) as waiting:
        waiting.write_text(json.dumps(agreed, indent=2, sort_keys=True) + "\n", "utf-8")
    return checksum


def _agreed() -> dict[str, str]:
    try:
        found = json.loads(trust_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _key(path: Path) -> str:
    return str(path.resolve())


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise BadInput(
            f"{path} must be a file that can be read. Got: {error.strerror or error}.",
            rule="custom_features_readable",
            got=path.name,
        ) from None
