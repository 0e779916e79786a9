"""Ids and values that real files hold and that addresses, paths and lists could spoil."""

from __future__ import annotations

AWKWARD_IDS = (
    *(".", "..", "...", ".x", "/", "//", "a//b", "a/../b", "\\", "~", "~~", "~YQ", "?", "#"),
    *("%", "%2F", "%2e", "a b", " a", "a ", "\u00a0", "A\u00a0B", "\u200b", "\ufeffA", "a\nb"),
    *("\r\n", "\t", "\x00", "\x7f", "+49 151", "ä/ö", "日本", "__proto__", "a;b=c", "'\"<&>"),
    *("😀" * 512, "x" * 512, "javascript:alert(1)", "=1+1", "A,B", "NULL", "0042"),
)

ODD_REGIONS = ("Île\u00a0de France", "Île de France", "North, East", "A&B=C", "100%", " x ", "a+b")
MANY_REGIONS = tuple(f"Département\u00a0{number:03d}" for number in range(230 - len(ODD_REGIONS)))
