from __future__ import annotations

import pytest

from webapp.page import find_page
from webapp.pages import PAGES


@pytest.mark.parametrize(
    ("pathname", "name", "tail"),
    [
        ("/", "Overview", ""),
        ("/segments", "Segments", ""),
        ("/segments/", "Segments", ""),
        ("/customers", "Customers", ""),
        ("/customers/", "Customers", ""),
        ("/customers/C00001", "Customer", "C00001"),
        ("/customers/a%2Fb%20c", "Customer", "a/b c"),
        ("/customers/~not base64", "Customer", "~not base64"),
        ("/recommendations", "Recommendations", ""),
        ("/evidence", "Evidence", ""),
    ],
)
def test_an_address_finds_its_page(pathname: str, name: str, tail: str) -> None:
    found = find_page(PAGES, pathname)
    assert found is not None
    assert (found[0].name, found[1]) == (name, tail)


@pytest.mark.parametrize("pathname", ["/nowhere", "/customer", "/customers/" + "x" * 513])
def test_other_addresses_find_none(pathname: str) -> None:
    assert find_page(PAGES, pathname) is None


def test_the_navigation_shows_the_five_real_pages_in_order() -> None:
    shown = sorted((page for page in PAGES if page.in_nav), key=lambda page: page.order)
    assert [page.name for page in shown] == [
        "Overview",
        "Segments",
        "Customers",
        "Recommendations",
        "Evidence",
    ]
