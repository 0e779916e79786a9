"""Keeps answers that cannot have changed: the key holds the run and the question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from flask_caching import Cache

from analytics.errors import UsageError
from analytics.settings import Settings

Answer = TypeVar("Answer")

_MOST_ANSWERS = 500


class Answers:
    """A cache of answers, in the process unless another one is given.

    Another run has other keys, so nothing is ever cleared. Answers are frozen values; what people
    wrote is not kept here.
    """

    def __init__(self, cache: Cache, timeout_s: int) -> None:
        # The backend itself: flask-caching looks for it in the app that answers the request.
        self._cache = cache.app.extensions["cache"][cache] if cache.app else cache
        self._timeout_s = timeout_s

    def get(self, key: str, compute: Callable[[], Answer]) -> Answer:
        """Return the answer kept under a key, or compute and keep it."""
        found = self._cache.get(key)
        if found is None:
            found = compute()
            self._cache.set(key, found, timeout=self._timeout_s)
        answer: Answer = found
        return answer


def process_cache(settings: Settings) -> Cache:
    """Return a cache of this process, without a server and without a file.

    Raises
    ------
    UsageError
        The settings ask for a cache server.
    """
    if settings.cache_url:
        raise UsageError(
            "cache_url must be empty: this version keeps answers in the process only. "
            "Got an address.",
            rule="cache_supported",
        )
    options = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": _MOST_ANSWERS}
    return Cache(Flask("answers"), config=options)
