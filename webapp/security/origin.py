"""Only pages of this app may change anything here."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from webapp.security.hosts import is_local

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN_SITES = frozenset({"cross-site", "same-site"})


def register_origin_check(server: Flask) -> None:
    """Refuse writes that another site's page has sent; browsers say where they come from."""

    def refuse_foreign_origin() -> Response | None:
        if request.method in SAFE_METHODS or not comes_from_elsewhere():
            return None
        return Response("Requests from other sites are refused.\n", 403, mimetype="text/plain")

    server.before_request(refuse_foreign_origin)


def comes_from_elsewhere() -> bool:
    """Return True where the browser says that the request was made by another site."""
    if request.headers.get("Sec-Fetch-Site", "") in FOREIGN_SITES:
        return True
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    try:
        netloc = urlsplit(origin).netloc
    except ValueError:
        return True
    return not is_local(netloc) or netloc != request.host
