"""Without a login the app answers this computer only, whatever name leads to it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
OPEN_PATHS = frozenset({"/healthz", "/readyz"})


def register_host_check(server: Flask) -> None:
    """Refuse any other host name: a foreign name that is pointed at this computer (DNS rebinding)
    would let that site's page read the customers."""

    def refuse_foreign_host() -> Response | None:
        if request.path in OPEN_PATHS or is_local(request.headers.get("Host", "")):
            return None
        return Response(
            "This app answers under 127.0.0.1, localhost and [::1] only.\n",
            403,
            mimetype="text/plain",
        )

    server.before_request(refuse_foreign_host)


def is_local(netloc: str) -> bool:
    """Return True for a name of this computer, with any port or none."""
    try:
        parts = urlsplit(f"//{netloc}")
        _ = parts.port
    except ValueError:
        return False
    return parts.netloc == netloc and parts.username is None and parts.hostname in LOCAL_NAMES
