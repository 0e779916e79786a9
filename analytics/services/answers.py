"""Keeps answers that cannot have changed: the key holds the run and the question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from flask_caching import Cache

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


def process_cache() -> Cache:
    """Return a cache of this process, without a server and without a file.

    Several hosts need none in common: a key holds the run and the question, so that each host
    keeps answers of its own and none can be out of date.
    """
    options = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": _MOST_ANSWERS}
    return Cache(Flask("answers"), config=options)
