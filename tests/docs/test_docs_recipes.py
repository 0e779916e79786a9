"""The worked examples of docs/extending.md, followed on a copy of the repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.domain.profiles.profile_file import parse_profile
from tests.docs.written_pages import ROOT, blocks
from tests.patience import PATIENCE_S

PAGE = "docs/extending.md"


def followed(folder: Path) -> list[str]:
    """Do to a copy what the page says; return the files that were made or changed."""
    touched = []
    for block in blocks(PAGE, "python"):
        first, _, text = block.partition("\n")
        if first.startswith("# ") and first.endswith(".py"):
            touched.append(first.removeprefix("# "))
            (folder / touched[-1]).parent.mkdir(parents=True, exist_ok=True)
            (folder / touched[-1]).write_text(text, encoding="utf-8")
    for block in blocks(PAGE, "diff"):
        first, *lines = block.splitlines()
        touched.append(first.removeprefix("+++ "))
        change(folder / touched[-1], lines)
    return touched


def change(path: Path, lines: list[str]) -> None:
    """Apply one change: lines that stay or go must stand there, together and once."""
    before = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
    after = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name} must hold once, as {PAGE} shows it:\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipes")
    for package in ("analytics", "webapp", "tests", "sql", "docs"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copyfile(ROOT / name, folder / name)
    (folder / "assets").symlink_to(ROOT / "assets")
    assert len(followed(folder)) >= 12
    return folder


def in_copy(copy: Path, *arguments: str) -> str:
    """Run Python in the copy; return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={"PYTHONPATH": str(copy), "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


PAGE_AND_NUMBER = """
from pathlib import Path
import analytics
from analytics.domain.customer.filter import CustomerFilter
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.sample_run import publish_sample_run
from webapp.factory import create_app
from webapp.pages.largest.render import render_largest
from webapp.pages.overview.kpis import kpis_of

assert Path(analytics.__file__).is_relative_to(Path.cwd()), analytics.__file__
publish_sample_run(Path("sample/data"), customers=80)
settings = Settings.load(workspace=Path("sample"))
service = AnalyticsService(settings)
everyone = CustomerFilter()
app = create_app(settings, service)
(shown,) = [one for one in app._callback_list if "largest-rows" in one["output"]]
block = service.customer_block(everyone, start=0, end=10, sort=(("revenue_at_risk", True),))
lines = render_largest(service.stamp(), block)["rows"]
amounts = [row["revenue_at_risk"] for row in block.rows]
assert len(lines) == 10 and amounts == sorted(amounts, reverse=True), amounts
result = service.overview(everyone)
(card,) = [one for one in kpis_of(result, everyone) if one.measure == "held_out"]
assert 0 < result.totals.held_out < 80 and card.value == str(result.totals.held_out), card
"""

SOURCE = """
from pathlib import Path
import pyarrow as pa
from analytics.cli import main

table = pa.table({"who": ["a", "b"], "at": ["2025-02-03", "2025-02-04"]})
with pa.OSFile("log.arrow", "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
    writer.write_table(table)
Path("arrow.toml").write_text('''
[[source]]
name = "log"
to = "events"
path = "log.arrow"
format = "arrow"
[source.columns]
customer_id = "who"
occurred_at = "at"
event_type = { constant = "order" }
''', encoding="utf-8")
main(["ingest", "--mapping", "arrow.toml", "log.arrow", "--json", "--workspace", "landed"])
"""

FEATURE = """
from pathlib import Path
from analytics.features.registry import FEATURE_NAMES

assert "value_30d" in FEATURE_NAMES
"""


def test_the_page_and_the_number_show_what_is_published(copy: Path) -> None:
    in_copy(copy, "-c", PAGE_AND_NUMBER)


def test_the_house_rules_hold_the_new_page_too(copy: Path) -> None:
    house_rules = "tests/webapp/test_web_house_rules.py"
    in_copy(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "id or label", house_rules)


def test_the_new_format_lands(copy: Path) -> None:
    assert '"accepted": 2' in in_copy(copy, "-c", SOURCE)


def test_the_feature_is_registered_and_the_pages_tell_of_all_that_is_new(copy: Path) -> None:
    in_copy(copy, "-c", FEATURE)
    in_copy(copy, "-m", "analytics.cli.generated_files")
    for page, name in (
        ("features", "value_30d"),
        ("numbers", "held_out"),
        ("mapping", "arrow"),
    ):
        assert name in (copy / "docs" / f"{page}.md").read_text(encoding="utf-8"), page


def test_the_imports_keep_to_the_floors(copy: Path) -> None:
    in_copy(copy, str(Path(sys.executable).with_name("lint-imports")), "--no-cache")


def test_the_action_is_a_profile() -> None:
    profile = parse_profile(blocks(PAGE, "toml")[0], name="ours")
    assert [one.name for one in profile.actions] == [
        "fix_and_follow_up",
        "success_call",
        "training_voucher",
    ]
    assert profile.actions[-1].assumed_save_rate == pytest.approx(0.1)
