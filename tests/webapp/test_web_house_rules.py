from __future__ import annotations

import ast
import json
import re
from collections import Counter
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from dash import Dash, html

from tests.webapp.component_text import ids_of, parts_of
from webapp.components.filter_ids import FilterIds
from webapp.factory import NO_CHOICES
from webapp.pages import PAGES
from webapp.shell.ids import ShellIds
from webapp.shell.layout import shell
from webapp.theme import BAD, WARNING

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "webapp").rglob("*.py"))
MAX_BODY_LINES = 10
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def page_ids() -> dict[str, type[StrEnum]]:
    folders = sorted(p.parent.name for p in (ROOT / "webapp" / "pages").glob("*/ids.py"))
    found = {}
    for folder in folders:
        module = import_module(f"webapp.pages.{folder}.ids")
        kinds = [k for k in vars(module).values() if isinstance(k, type) and issubclass(k, StrEnum)]
        found[folder] = next(kind for kind in kinds if kind is not StrEnum)
    return found


def frame() -> html.Div:
    return html.Div([shell(PAGES, NO_CHOICES), *(page.layout("any") for page in PAGES)])


def test_every_page_has_its_own_ids_with_its_prefix() -> None:
    assert len(page_ids()) == len(PAGES)
    for folder, kind in page_ids().items():
        assert all(one.value.startswith(f"{folder}-") for one in kind), folder


def test_no_id_stands_twice() -> None:
    counted = Counter(str(one) for one in ids_of(frame()))
    assert [one for one, times in counted.items() if times > 1] == []


def test_every_id_of_the_house_stands_in_some_layout() -> None:
    standing = {str(one) for one in ids_of(frame())}
    declared = [one.value for kind in (*page_ids().values(), ShellIds, FilterIds) for one in kind]
    assert [one for one in declared if one not in standing] == []


def test_every_id_that_a_callback_names_stands_in_some_layout(web_app: Dash) -> None:
    standing = {str(one) for one in ids_of(frame())}
    named = set()
    for one in web_app._callback_list:
        named |= {dependency["id"] for dependency in (*one["inputs"], *one["state"])}
        outputs = one["output"].strip(".").split("...")
        named |= {output.split("@")[0].rsplit(".", 1)[0] for output in outputs}
    patterns = {one for one in named if one.startswith("{")}
    assert named - patterns <= standing
    assert {json.loads(one)["type"] for one in patterns} == {
        "customer-work-status",
        "segments-saved-rename",
        "segments-saved-delete",
    }


def test_a_callback_parses_asks_and_renders_in_ten_lines() -> None:
    found = 0
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and _is_callback(node):
                found += 1
                lines = node.end_lineno - node.body[0].lineno + 1  # type: ignore[operator]
                assert lines <= MAX_BODY_LINES, f"{source.name}:{node.name} has {lines} lines"
    assert found >= 12


def _is_callback(node: ast.FunctionDef) -> bool:
    calls = [one.func for one in node.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(one, ast.Attribute) and one.attr == "callback" for one in calls)


def test_colours_are_named_in_the_theme_and_the_style_sheets_only() -> None:
    named = [
        source.name
        for source in SOURCES
        if source.name != "theme.py" and HEX_COLOR.search(source.read_text("utf-8"))
    ]
    assert named == []


def test_style_sheets_name_colours_in_the_tokens_only() -> None:
    sheets = sorted((ROOT / "assets" / "web").glob("*.css"))
    named = [one.name for one in sheets if HEX_COLOR.search(one.read_text("utf-8"))]
    assert named == ["10-tokens.css", "90-print.css"]


def test_the_marks_of_bars_have_the_colours_of_the_theme() -> None:
    tokens = (ROOT / "assets" / "web" / "10-tokens.css").read_text("utf-8")
    assert f"--bar-critical: {BAD};" in tokens
    assert f"--bar-high: {WARNING};" in tokens


def test_nothing_is_rendered_as_markup_or_code() -> None:
    text = "\n".join(source.read_text("utf-8") for source in SOURCES)
    assert "dangerously" not in text
    assert "dcc.Markdown" not in text


def test_every_control_has_a_label() -> None:
    labelled = {one.htmlFor for one in parts_of(frame()) if getattr(one, "htmlFor", None)}
    controls = [
        one.id for one in parts_of(frame()) if type(one).__name__ in {"Input", "Select", "Textarea"}
    ]
    assert len(controls) >= 10
    assert [one for one in controls if one not in labelled] == []
