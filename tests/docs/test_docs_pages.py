"""What the written pages name is there: files, folders, headings, commands, mappings, settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analytics.cli.reference.command_page import commands as known_commands
from analytics.cli.reference.pages import pages
from analytics.errors import SilentChurnError
from analytics.etl.mappings.mapping_file import SHIPPED_MAPPINGS
from analytics.settings import Settings
from tests.docs.written_pages import DOCS, ROOT, WRITTEN, text_of

EVERY_PAGE = (*WRITTEN, *(f"docs/{name}" for name in pages()))
#: What a path in the text begins with, where it is one of the repository.
_FOLDERS = ("analytics/", "webapp/", "tests/", "sql/", "assets/", "docs/", ".ci/", ".github/")
#: Paths of the worked examples, which the reader makes.
_MADE_BY_READERS = ("webapp/pages/largest/", "analytics/etl/sources/arrow_file.py")


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as hosts of repositories make them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", title.lower()) for title in titles)
    return {title.strip().replace(" ", "-") for title in plain}


def test_every_page_of_docs_is_written_or_made() -> None:
    assert {f"docs/{one.name}" for one in DOCS.iterdir()} == {
        one for one in EVERY_PAGE if one.startswith("docs/")
    }


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        aim = (ROOT / page).parent / path if path else ROOT / page
        assert aim.exists(), f"{page} links to {target}"
        if anchor:
            assert anchor in headings(aim), f"{page} links to {target}"


@pytest.mark.parametrize("page", WRITTEN)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    for path in re.findall(r"`([\w./-]+)`", text_of(page)):
        if path.startswith(_FOLDERS) and not path.startswith(_MADE_BY_READERS):
            assert (ROOT / path).exists(), f"{page} names {path}"


@pytest.mark.parametrize("page", WRITTEN)
def test_every_command_that_a_page_names_is_known(page: str) -> None:
    known = {name for name, _ in known_commands()}
    for words in re.findall(r"silent-churn ([a-z]+(?: [a-z]+)?)\b", text_of(page)):
        first = words.split()[0]
        assert words in known or first in known, f"{page} names {words}"


def test_the_readme_leads_to_every_page() -> None:
    linked = set(re.findall(r"\]\((docs/\w+\.md)\)", text_of("README.md")))
    assert linked == {page for page in EVERY_PAGE if page.startswith("docs/")}


def test_every_shipped_mapping_is_in_the_gallery() -> None:
    gallery = text_of("docs/own_data.md").split("## Mappings that ship with it")[1].split("## ")[0]
    for name in SHIPPED_MAPPINGS:
        assert f"`{name}`" in gallery


def test_every_floor_is_in_the_plan_of_the_house() -> None:
    plan = text_of("docs/extending.md")
    for folder in sorted((ROOT / "analytics").iterdir()):
        if (folder / "__init__.py").is_file():
            assert f"`analytics/{folder.name}/`" in plan


def test_every_setting_and_exit_code_has_a_row_of_its_own() -> None:
    made = pages()
    for name, field in Settings.model_fields.items():
        (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", made["settings.md"], flags=re.MULTILINE)
        default = str(field.default or "")
        assert row == f"{f'`{default}`' if default else 'empty'} | {field.description}"
    for one in (SilentChurnError, *SilentChurnError.__subclasses__()):
        assert f"| `{one.exit_code}` |" in made["commands.md"]
