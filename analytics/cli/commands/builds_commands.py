"""`simulate builds`: the product on businesses of several builds, the worst of them named."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.commands.check_commands import CHECK_END
from analytics.cli.commands.simulate_commands import DEFAULT_DAYS, simulate_app
from analytics.cli.console import answer, say, table
from analytics.cli.options import AsJson
from analytics.domain.words.counting import counted

if TYPE_CHECKING:
    from analytics.evaluation.builds_compared import BuildComparison, BuildMeasure


@simulate_app.command("builds")
def builds(
    build: Annotated[
        list[str] | None,
        typer.Option(help="usual, or a build of `simulate`; may repeat; all of them unless set."),
    ] = None,
    seeds: Annotated[int, typer.Option(help="Simulations of each build.")] = 1,
    customers: Annotated[int, typer.Option(help="Customers of each.")] = 3000,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes that share them.")] = 2,
    as_json: AsJson = False,
) -> None:
    """Run the product on differently built businesses and hold each run against its truth.

    Shows the builds side by side and names the worst of each figure, which a mean would hide. Works
    in folders of its own and leaves the workspace alone. Takes minutes for each build.

    Example: silent-churn simulate builds --build usual --build abrupt --customers 2000
    """
    from analytics.evaluation.builds_compared import USUAL, compare_builds
    from analytics.simulation.presets.builds import BUILDS

    found = compare_builds(
        list(dict.fromkeys(build or (USUAL, *BUILDS))),
        seeds=seeds,
        customers=customers,
        days=DEFAULT_DAYS,
        end=CHECK_END,
        say=say,
        jobs=jobs,
    )
    answer(found.as_dict(), as_json=as_json, text=_in_words(found))


def _in_words(found: BuildComparison) -> str:
    from analytics.evaluation.builds_compared import BUILD_MEASURES

    rows = [
        (
            measure.label,
            *(_measured(found.mean(measure, name)) for name in found.builds),
            _worst(found, measure),
        )
        for measure in BUILD_MEASURES
    ]
    shown = table(
        ("Measure", *(name.replace("_", " ") for name in found.builds), "Worst"),
        rows,
        title=f"Simulated businesses of {counted(found.customers, 'customer')} over "
        f"{found.days} days, held against their truth; worst of all simulations",
    )
    problems = [
        f"{each.build}, seed {each.seed}: {each.problem}" for each in found.judged if each.problem
    ]
    return "\n".join([shown.rstrip(), *problems])


def _measured(value: float) -> float | None:
    return None if math.isnan(value) else value


def _worst(found: BuildComparison, measure: BuildMeasure) -> str:
    worst = found.worst(measure)
    if worst is None:
        return "-"
    return f"{worst.figures[measure.name]:.3f} {worst.build.replace('_', ' ')}"
