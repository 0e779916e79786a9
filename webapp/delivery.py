"""How files reach the browser: compressed once, then kept here and there."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

STATIC_PATHS = ("/_dash-component-suites/", "/assets/")
ALGORITHMS = ["zstd", "br", "gzip"]
A_YEAR = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"
MAX_KEPT = 300
KEPT_HEADERS = frozenset({"content-type", "content-encoding", "etag", "cache-control", "vary"})

Key = tuple[str, str | None]
Kept = tuple[bytes, list[tuple[str, str]]]


def register_delivery(server: Flask) -> None:
    """Compress responses, and keep the compressed static files in memory.

    The cache is registered before the compressor: hooks after a request run in reverse order, so
    it sees the finished body. Files are read before the compressor, which would leave them open.
    Unknown files are never kept, and no more than `MAX_KEPT` of the known: Dash answers any made-up
    version of a file name.
    """
    kept: dict[Key, Kept] = {}

    def give_kept() -> Response | None:
        if not _is_static() or (found := kept.get(_key())) is None:
            return None
        body, headers = found
        response: Response = Response(body, headers=headers)
        return response.make_conditional(request)  # type: ignore[return-value]

    def keep(response: Response) -> Response:
        if _is_static() and response.status_code == 200 and _key() not in kept:
            if len(kept) >= MAX_KEPT:
                return response
            body = response.get_data()
            response.headers["Cache-Control"] = _lifetime()
            headers = [(k, v) for k, v in response.headers if k.lower() in KEPT_HEADERS]
            kept[_key()] = (body, headers)
        return response

    def read_whole(response: Response) -> Response:
        if _is_static() and response.direct_passthrough:
            file = response.response
            response.direct_passthrough = False
            response.get_data()
            getattr(file, "close", lambda: None)()
        return response

    server.before_request(give_kept)
    server.after_request(keep)
    server.config.update(
        COMPRESS_STREAMS=True,
        COMPRESS_ALGORITHM=ALGORITHMS,
        COMPRESS_ALGORITHM_STREAMING=ALGORITHMS,
        COMPRESS_REGISTER=True,
    )
    Compress(server)
    server.after_request(read_whole)


def _is_static() -> bool:
    return request.method == "GET" and request.path.startswith(STATIC_PATHS)


def _key() -> Key:
    return request.path, request.accept_encodings.best_match(ALGORITHMS)


def _lifetime() -> str:
    """A year where the address names the version of the file, else an hour."""
    return A_YEAR if request.query_string or ".v" in request.path else AN_HOUR
