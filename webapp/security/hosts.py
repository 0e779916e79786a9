"""Without a login the app answers this computer only, whatever name leads to it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, request

from analytics.errors import UsageError

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
OPEN_PATHS = frozenset({"/healthz", "/readyz"})


def register_host_check(server: Flask) -> None:
    """Refuse any other host name: a foreign name that is pointed at this computer (DNS rebinding)
    would let that site's page read the customers."""

    def refuse_foreign_host() -> Response | None:
        if request.path in OPEN_PATHS:
            return None
        if is_local(request.headers.get("Host", "")) and is_this_computer(request.remote_addr):
            return None
        return Response(
            "This app answers under 127.0.0.1, localhost and [::1] only.\n",
            403,
            mimetype="text/plain",
        )

    server.before_request(refuse_foreign_host)


def check_host(host: str) -> None:
    """Refuse to be seen from other machines, whichever server loads the app.

    Raises
    ------
    UsageError
        The settings name another host.
    """
    if host not in LOCAL_NAMES:
        raise UsageError(
            f"--host must be {', '.join(sorted(LOCAL_NAMES))}: serving others needs a login, which "
            f"is not built yet. Got {host!r}.",
            rule="host_local",
            got=host,
        )


def is_this_computer(address: str | None) -> bool:
    """Tell whether a request comes from this computer: a host name is only what a client says.

    A server behind a socket file of this computer gives no address.
    """
    if not address:
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)


def is_local(netloc: str) -> bool:
    """Return True for a name of this computer, with any port or none."""
    try:
        parts = urlsplit(f"//{netloc}")
        _ = parts.port
    except ValueError:
        return False
    return parts.netloc == netloc and parts.username is None and parts.hostname in LOCAL_NAMES
