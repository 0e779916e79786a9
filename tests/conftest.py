from __future__ import annotations

import pytest

#: Folders and files whose tests take long, because they run the whole pipeline.
LONG = (
    "tests/pipeline",
    "tests/faults",
    "tests/real_data",
    "tests/test_readme",
    "tests/analytics/cli",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda one: not one.nodeid.startswith(LONG))
