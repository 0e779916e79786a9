"""Finds the files and databases that a mapping's sources are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path

from analytics.errors import BadInput, UsageError
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_source import Source

Place = Path | str
_SHOWN_FILES = 8
#: What `silent-churn simulate` leaves: a note, and beside it a folder that no source may lie in.
_TRUTH_FOLDER, _SIMULATION_NOTE = "truth", "simulation.json"


def locate(
    mapping: Mapping, given: Sequence[str], *, beside: Path | None = None
) -> dict[str, tuple[Place, ...]]:
    """Return the files, or the database address, of each source that has a path or is ``sql``.

    Parameters
    ----------
    given
        SOURCE arguments: folders, files, database addresses.
    beside
        Folder searched when nothing is given: where the mapping file lies.

    Raises
    ------
    BadInput
        A SOURCE or the file of a source is not there, lies in the truth of a simulation, or a
        SOURCE fits no source.
    UsageError
        Nothing is given and nothing can be assumed.
    """
    addresses = [source_path for source_path in given if "://" in source_path]
    paths = [Path(source_path) for source_path in given if "://" not in source_path]
    for path in paths:
        if not path.exists():
            raise BadInput(f"SOURCE must be there. Got {path}.", rule="file_exists", got=path)
    if not paths and beside is not None:
        paths = [beside]
    _check_not_sealed(paths)
    physical = [entry for entry in mapping.source if entry.format is not None]
    found: dict[str, tuple[Place, ...]] = {
        source.name: _addresses(source, addresses)
        if source.format == "sql"
        else _files(mapping, source, paths)
        for source in physical
    }
    _check_all_used(mapping, paths, found)
    return found


def _addresses(source: Source, given: list[str]) -> tuple[str, ...]:
    if source.url is not None:
        return (source.url,)
    if not given:
        raise UsageError(
            f"Source {source.name} needs a database address as SOURCE. Got none.",
            rule="source_given",
        )
    return (given[0],)


def _files(mapping: Mapping, source: Source, given: list[Path]) -> tuple[Path, ...]:
    if not given:
        raise UsageError(
            f"Mapping {mapping.name} needs a SOURCE: the folder or file with {source.path}. "
            "Got none.",
            rule="source_given",
        )
    pattern = str(source.path)
    only_path = len({entry.path for entry in mapping.source if entry.path is not None}) == 1
    found: list[Path] = []
    for place in given:
        if place.is_dir():
            found += natural_order(path for path in place.glob(pattern) if path.is_file())
        elif only_path or fnmatch(place.name, Path(pattern).name):
            found.append(place)
    _check_not_sealed(found)
    if not found and not source.optional and any(path.is_dir() for path in given):
        raise BadInput(
            f"Source {source.name} must find {pattern}. Got {_listing(given)}.",
            rule="file_exists",
            got=pattern,
        )
    return tuple({path.resolve(): path for path in reversed(found)}.values())[::-1]


def natural_order(files: Iterable[Path]) -> list[Path]:
    """Sort files by name with numbers as numbers: ``orders-2`` before ``orders-10``."""
    return sorted(files, key=_by_number)


def order_notes(found: dict[str, tuple[Place, ...]]) -> list[str]:
    """Return a sentence for each source whose files were given in another order than by name."""
    said = []
    for source, places in found.items():
        files = [place for place in places if isinstance(place, Path)]
        if len({file.parent for file in files}) == 1 and files != natural_order(files):
            listed = ", then ".join(file.name for file in files)
            said.append(
                f"Files were read in the order given for source {source}: {listed}. Where rows "
                "differ, the later file counts."
            )
    return said


def _by_number(file: Path) -> tuple[list[tuple[int, str]], str]:
    pieces = re.findall(r"\d+|\D+", file.stem)
    numbered = [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]
    return numbered, str(file)


def _check_not_sealed(places: Sequence[Path]) -> None:
    """Refuse what lies in the truth of a simulation, however it was reached."""
    for place in places:
        real = place.resolve()
        for folder in (real, *real.parents):
            if folder.name == _TRUTH_FOLDER and (folder.parent / _SIMULATION_NOTE).is_file():
                raise BadInput(
                    "The truth of a simulation is for `silent-churn simulate evaluate` only. "
                    f"Got {place}.",
                    rule="truth_sealed",
                    got=place,
                )


def _check_all_used(
    mapping: Mapping, given: list[Path], found: dict[str, tuple[Place, ...]]
) -> None:
    """Refuse a file that fits nothing, and a mapping left without a file that it needs."""
    used = {path for places in found.values() for path in places}
    wanted = ", ".join(dict.fromkeys(str(entry.path) for entry in mapping.source if entry.path))
    for place in given:
        if place.is_file() and place not in used:
            raise BadInput(
                f"Mapping {mapping.name} is for {wanted}. Got {place.name}.",
                rule="source_matches",
                got=place,
            )
    for source in mapping.source:
        if source.name in found and not found[source.name] and not source.optional:
            raise BadInput(
                f"Source {source.name} must find {source.path}. Got {_listing(given)}.",
                rule="file_exists",
                got=source.path or "",
            )


def _listing(given: list[Path]) -> str:
    names = [
        path.name
        for place in given
        for path in (sorted(place.iterdir()) if place.is_dir() else [place])
    ]
    more = f" and {len(names) - _SHOWN_FILES} more" if len(names) > _SHOWN_FILES else ""
    return f"{', '.join(names[:_SHOWN_FILES])}{more}" if names else "an empty folder"
