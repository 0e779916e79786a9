"""Says what is wrong with the first line of a CSV file, where it is no header that can be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from analytics.errors import BadInput
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.chunk import Refused

_SEPARATOR_LINE = re.compile(r'^"?sep=(\\t|.)"?\s*$', re.IGNORECASE)
_LONGEST = 64
#: How a zip file, and so a workbook, begins.
_ARCHIVE = "PK"


def check_no_separator_line(path: Path, source: Source) -> None:
    """Refuse the line ``sep=;`` that is there for Excel and would be taken for the header.

    Raises
    ------
    BadInput
        Rule ``separator_line``.
    """
    if source.skip_lines:
        return
    with path.open("rb") as file:
        start = file.readline(_LONGEST)
    line = start.decode(source.encoding, "ignore").lstrip("\ufeff").strip("\r\n\x00")
    found = _SEPARATOR_LINE.match(line)
    if found is None:
        return
    delimiter = found.group(1)
    also = "" if delimiter == source.delimiter else f' and delimiter = "{delimiter}"'
    raise BadInput(
        f"The first line of {path.name} must be its header. Got {line.strip()!r}, which only tells "
        f"Excel the separator: set skip_lines = 1{also}.",
        rule="separator_line",
        got=line.strip(),
    )


def readable_header(path: Path, source: Source, header: str | Refused) -> str:
    """Return the header, or say why it cannot be read.

    Raises
    ------
    BadInput
        It holds bytes that the declared encoding does not know (``encoding_as_declared``), a NUL
        (``header_present``), or the file is an archive (``format_as_declared``).
    """
    if isinstance(header, str):
        return header
    if header.raw.startswith(_ARCHIVE):
        raise BadInput(
            f"{path.name} must be CSV. Got an archive, such as an Excel workbook: "
            'set format = "excel" if it is one.',
            rule="format_as_declared",
            got=_ARCHIVE,
        )
    if header.rule != "encoding":
        raise BadInput(
            f"{path.name} must have a header of text. Got a line with NUL characters.",
            rule="header_present",
            got=header.raw[:_LONGEST],
        )
    raise BadInput(
        f"The header of {path.name} must be in the declared encoding {source.encoding}. "
        f"Got '{header.raw[:_LONGEST]}'.{_other_encoding(header.raw, source)}",
        rule="encoding_as_declared",
        got=header.raw[:_LONGEST],
    )


def misread_encoding(names: Sequence[str], encoding: str) -> str:
    """Return the sentence for a header of UTF-8 that was read in another encoding ("GrÃ¶ÃŸe")."""
    for name in names:
        try:
            meant = name.encode(encoding).decode("utf-8")
        except (UnicodeError, LookupError):
            continue
        if meant != name:
            return f' {name!r} is {meant!r} read in another encoding: set encoding = "utf-8".'
    return ""


def _other_encoding(printed: str, source: Source) -> str:
    """Say in which encoding the bytes of a header are words."""
    escaped = re.sub(r"\\x([0-9A-F]{2})", lambda one: chr(int(one.group(1), 16)), printed)
    try:
        data = escaped.encode("latin-1")
    except UnicodeEncodeError:
        return ""
    declared = codecs.lookup(source.encoding).name
    for name in ("utf-8", "cp1252"):
        if name == declared:
            continue
        try:
            words = data.decode(name)
        except UnicodeDecodeError:
            continue
        return f" It reads '{words[:_LONGEST]}' with encoding = \"{name}\"."
    return ""
