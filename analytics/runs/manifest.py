"""The manifest of a run: size and sha256 of each file, so that damage cannot go unseen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from analytics.errors import CorruptRun

MANIFEST_FILE = "manifest.json"
_FORMAT = 1


@dataclass(frozen=True)
class FileEntry:
    """What one file must be."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a run's folder must hold, by file name."""

    run_id: str
    files: dict[str, FileEntry]

    @classmethod
    def of(cls, run_id: str, folder: Path) -> Manifest:
        """Measure every file of a folder."""
        found = sorted(path for path in folder.iterdir() if path.is_file())
        return cls(
            run_id,
            {
                path.name: FileEntry(path.stat().st_size, sha256_of(path))
                for path in found
                if path.name != MANIFEST_FILE
            },
        )

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of a run.

        Raises
        ------
        CorruptRun
            It is missing or not what `to_json` writes.
        """
        try:
            given = json.loads((folder / MANIFEST_FILE).read_text("utf-8"))
            files = {name: FileEntry(**entry) for name, entry in given["files"].items()}
            written_as, run_id = given["format"], str(given["run_id"])
            written = (folder / MANIFEST_FILE).read_bytes()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise CorruptRun(
                f"Run {folder.name} must have a readable {MANIFEST_FILE}. Got none.",
                rule="run_manifest",
                got=folder.name,
            ) from None
        if written_as != _FORMAT:
            raise CorruptRun(
                f"Run {folder.name} must be written in format {_FORMAT}; a newer product reads "
                f"newer runs. Got format {written_as}.",
                rule="run_format",
                got=written_as,
            )
        found = cls(run_id, files)
        if found.to_json().encode() != written:
            raise _corrupt(folder, MANIFEST_FILE, "other bytes than a manifest of these files has")
        return found

    def to_json(self) -> str:
        """Write the manifest as sorted JSON."""
        files = {name: asdict(entry) for name, entry in self.files.items()}
        given = {"format": _FORMAT, "run_id": self.run_id, "files": files}
        return json.dumps(given, indent=2, sort_keys=True) + "\n"

    @property
    def fingerprint(self) -> str:
        """One sha256 over everything in the run."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def check_sizes(self, folder: Path) -> None:
        """Raise `CorruptRun` where a file is missing or of another size; reads no content."""
        for name, entry in self.files.items():
            try:
                size = (folder / name).stat().st_size
            except OSError:
                raise _corrupt(folder, name, "no such file") from None
            if size != entry.bytes:
                raise _corrupt(folder, name, f"{size} bytes instead of {entry.bytes}")

    def check_contents(self, folder: Path) -> None:
        """Raise `CorruptRun` where a file's bytes are not those that were published."""
        if self.run_id != folder.name:
            raise _corrupt(folder, MANIFEST_FILE, f"the manifest of run {self.run_id[:100]!r}")
        self.check_sizes(folder)
        for name, entry in self.files.items():
            if sha256_of(folder / name) != entry.sha256:
                raise _corrupt(folder, name, "another checksum")


def _corrupt(folder: Path, name: str, got: str) -> CorruptRun:
    return CorruptRun(
        f"{name} of run {folder.name} must be what was published. Got {got}.",
        rule="run_checksum",
        got=f"{folder.name}/{name}",
    )


def sha256_of(path: Path) -> str:
    """Return the checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
