"""The file of an SQLite state database: whether it is still the one that was there before."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL

from analytics.errors import EnvironmentFault

Identity = tuple[int, int]


class StateFile:
    """Notices a state file that is deleted or replaced while the product runs.

    A database on a server is never missing here: the server itself says so.
    """

    def __init__(self, url: URL) -> None:
        is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
        self.path = Path(str(url.database)) if is_file else None
        self._was_there = self.path is not None and self.identity() is not None
        self.was_used = False

    def identity(self) -> Identity | None:
        """Return what tells this file from another of its name; None where there is none."""
        if self.path is None:
            return (0, 0)
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def is_new(self) -> bool:
        """Tell whether there never was a file, so that one may be made.

        Raises
        ------
        EnvironmentFault
            There was one, and it is gone: a new one would hide that work was lost.
        """
        found = self.identity()
        if found is None and self._was_there:
            raise self.lost("no such file")
        return found is None

    def note_use(self) -> None:
        """Remember that it holds somebody's work: without its tables it is then another one."""
        self._was_there = self.path is not None
        self.was_used = True

    def check_unchanged(self, before: Identity | None) -> None:
        """Raise `EnvironmentFault` where the file is not the one that was just written to."""
        if self.identity() != before:
            raise self.lost("another file or none, so what was just written may not be kept")

    def lost(self, got: str) -> EnvironmentFault:
        """Return the error for a file that is not where it was."""
        where = f" {self.path}" if self.path else ""
        return EnvironmentFault(
            f"The state database{where} must stay as it is while the app runs; put it back, "
            f"or restart the app to begin a new one. Got {got}.",
            rule="state_file",
            got=got,
        )
