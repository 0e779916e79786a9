"""Where an ingest works until it is done: nothing outside changes before the last rename."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analytics.errors import BadInput, Locked, PublishedNotDurable
from analytics.etl.landing.landed import POINTER, REPORT_FILE, Landed, LandingReport, landed_folder
from analytics.etl.landing.synced_files import sync, sync_tree, write_pointer
from analytics.private_files import make_private_folder

_PREFIX = ".staging-"
#: Landings kept, so that a run that still reads an older one is not disturbed.
KEPT_LANDINGS = 3


@contextmanager
def staging(data_folder: Path, *, dry_run: bool) -> Iterator[Path]:
    """Yield an empty folder to work in, removed at the end whatever happens.

    A dry run works in the machine's temporary folder and touches nothing in the workspace.

    Raises
    ------
    Locked
        Another ingest is working in the same workspace.
    """
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="silent-churn-") as temporary:
            yield Path(temporary)
        return
    landed = landed_folder(data_folder)
    make_private_folder(landed)
    lock = FileLock(landed / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Locked(
            f"Only one ingest may work in {data_folder} at a time. Got a second one.",
            rule="ingest_lock",
            got=data_folder,
        ) from None
    try:
        for left_over in landed.glob(f"{_PREFIX}*"):
            shutil.rmtree(left_over, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=landed))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        lock.release()


def keep_rejects(staged: Path, data_folder: Path, landing_id: str) -> Path:
    """Move the staged rejects to where people look for them; return that folder."""
    rejects = data_folder / "rejects"
    make_private_folder(rejects)
    final = rejects / landing_id
    if final.exists():
        shutil.rmtree(final)
    sync_tree(staged)
    staged.rename(final)
    sync(rejects)
    return final


def land(tables: Path, data_folder: Path, report: LandingReport) -> Landed:
    """Make the staged tables the current landing, all at once.

    An equal landing of the same moment is left as it is, unless it has been damaged since.

    Raises
    ------
    PublishedNotDurable
        It is current, but the disk did not confirm it.
    """
    landed = landed_folder(data_folder)
    final = landed / report.landing_id
    if final.exists() and not _is_whole(final):
        shutil.rmtree(final)
    if not final.exists():
        (tables / REPORT_FILE).write_text(report.to_json(), "utf-8")
        sync_tree(tables)
        tables.rename(final)
        sync(landed)
    write_pointer(landed / POINTER, report.landing_id)
    try:
        sync(landed)
    except OSError as error:
        raise PublishedNotDurable(
            f"The disk must confirm the landing {report.landing_id}; it is live, and ingesting "
            f"again is safe. Got: {error.strerror}.",
            rule="landing_durable",
            got=report.landing_id,
        ) from None
    _forget_old(landed, keep=report.landing_id)
    return Landed.at(final)


def _is_whole(folder: Path) -> bool:
    try:
        Landed.at(folder)
    except BadInput:
        return False
    return True


def _forget_old(landed: Path, *, keep: str) -> None:
    others = sorted(
        path for path in landed.iterdir() if (path / REPORT_FILE).is_file() and path.name != keep
    )
    for old in others[: -(KEPT_LANDINGS - 1)]:
        shutil.rmtree(old, ignore_errors=True)
