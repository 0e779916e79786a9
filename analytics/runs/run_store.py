"""The published runs of a workspace: staged, checksummed, made current by one pointer."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from analytics.domain.run_summary import RunSummary
from analytics.errors import ContractFailed, CorruptRun, NoRunPublished, UsageError
from analytics.private_files import make_private_folder
from analytics.runs.durable import sync_file, sync_folder, write_atomically
from analytics.runs.faults import disk_faults
from analytics.runs.lock import workspace_lock
from analytics.runs.manifest import MANIFEST_FILE, Manifest
from analytics.runs.pointer import (
    check_run_id,
    pointer_state,
    read_pointer,
    write_pointer,
)
from analytics.runs.run_files import check_whole, read_summary
from analytics.runs.serving_file import (
    build_serving_file,
    checksum_path,
    is_as_built,
    remove_other_serving_files,
    serving_path,
)

_STAGING = ".staging-"


@dataclass(frozen=True)
class PublishedRun:
    """One generation of results, whole and unchanging.

    Parameters
    ----------
    fingerprint
        sha256 of the manifest: two runs of one id with other bytes differ in it.
    warnings
        What a reader must be told of how this run came to be chosen.
    """

    run_id: str
    folder: Path
    summary: RunSummary
    fingerprint: str = ""
    warnings: tuple[str, ...] = ()


class RunStore:
    """The runs under `data/runs`, and the pointer that says which one is current.

    A reader never sees half a run: a run is written in a staging folder, checksummed and synced,
    renamed into place, and made current by replacing one small file.
    """

    def __init__(self, data_folder: Path) -> None:
        self._runs = data_folder / "runs"
        self._serving = data_folder / "serving"
        self._pointer = self._runs / "current"
        self._checked: set[tuple[str, str]] = set()

    def state(self) -> object:
        """Return a value that changes when another run becomes current; costs one `stat`."""
        return pointer_state(self._pointer)

    def current(self) -> PublishedRun:
        """Return the current run, checksums true; if it is damaged, the newest that is not.

        A run's checksums are taken once a process; then only sizes are looked at.

        Raises
        ------
        NoRunPublished
            There is no run that could be shown.
        """
        named = read_pointer(self._pointer)
        trouble = "The pointer to the current run was missing or empty."
        if named is not None:
            try:
                return self._checked_run(named)
            except CorruptRun as error:
                trouble = error.message
        for run in self.runs():
            if run.run_id == named:
                continue
            try:
                found = self._checked_run(run.run_id)
            except CorruptRun:
                continue
            return PublishedRun(
                found.run_id,
                found.folder,
                found.summary,
                found.fingerprint,
                (f"Showing run {found.run_id} instead of the latest: {trouble}",),
            )
        raise NoRunPublished(
            "A run must be published first: ingest data, then `silent-churn run`. Got none.",
            rule="run_published",
        )

    def runs(self) -> tuple[PublishedRun, ...]:
        """Return every run that can be read, newest first; contents are not checked."""
        if not self._runs.is_dir():
            return ()
        found = []
        for folder in self._runs.iterdir():
            if folder.name.startswith(".") or not folder.is_dir():
                continue
            try:
                found.append(self._read(folder.name))
            except CorruptRun:
                continue
        return tuple(
            sorted(found, key=lambda run: (run.summary.published_at, run.run_id), reverse=True)
        )

    def run(self, run_id: str) -> PublishedRun:
        """Return a run by its id; contents are not checked.

        Raises
        ------
        UsageError
            There is no such run.
        """
        return self._read(self._existing(run_id).name)

    def current_id(self) -> str | None:
        """Return the run id that the pointer names, whether or not it can be shown."""
        return read_pointer(self._pointer)

    def verify(self, run_id: str) -> None:
        """Compare every byte of a run with its manifest, and of its serving file with its checksum.

        Raises
        ------
        CorruptRun
            A file is missing or has changed.
        UsageError
            There is no such run.
        """
        folder = self._existing(run_id)
        manifest = Manifest.read(folder)
        manifest.check_contents(folder)
        read_summary(folder)
        served = serving_path(self._serving, run_id, manifest.fingerprint)
        if (served.exists() or checksum_path(served).exists()) and not is_as_built(served):
            raise CorruptRun(
                f"The serving file of run {run_id} must be what was built from it. Got another "
                "checksum; the run itself is whole, and the app builds the file again from it.",
                rule="serving_checksum",
                got=served.name,
            )

    def distrust(self, run: PublishedRun) -> None:
        """Check a run again before it is given out the next time."""
        self._checked.discard((run.run_id, run.fingerprint))

    def rollback(self, run_id: str) -> PublishedRun:
        """Make an earlier run current again, after checking every byte of it."""
        folder = self._existing(run_id)
        with self.lock():
            Manifest.read(folder).check_contents(folder)
            with disk_faults(self._pointer):
                return self._make_current(run_id)

    def publish(self, run_id: str, write: Callable[[Path], None]) -> PublishedRun:
        """Publish a run whole, or leave everything as it was.

        Parameters
        ----------
        write
            Writes every file of the run into the folder it is given. Called only when there is no
            such run yet: publishing the same run again just makes it current.

        Raises
        ------
        Locked
            Another run is at work.
        EnvironmentFault
            The disk refused something; the former run stays current.
        PublishedNotDurable
            The run is live, but the disk did not confirm it.
        """
        check_run_id(run_id)
        with self.lock(), disk_faults(self._runs):
            self._remove_leftovers()
            if not self.is_whole(run_id):
                self._stage_and_place(run_id, write)
            return self._make_current(run_id)

    def lock(self) -> AbstractContextManager[None]:
        """Hold the workspace for one writer; the same thread may take it again inside."""
        return workspace_lock(self._runs / ".lock")

    def _make_current(self, run_id: str) -> PublishedRun:
        """Prepare the file that the app reads, then turn the pointer."""
        run, former = self._read(run_id), read_pointer(self._pointer)
        build_serving_file(self._serving, run_id, run.folder, run.fingerprint)
        write_pointer(self._pointer, run_id)
        remove_other_serving_files(self._serving, keep={run_id, former or run_id})
        return run

    def _stage_and_place(self, run_id: str, write: Callable[[Path], None]) -> None:
        staging = self._runs / f"{_STAGING}{run_id}-{uuid.uuid4().hex[:8]}"
        make_private_folder(staging)
        try:
            write(staging)
            check_whole(staging)
            _check_id(staging, run_id)
            for file in staging.iterdir():
                sync_file(file)
            manifest = Manifest.of(run_id, staging)
            write_atomically(staging / MANIFEST_FILE, manifest.to_json().encode())
            place = self._runs / run_id
            if place.exists():  # damaged: is_whole said no
                shutil.rmtree(place)
            os.rename(staging, place)  # noqa: PTH104 - one name for tests to break
            sync_folder(self._runs)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise

    def _remove_leftovers(self) -> None:
        """Remove what a killed run left; safe because the lock is held."""
        for leftover in self._runs.glob(f"{_STAGING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        for leftover in self._runs.glob(".current.*.new"):
            leftover.unlink(missing_ok=True)

    def is_whole(self, run_id: str) -> bool:
        """Tell whether a run is there and every byte of it is what was published."""
        folder = self._runs / run_id
        try:
            Manifest.read(folder).check_contents(folder)
        except CorruptRun:
            return False
        return True

    def _checked_run(self, run_id: str) -> PublishedRun:
        run = self._read(run_id)
        key = (run_id, run.fingerprint)
        if key not in self._checked:
            Manifest.read(run.folder).check_contents(run.folder)
            self._checked.add(key)
        return run

    def _read(self, run_id: str) -> PublishedRun:
        folder = self._runs / run_id
        manifest = Manifest.read(folder)
        manifest.check_sizes(folder)
        return PublishedRun(run_id, folder, read_summary(folder), manifest.fingerprint)

    def _existing(self, run_id: str) -> Path:
        folder = self._runs / check_run_id(run_id)
        if not folder.is_dir():
            known = ", ".join(run.run_id for run in self.runs()[:5]) or "none"
            raise UsageError(
                f"A run must be one of those published ({known}). Got {run_id!r}.",
                rule="run_known",
                got=run_id,
            )
        return folder


def _check_id(folder: Path, run_id: str) -> None:
    said = read_summary(folder).run_id
    if said != run_id:
        raise ContractFailed(
            f"summary.json must name its own run {run_id}. Got {said!r}.",
            rule="run_whole",
            got=said,
        )
