"""A long choice of customers as short text, for addresses that would be too long spelled out."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping

#: Name of the part of an address that holds a packed choice.
PACKED_FIELD = "choice"

#: What an address unpacks to is never longer, whatever it claims to hold.
MAX_UNPACKED_BYTES = 1_000_000

_RAW_DEFLATE = -15


def packed(given: Mapping[str, object]) -> str:
    """Return fields and their values as text that any address may hold; equal for equal values."""
    plain = json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()
    press = zlib.compressobj(9, zlib.DEFLATED, _RAW_DEFLATE)
    return base64.urlsafe_b64encode(press.compress(plain) + press.flush()).decode().rstrip("=")


def unpacked(text: str) -> dict[str, object] | None:
    """Return the fields and values of a packed text; None where it is none of ours."""
    try:
        pressed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        press = zlib.decompressobj(_RAW_DEFLATE)
        plain = press.decompress(pressed, MAX_UNPACKED_BYTES)
        given = json.loads(plain) if press.eof else None
    except (ValueError, zlib.error, RecursionError):
        return None
    return given if isinstance(given, dict) else None
