"""Keys of a file that people write, told by the record that reads it: one place, one meaning."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass

#: Default of a key that means something only where it is set.
NOT_SET = "not set"

_EXAMPLE = re.compile(r"\s*Example: ``(?P<example>.+?)``\.?$", re.DOTALL)


@dataclass(frozen=True)
class Key:
    """One key of a mapping or a profile.

    Parameters
    ----------
    place
        Where in the file it stands, such as ``[[source]]``.
    kind
        What its value may be, in words.
    default
        What holds where it is not set; empty where it must be set.
    """

    place: str
    name: str
    kind: str
    default: str
    meaning: str
    example: str = ""


def described(record: type) -> dict[str, tuple[str, str]]:
    """Return meaning and example of each field that the docstring of a record describes.

    The docstring is numpydoc: names stand alone, meanings below them, a last sentence of the form
    ``Example: ``…``.`` is the example. Names that share a line share a meaning.
    """
    text = inspect.cleandoc(record.__doc__ or "")
    _, _, parameters = text.partition("Parameters\n----------\n")
    found: dict[str, tuple[str, str]] = {}
    for names, meaning in _entries(parameters.splitlines()):
        example = _EXAMPLE.search(meaning)
        told = meaning[: example.start()] if example else meaning
        for name in names:
            found[name] = (told, example["example"] if example else "")
    return found


def _entries(lines: Iterable[str]) -> Iterable[tuple[list[str], str]]:
    names: list[str] = []
    said: list[str] = []
    for line in (*lines, ""):
        if line and not line.startswith(" "):
            if names and said:
                yield names, " ".join(said)
                names, said = [], []
            names = [part.strip() for part in line.split(",")]
        elif line.strip():
            said.append(line.strip())
    if names and said:
        yield names, " ".join(said)
