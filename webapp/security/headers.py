"""Response headers: a strict content policy without unsafe scripts, and the small ones."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from flask import Flask, Response, g, has_request_context, request

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def nonce() -> str:
    """Return the nonce of this request; empty outside of one."""
    if not has_request_context():
        return ""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def content_policy(nonce_value: str, script_hashes: Sequence[str]) -> str:
    """Return the policy of a page.

    Scripts come from here, by nonce or by hash, never inline or by eval. Style elements that the
    libraries add get the nonce from a shim in the page; only the chart library sets two style
    attributes.
    """
    hashes = " ".join(script_hashes)
    return (
        "default-src 'none'; "
        f"script-src 'self' 'nonce-{nonce_value}' {hashes}; "
        f"style-src-elem 'self' 'nonce-{nonce_value}'; style-src-attr 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )


def register_headers(server: Flask, script_hashes: Callable[[], Sequence[str]]) -> None:
    """Add the headers to every response; the policy and no-store to every page.

    Parameters
    ----------
    script_hashes
        Gives the hashes of Dash's inline scripts; asked once the app has set itself up.
    """

    def add_headers(response: Response) -> Response:
        for name, value in FIXED_HEADERS.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = content_policy(nonce(), script_hashes())
            response.headers["Cache-Control"] = "no-store"
        elif request.path.startswith(("/_dash-update", "/_dash-layout", "/export/")):
            response.headers["Cache-Control"] = "no-store"
        return response

    server.after_request(add_headers)
