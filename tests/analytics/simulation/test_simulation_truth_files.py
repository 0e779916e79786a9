"""The truth is sealed: nothing of it is among the source, and no other module names it."""

from __future__ import annotations

import ast
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from analytics.etl import locate
from analytics.simulation import simulate as simulate_module
from analytics.simulation import truth_files
from analytics.simulation.hidden import ARCHETYPE_NAMES, DRIVER_NAMES, STATE_NAMES
from tests.analytics.simulation.simulation_world import GONE, Business, Connection, one

REPO = Path(__file__).parents[3]
#: Columns that a company has as well: whose row it is, and what it tried.
SHARED = {"customer_id", "account_id", "kept_id", "campaign", "action"}
#: The truth's own files; its list of customers is called like that of any run.
TRUTH_FILES = {
    value for name, value in vars(truth_files).items() if name.endswith("_FILE")
} - {"customers.parquet"}  # fmt: skip
TRUTH_NAMES = {name for name in vars(truth_files) if name.endswith("_FILE")} | {
    "TRUTH_FOLDER", "TruthFiles", "truth_files", "open_truth",
}  # fmt: skip
MAY_NAME_IT = ("analytics/simulation", "analytics/evaluation", "analytics/etl/locate.py")


def test_no_column_or_word_of_the_truth_is_among_the_source(business: Business) -> None:
    source, truth = business.report.source, business.report.truth
    hidden_words = {*STATE_NAMES, *DRIVER_NAMES, *ARCHETYPE_NAMES} - {"none"}
    assert _words(truth) >= hidden_words - {"closed_unpaid", "price"}
    hidden_columns = _columns(truth) - SHARED
    assert len(hidden_columns) > 20
    assert not hidden_columns & _columns(source)
    assert not _words(source) & hidden_words
    assert _words(source) & {"opened", "solved"}


def _words(folder: Path) -> set[str]:
    return {word for path in sorted(folder.iterdir()) for word in _texts(path)}


def _texts(path: Path) -> set[str]:
    """Return every text that occurs in a file, whole cells."""
    if path.suffix == ".csv":
        cells = path.read_text("utf-8").replace(";", ",").replace("\n", ",").split(",")
        return {one.strip('"').lower() for one in cells}
    table = pq.read_table(path)
    columns = [one for one in table.columns if pa.types.is_string(one.type)]
    assert columns, path.name
    return {str(one).lower() for column in columns for one in column.unique().to_pylist()}


def _columns(folder: Path) -> set[str]:
    names: set[str] = set()
    for path in folder.iterdir():
        if path.suffix == ".parquet":
            names.update(pq.read_schema(path).names)
        else:
            delimiter = ";" if path.name == "surveys.csv" else ","
            options = pa_csv.ParseOptions(delimiter=delimiter)
            names.update(pa_csv.open_csv(path, parse_options=options).schema.names)
    return names


def test_silent_leavers_look_like_any_other_account(world: Connection) -> None:
    leavers, closed = one(
        world,
        "SELECT count(*), count(closed_at) FROM accounts JOIN truth ON customer_id = account_id "
        "WHERE final_state = 'gone_silently'",
    )
    assert leavers > 200
    assert closed == 0


def test_the_last_week_of_the_truth_ends_with_the_simulation(business: Business) -> None:
    """An exit in the cut off part of the last week is yet to come, for every file alike."""
    differ, compared = one(
        business.world,
        "SELECT sum((state <> final_state)::INT), count(*) FROM states JOIN truth "
        "USING (customer_id) WHERE week = (SELECT max(week) FROM states)",
    )
    assert (differ, compared) == (0, 4000)
    there = f"SELECT customer_id FROM truth WHERE final_state NOT IN {GONE}"
    assert one(business.world, f"SELECT count(*) FROM ({there})") > 2000
    for first, second in (("futures", f"({there})"), (f"({there})", "futures")):
        missing = f"SELECT count(*) FROM {first} ANTI JOIN {second} USING (customer_id)"
        assert one(business.world, missing) == 0
    late = "SELECT count(*) FROM {} WHERE exit_at >= TIMESTAMPTZ '2026-06-29'"
    assert one(business.world, late.format("truth")) == 0
    assert one(business.world, late.format("outcomes")) == 0


def test_only_simulator_evaluation_and_the_guard_name_the_truth() -> None:
    modules = {
        path.relative_to(REPO).as_posix(): _named(path.read_text("utf-8"))
        for folder in ("analytics", "webapp")
        for path in sorted((REPO / folder).rglob("*.py"))
    }
    readers = {name for name, named in modules.items() if named}
    assert {one for one in readers if not one.startswith(MAY_NAME_IT)} == set()
    assert {"analytics/evaluation/truth.py", "analytics/etl/locate.py"} <= readers


@pytest.mark.parametrize(
    "planted",
    [
        'folder / "truth"',
        'read("sim/truth/customers.parquet")',
        'read(folder / "weeks.parquet")',
        "from analytics.simulation.simulate import TRUTH_FOLDER",
        "from analytics.simulation import truth_files",
        "import analytics.simulation.truth_files",
        "simulate.TRUTH_FOLDER",
        'f"{folder}/truth/x"',
    ],
)
def test_a_module_that_names_the_truth_is_found(planted: str) -> None:
    assert _named(planted)


def test_a_module_that_only_speaks_of_truth_is_not_accused() -> None:
    assert not _named('def f(truth):\n    """Reads truth, truth/."""\n    return "the truth."\n')


def test_the_guard_of_the_etl_knows_what_the_simulator_writes() -> None:
    assert vars(locate)["_TRUTH_FOLDER"] == simulate_module.TRUTH_FOLDER
    assert vars(locate)["_SIMULATION_NOTE"] == simulate_module.NOTE_FILE


def _named(code: str) -> set[str]:
    """Return the names and paths of the truth that a module uses; sentences do not count."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            is_path = not any(one.isspace() for one in text)
            parts = set(text.split("/")) if is_path else set()
            found |= parts & ({"truth"} | TRUTH_FILES)
        elif isinstance(node, ast.ImportFrom):
            words = {*(node.module or "").split("."), *(one.name for one in node.names)}
            found |= words & TRUTH_NAMES
        elif isinstance(node, ast.Import):
            found |= {word for one in node.names for word in one.name.split(".")} & TRUTH_NAMES
        elif isinstance(node, ast.Attribute):
            found |= {node.attr} & TRUTH_NAMES
    return found
