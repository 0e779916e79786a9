"""Moments of local times: by the zone that a text names, else by the mapping's."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.sources.cells import LOCAL_TIME, UTC_TIME

_OFFSET = re.compile(
    r"^(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d)(?::?([0-5]\d))?)?$", re.IGNORECASE
)
_UTC_NAMES = {"Z", "UTC", "GMT", "UT"}


def localised(local: pa.Array, zone: str) -> pa.Array:
    """Return the moments of local times in one zone.

    A local time that a clock change repeats is the first of the two; one that it skips becomes
    the first time that exists after it.
    """
    whole = local.cast(LOCAL_TIME, safe=False)
    if zone == "UTC":
        return whole.cast(pa.int64()).cast(UTC_TIME)
    zoned = pc.assume_timezone(whole, zone, ambiguous="earliest", nonexistent="latest")
    return zoned.cast(UTC_TIME)


def localised_by_name(local: pa.Array, names: pa.Array, zone: str) -> pa.Array:
    """Return the moments of local times by the zone that each text names; null where none is known.

    Known are UTC, GMT and Z, offsets, names such as Europe/Berlin, and the short names that the
    mapping's zone has itself (CET and CEST in Europe/Berlin): the same three letters mean other
    zones elsewhere.
    """
    moments = pa.nulls(len(local), UTC_TIME)
    for name in pc.unique(names.filter(pc.is_valid(local))).to_pylist():
        if name is None:
            continue
        here = pc.fill_null(pc.equal(names, name), False)
        chosen = pc.if_else(here, local, pa.scalar(None, local.type))
        moments = pc.coalesce(moments, _in_named_zone(chosen, name, zone))
    return moments


def _in_named_zone(local: pa.Array, name: str, zone: str) -> pa.Array:
    offset = _offset_us(name)
    if offset is not None:
        return pc.subtract(local.cast(pa.int64()), offset).cast(UTC_TIME)
    if "/" in name:
        return localised(local, name) if _is_zone(name) else pa.nulls(len(local), UTC_TIME)
    return _by_short_name(local, name.upper(), zone)


def _by_short_name(local: pa.Array, name: str, zone: str) -> pa.Array:
    moments = pa.nulls(len(local), UTC_TIME)
    whole = local.cast(LOCAL_TIME, safe=False)
    for which in ("earliest", "latest"):
        zoned = pc.assume_timezone(whole, zone, ambiguous=which, nonexistent="latest")
        named = pc.equal(pc.strftime(zoned, format="%Z"), name)
        found = pc.if_else(named, zoned.cast(UTC_TIME), pa.scalar(None, UTC_TIME))
        moments = pc.coalesce(moments, found)
    return moments


def _offset_us(name: str) -> int | None:
    if name.upper() in _UTC_NAMES:
        return 0
    found = _OFFSET.match(name)
    if found is None:
        return None
    sign, hours, minutes, seconds = found.groups()
    if int(hours) >= 24:
        return None
    total = int(hours) * 3_600 + int(minutes or 0) * 60 + int(seconds or 0)
    return (total if sign == "+" else -total) * 1_000_000


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
