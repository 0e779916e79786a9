"""Files that a person asked for: replaced as a whole, through links, streamed into what is no file.

Only a plain file is ever replaced. A link keeps its place and leads to the new content; a device, a
pipe or the standard output is written into and stays what it is.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from analytics.errors import UsageError
from analytics.private_files import make_private_folder

STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2


def is_plain(path: Path) -> bool:
    """Tell whether a path leads to a plain file, or to nothing yet.

    The standard output is not plain, also where it has been led into a file.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return True
    return stat.S_ISREG(found.st_mode) and _stream_of(path, found) is None


def goes_to_standard_output(path: Path) -> bool:
    """Tell whether what is written there comes out of the command itself."""
    try:
        return _stream_of(path, path.stat()) == STANDARD_OUTPUT
    except OSError:
        return False


@contextmanager
def written_file(path: Path) -> Iterator[Path]:
    """Give a file to write, which then takes the place of `path`; no trace of it on a failure.

    Raises
    ------
    UsageError
        The path is a folder.
    OSError
        The disk refused it; a file that was there is as it was.
    """
    _refuse_folder(path)
    if not is_plain(path):
        with _spooled(path) as spool:
            yield spool
        return
    target = Path(os.path.realpath(path))
    make_private_folder(target.parent)
    waiting = target.with_name(f".{target.name[:200]}.{os.getpid()}.{uuid.uuid4().hex[:8]}.new")
    try:
        yield waiting
        _take_over_mode(target, waiting)
        _sync(waiting, os.O_RDONLY)
        os.replace(waiting, target)  # noqa: PTH105 - one name for tests to break
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    _sync(target.parent, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))


@contextmanager
def written_stream(path: Path) -> Iterator[BinaryIO]:
    """Give a stream of bytes into a file as `written_file`, or straight into what is no file."""
    _refuse_folder(path)
    if is_plain(path):
        with written_file(path) as waiting, waiting.open("wb") as file:
            yield file
    else:
        with _opened(path) as file:
            yield file


@contextmanager
def _spooled(path: Path) -> Iterator[Path]:
    """Give a file of the temporary folder, poured into `path` once it is whole."""
    with tempfile.TemporaryDirectory(prefix="silent-churn-") as folder:
        spool = Path(folder) / "spool"
        yield spool
        with spool.open("rb") as content, _opened(path) as file:
            shutil.copyfileobj(content, file)


def _opened(path: Path) -> BinaryIO:
    """Open what is no plain file, without making, emptying or replacing anything."""
    stream = _stream_of(path, path.stat())
    if stream is None:
        return os.fdopen(os.open(path, os.O_WRONLY), "wb")
    for text in (sys.stdout, sys.stderr):
        text.flush()
    return os.fdopen(os.dup(stream), "wb")


def _stream_of(path: Path, found: os.stat_result) -> int | None:
    """Return the number of the standard stream that a path leads to, if it does."""
    for number in (STANDARD_OUTPUT, _STANDARD_ERROR):
        with suppress(OSError):
            is_same = os.path.samestat(found, os.fstat(number))
            if is_same and (not stat.S_ISREG(found.st_mode) or _is_of_process(path)):
                return number
    return None


def _is_of_process(path: Path) -> bool:
    """Tell whether a path names an open stream rather than a file on a disk."""
    text = os.path.abspath(path)  # noqa: PTH100 - links must not be followed
    return text in ("/dev/stdout", "/dev/stderr") or text.startswith(("/dev/fd/", "/proc/"))


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise UsageError(f"--out must be a file. Got the folder {path}.", rule="out_file", got=path)


def _take_over_mode(target: Path, waiting: Path) -> None:
    """Let a file that is replaced keep its mode and owner."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return
    waiting.chmod(stat.S_IMODE(found.st_mode))
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(waiting, found.st_uid, found.st_gid)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
