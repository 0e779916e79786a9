"""Reads text files in blocks of whole lines; undecodable lines are set aside, never guessed."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analytics.errors import BadInput
from analytics.etl.sources.chunk import Lines, Refused, shortened

BLOCK_BYTES = 8 * 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
#: Share of bytes that may be otherwise, and pairs needed to tell UTF-16 without a mark.
_FEW, _FEWEST_PAIRS = 0.1, 4
_MARKED = re.compile("[\udc00-\udcff]")
_HANDLER = "silent_churn_mark"


@dataclass(frozen=True)
class LineBlock:
    """Whole lines without their ends, the number of each, and lines that cannot be used."""

    lines: list[str]
    numbers: Lines
    refused: tuple[Refused, ...]

    def without_blank(self) -> LineBlock:
        """Leave out blank lines, which are no rows."""
        if "" not in self.lines:
            return self
        kept = [at for at, line in enumerate(self.lines) if line]
        return LineBlock([self.lines[place] for place in kept], self.numbers[kept], self.refused)


def check_not_empty(path: Path) -> None:
    """Refuse a file that is not there or holds nothing.

    Raises
    ------
    BadInput
        The file is missing, a folder, empty or nothing but a byte order mark.
    """
    if not path.is_file():
        raise BadInput(f"{path} must be a file. Got none.", rule="file_exists", got=path)
    with path.open("rb") as file:
        start = file.read(8)
    if start in {b"", codecs.BOM_UTF8, *(mark for mark, _ in _BOMS)}:
        raise BadInput(f"{path} must not be empty. Got no content.", rule="file_not_empty")


def blocks_of_lines(
    path: Path, encoding: str, *, block_bytes: int = BLOCK_BYTES
) -> Iterator[LineBlock]:
    """Yield a text file in blocks of whole lines, blank ones too.

    A line may end in LF, CR LF or CR; all become LF, also inside quoted values. Lines with bytes
    that the encoding does not know, or with a NUL, are refused (rules ``encoding`` and
    ``nul_character``).

    Raises
    ------
    BadInput
        The file begins with the mark of another encoding than declared, or is UTF-16 without one.
    """
    codecs.register_error(_HANDLER, _mark_undecodable)
    _check_byte_order_mark(path, encoding)
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(encoding)(_HANDLER), translate=True
    )
    carry, number, first = "", 1, True
    with path.open("rb") as file:
        while True:
            data = file.read(block_bytes)
            text = str(decoder.decode(data, final=not data))
            if first and text:
                text, first = text.removeprefix("\ufeff"), False
            lines = (carry + text).split("\n")
            carry = lines.pop() if data else ""
            if lines:
                yield _usable(lines, number)
            number += len(lines)
            if not data:
                return


def _usable(lines: list[str], number: int) -> LineBlock:
    numbers = np.arange(number, number + len(lines), dtype=np.int64)
    whole = "\n".join(lines)
    if "\x00" not in whole and not _MARKED.search(whole):
        return LineBlock(lines, numbers, ())
    refused = tuple(
        refusal
        for line, at in zip(lines, numbers.tolist(), strict=True)
        if (refusal := _refusal(line, at)) is not None
    )
    spoilt = {row.line for row in refused}
    kept = [position for position in range(len(lines)) if number + position not in spoilt]
    return LineBlock([lines[place] for place in kept], numbers[kept], refused)


def _refusal(line: str, number: int) -> Refused | None:
    if found := _MARKED.search(line):
        byte = ord(found.group()) - 0xDC00
        reason = f"Text must be in the declared encoding. Got the byte 0x{byte:02X}."
        return Refused(number, shortened(_printable(line)), "", "encoding", reason)
    if "\x00" in line:
        reason = "Text must not hold NUL characters. Got one."
        return Refused(
            number, shortened(line.replace("\x00", "\\x00")), "", "nul_character", reason
        )
    return None


def _printable(line: str) -> str:
    escaped = _MARKED.sub(lambda one: f"\\x{ord(one.group()) - 0xDC00:02X}", line)
    return escaped.replace("\x00", "\\x00")


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    """Turn bytes that cannot be decoded into lone surrogates, which no decoded text holds."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


def _check_byte_order_mark(path: Path, encoding: str) -> None:
    with path.open("rb") as file:
        start = file.read(512)
    declared = codecs.lookup(encoding).name.upper()
    found = next((name for mark, name in _BOMS if start.startswith(mark)), None)
    if found and not declared.startswith(found):
        raise BadInput(
            f"{path.name} must be in the declared encoding {encoding}. "
            f"Got the byte order mark of {found}.",
            rule="encoding_as_declared",
            got=found,
        )
    wide = _utf_16_without_mark(start)
    if declared in {"UTF-16", "UTF-32"} and not found:
        raise BadInput(
            f"{path.name} must begin with a byte order mark, as {encoding} does. "
            f'Got none: set encoding = "{wide or encoding + "-le"}".',
            rule="encoding_as_declared",
            got=encoding,
        )
    if wide and not declared.startswith(("UTF-16", "UTF-32")):
        raise BadInput(
            f"{path.name} must be in the declared encoding {encoding}. "
            f'Got what looks like UTF-16: every other byte is 0. Set encoding = "{wide}".',
            rule="encoding_as_declared",
            got=wide,
        )


def _utf_16_without_mark(start: bytes) -> str:
    """Return the name of the encoding where every other byte is 0, as in UTF-16 of Latin text."""
    even, odd = start[::2], start[1::2]
    if len(odd) < _FEWEST_PAIRS:
        return ""
    zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    if max(zeros) < 1 - _FEW or min(zeros) > _FEW:
        return ""
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
