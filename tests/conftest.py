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

#: Left out by `--fast` (`make test-fast`): whole pipelines, browsers, servers, real data, and files
#: of unit tests that take longer than the rest of their folder together.
NOT_FAST = (
    *LONG,
    "tests/browser",
    "tests/cases",
    "tests/docs/test_docs_recipes.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out what takes long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    if config.getoption("--fast"):
        left_out = [one for one in items if one.nodeid.startswith(NOT_FAST)]
        items[:] = [one for one in items if not one.nodeid.startswith(NOT_FAST)]
        config.hook.pytest_deselected(items=left_out)
    items.sort(key=lambda one: not one.nodeid.startswith(LONG))
