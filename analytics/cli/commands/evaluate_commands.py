"""`simulate evaluate`: a published simulated run against its truth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.cli.commands.simulate_commands import simulate_app
from analytics.cli.console import answer, say, table
from analytics.cli.options import AsJson, ProfileName, Workspace
from analytics.domain.words.counting import counted
from analytics.domain.words.prose import within_sentence
from analytics.settings import Settings

if TYPE_CHECKING:
    from analytics.evaluation.published_run.evaluate import Evaluation


@simulate_app.command("evaluate")
def evaluate(
    run: Annotated[str, typer.Argument(help="Id of a published run, or current.")] = "current",
    workspace: Workspace = None,
    profile: ProfileName = None,
    truth: Annotated[
        Path | None,
        typer.Option(help="Folder that `simulate` wrote; else it is looked for below here."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a published run on simulated data against its truth.

    Example: silent-churn simulate evaluate current --truth sim
    """
    from analytics.evaluation.published_run.evaluate import evaluate as hold_against_truth
    from analytics.runs.run_store import RunStore

    settings = Settings.load(workspace=workspace, profile=profile)
    store = RunStore(settings.data_folder)
    published = store.current() if run == "current" else store.run(run)
    found = hold_against_truth(settings, published, truth, say)
    answer(found.as_dict(), as_json=as_json, text=_in_words(found))


def _in_words(found: Evaluation) -> str:
    early, lead, label, policy = found.early, found.lead, found.label, found.policy
    champion = within_sentence(found.run.summary.champion_label)
    rows = [
        ("Label: precision, against true silent exits", label.precision),
        ("Label: recall", label.recall),
        ("Label: kappa, agreement beyond chance", label.kappa),
        ("Early AUC: days of silence alone", early.recency),
        (f"Early AUC: champion ({champion})", early.champion),
        ("Early AUC: oracle that sees the hidden state", early.oracle),
        ("Share of the gap to the oracle closed", early.gap_closed),
        ("Days ahead of a rule of 30 silent days per silent leaver, missed 0: champion",
         lead.mean_days_ahead["champion"]),
        ("The same by days of silence", lead.mean_days_ahead["recency"]),
        ("The same by as many alerts drawn at random", lead.mean_days_ahead["random"]),
        ("Alerted customers who truly went silently", lead.alert_precision),
        ("False alerts a week, of those who stay", lead.weekly_false_alert_share),
        ("Alerts a week, of those scored", lead.weekly_alert_share),
        ("Lead time: days from the first alert to the same rule, median of those alerted",
         lead.first_days_before_rule),
        ("Silent leavers with any alert by then", lead.first_alerted_share),
        ("Silent leavers with any alert before their last visit",
         lead.first_before_last_visit_share),
        ("By luck: leavers with any of as many alerts drawn at random", lead.random_alerted_share),
        ("By luck: days from the first of them to the rule, median (a lottery scores high there)",
         lead.random_days_before_rule),
        ("Lasting alerts: days before the rule, median", lead.days_before_rule),
        ("Lasting alerts: days before the true exit, median", lead.days_before_exit),
        ("Silent leavers under an alert when the rule fires", lead.alerted_share),
        ("Silent leavers under a lasting alert before their last visit",
         lead.before_last_visit_share),
        ("Frustration index against latent frustration, Spearman", found.frustration_spearman),
        ("First 5% of the frustrated without a word: truly frustrated and do not complain",
         found.suppressed.precision),
        ("The same by counting tickets", found.suppressed.counting_tickets),
        (f"Likely cause: recall of the true one, mean over the causes ({found.causes.customers} "
         "leavers)", found.causes.macro_recall),
        ("Likely cause: Cohen's kappa with the true one (0 by chance)", found.causes.kappa),
        (f"True cause among the first two reasons ({found.reasons.customers} leavers)",
         found.reasons.top2),
        ("The same by always naming the two most common causes", found.reasons.always_the_same),
        ("Revenue at risk of past test dates, too much (+) or too little (-) of the true loss",
         found.revenue.bias),
        ("Dates whose 80% interval holds the true loss", found.revenue.interval_covers),
        ("Groups on a date (tier, segment, plan) whose 80% interval does",
         found.revenue.cells_covered),
        ("Customers who change tier in a week", found.steadiness.get("tier_flips")),
        ("Clusters found again in bootstrap samples, adjusted Rand index",
         found.steadiness.get("cluster_ari")),
        ("Plan's true value as a share of the best plan's", policy.share),
    ]  # fmt: skip
    effects = [
        (effect.campaign, effect.action, "yes" if effect.randomised else "no", effect.true,
         effect.measured,
         f"{effect.low:.3f} to {effect.high:.3f}", f"{effect.treated} / {effect.left_alone}")
        for effect in found.effects
    ]  # fmt: skip
    simulated = f"{found.preset}, {found.build}" if found.build else found.preset
    currency = found.run.summary.currency
    return "\n".join(
        [
            table(("Measure", "Value"), rows,
                  title=f"Run {found.run.run_id} (simulated, {simulated}) against its truth"),
            "Net value of the week's contacts by their true effects, at the run's own customer "
            f"values, in {currency}: plan {policy.plan:,.0f} with "
            f"{counted(policy.contacts, 'contact')}, "
            f"best plan {policy.oracle:,.0f}, riskiest first "
            f"{policy.by_risk:,.0f}.",
            table(
                ("Campaign", "Action", "Lots drawn", "True effect", "Measured", "95% interval",
                 "Contacted / not"),
                effects,
                title="Effects: fall of the share of customers lost",
            ),
        ]
    )  # fmt: skip
