"""No password, token or key leaves the product in a message, a log line or an answer.

Every refusal passes through `redacted` when it is made, and the command and the log once more.
Addresses come in many forms, also wrong ones, so anything that looks like a secret is hidden:
rather a harmless word too much than a password.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from urllib.parse import quote, quote_plus, unquote, unquote_plus

HIDDEN = "***"

_NAMES_OF_SECRETS = (
    r"(?:\w*password|\w*passwd|passwort|passphrase|pwd|pass|pw|\w*token|\w*secret\w*"
    r"|\w*credentials?|(?:\w*[_-])?(?:api|access|account|private|shared|secret)[_-]?key\w*"
    r"|authorization|sas|sig|odbc_connect)"
)
#: Of an address with a user: everything between the user's colon and the last @ of the word.
_USER_PART = re.compile(
    r"(?P<scheme>\b[a-z][a-z0-9+.-]*[:;]/*)(?P<user>[^\s\"'/:@]*):[^\s\"']*@", re.I
)
#: The same where the password holds blanks; a port is no password.
_BLANK_PART = re.compile(
    r"(?P<scheme>\b[a-z][a-z0-9+.-]*:/+)(?P<user>[^\s\"'/:@]*):(?!\d{1,5}(?:[/?\s.,;]|$))"
    r"[^\n\"']*@",
    re.I,
)
#: A user's part without a scheme, as in ``user:password@host``.
_BARE_PART = re.compile(r"(?<![\w/])(?P<user>[\w.%+-]+):(?!//)[^\s\"'@]+@(?=[\w\[.-]+)")
_NAMED = re.compile(
    rf"(?P<name>(?<![A-Za-z0-9]){_NAMES_OF_SECRETS}[\"']?\s*(?:=|:(?=\s*[\"']))\s*)"
    r"(?P<value>\{[^}\n]*\}|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|[^&;,\s\"'}]+)",
    re.I,
)
_NAMED_ENCODED = re.compile(
    rf"(?P<name>{_NAMES_OF_SECRETS}(?:\s|%20|\+)*(?:%3D)(?:%7B)?)(?P<value>(?:(?!%3B|%26|%7D)[^&;\s\"'])+)",
    re.I,
)
_SHORTEST = 4

_known: set[str] = set()
_lock = threading.Lock()


def is_secret_name(name: str) -> bool:
    """Tell whether a setting or variable of this name holds a secret."""
    return re.fullmatch(rf"(?:\w*[_-])?{_NAMES_OF_SECRETS}", name, re.I) is not None


def keep_secret(*values: str | None) -> None:
    """Hide these values, however they are encoded, in everything said from now on.

    Values of fewer than four characters are left to the forms that addresses have: hiding them
    everywhere would garble every sentence.
    """
    forms = {
        form
        for value in values
        if value
        for form in (
            value,
            unquote(value),
            unquote_plus(value),
            quote(value, ""),
            quote_plus(value),
        )
        if len(form) >= _SHORTEST
    }
    with _lock:
        _known.update(forms)


def redacted(text: str) -> str:
    """Return a text without the passwords, tokens and keys in it."""
    with _lock:
        known: Iterable[str] = sorted(_known, key=len, reverse=True)
    for secret in known:
        text = text.replace(secret, HIDDEN)
    text = _USER_PART.sub(rf"\g<scheme>\g<user>:{HIDDEN}@", text)
    text = _BLANK_PART.sub(rf"\g<scheme>\g<user>:{HIDDEN}@", text)
    text = _BARE_PART.sub(rf"\g<user>:{HIDDEN}@", text)
    text = _NAMED_ENCODED.sub(rf"\g<name>{HIDDEN}", text)
    return _NAMED.sub(_hide_value, text)


def shown_address(address: str) -> str:
    """Return an address as it may be shown: where it leads, without what opens it.

    Of one that cannot be read only the kind is said.
    """
    scheme, separator, rest = address.partition("://")
    if not separator:
        return f"{address.partition(':')[0][:20]}:…"
    place = rest.rpartition("@")[2]
    return f"{scheme}://" + re.split(r"[?;#]", place)[0]


def _hide_value(found: re.Match[str]) -> str:
    value = found["value"]
    mark = value[0] if value[:1] in "\"'" else ""
    return f"{found['name']}{mark}{HIDDEN}{mark}"
