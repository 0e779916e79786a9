"""A run, start to end: features, training, scores, actions, publication."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from analytics import __version__
from analytics.domain.customer_columns.columns import Customer
from analytics.domain.event_log.local_days import local_day
from analytics.domain.profiles.profile import Profile
from analytics.domain.words.counting import counted
from analytics.errors import InsufficientData
from analytics.etl.landing.landed import Landed, current_landing
from analytics.exports.customer_csv import FRUSTRATION_CSV, write_frustration_csv
from analytics.features.custom import features_with
from analytics.features.engines.engine import without_password
from analytics.features.engines.open_engine import DUCKDB_URL
from analytics.features.prepared import day_number
from analytics.features.record import Feature
from analytics.features.registry import FEATURES
from analytics.modelling.artifact import HANDOFF_FILE, load_model, save_model, write_handoff
from analytics.modelling.observing.observations import snapshot, stack
from analytics.modelling.past_dates.weekly_scores import early_model, weekly_scores, weeks_of
from analytics.modelling.too_little import other_horizons_may_help
from analytics.modelling.training import Trained, check_enough, train
from analytics.pipeline.content.former_segments import FormerSegments, former_segments, run_before
from analytics.pipeline.content.run_content import RunContent, run_content
from analytics.pipeline.frustration_seen import frustration_seen
from analytics.pipeline.learned import Learned
from analytics.pipeline.leftovers import remove_leftovers
from analytics.pipeline.model_card import model_card
from analytics.pipeline.observing.chosen_profile import (
    chosen_profile,
    in_currency_of,
    in_zone_of,
    named_profile,
)
from analytics.pipeline.observing.closer_dates import observe_enough
from analytics.pipeline.observing.fleet_log import FleetLog, fleet_log
from analytics.pipeline.observing.observed import DATES, as_of_date, observed_source
from analytics.pipeline.observing.truncation_gate import truncation_gate
from analytics.pipeline.observing.way_out import tried_ways, with_way_out
from analytics.pipeline.run_comparison import compare_with, last_run
from analytics.pipeline.run_writer import write_run
from analytics.runs.run_store import PublishedRun, RunStore
from analytics.settings import Settings

SEED = 20260101
Say = Callable[[str], None]


@dataclass(frozen=True)
class RunRequest:
    """What a run is made from; the same request gives the same run id."""

    landed: Landed
    profile: Profile
    as_of: date
    engine: str = DUCKDB_URL
    features: tuple[Feature, ...] = FEATURES
    log: FleetLog | None = None

    @property
    def run_id(self) -> str:
        """The date and a fingerprint of data, profile, features, engine and code version."""
        made_from = repr(
            (
                sorted(self.landed.report.tables.items()),
                self.profile,
                self.as_of,
                __version__,
                SEED,
                without_password(self.engine),
                self.features,
            )
        )
        return f"{self.as_of.isoformat()}-{hashlib.sha256(made_from.encode()).hexdigest()[:10]}"


def run_pipeline(
    settings: Settings, *, as_of: str | None, now: datetime, say: Say = lambda text: None
) -> PublishedRun:
    """Run on what has landed and publish it; the same input again just makes it current.

    Raises
    ------
    BadInput
        Nothing has landed.
    UsageError
        The profile or the date is unknown.
    InsufficientData
        Too little data to support a score.
    Locked
        Another run is at work.
    """
    named = named_profile(settings.profile)
    landed = current_landing(settings.data_folder)
    profile = chosen_profile(named, landed.report.event_types)
    profile = in_currency_of(profile, landed.report.currency, settings.currency)
    profile = in_zone_of(profile, landed.report.zone)
    log = fleet_log(landed, profile, today=local_day(now, profile.zone_of_days))
    request = RunRequest(
        landed,
        profile,
        as_of_date(log, as_of),
        settings.engine,
        features_with(settings.own_features_file),
        log,
    )
    store = RunStore(settings.data_folder)
    with store.lock():
        remove_leftovers(settings.data_folder, settings.models_folder)
        if store.is_whole(request.run_id):
            say(f"Run {request.run_id} has these data already.")
            run = store.publish(request.run_id, _never)
        else:
            say(f"Profile {profile.name}, data as of {request.as_of}.")
            for note in log.notes(request.as_of):
                say(f"Note: {note}")
            learned = _learn(settings, request, say)
            content = run_content(
                profile, learned, _former(store, request, learned), run_id=request.run_id, say=say
            )
            run = _publish(settings, store, request, learned.trained, content, now)
        _hand_off(settings, run, request.features)
        return run


def _learn(settings: Settings, request: RunRequest, say: Say) -> Learned:
    """Observe, train, and score every week since the oldest test date."""
    profile, as_of = request.profile, request.as_of
    with observed_source(settings, request.landed, profile, log=request.log) as source:
        observed = observe_enough(
            source, request.landed, profile=profile, as_of=as_of, say=say, dates=DATES
        )
        check_enough(observed.snapshots, profile, source.prepared.first_day)
        observations = stack(observed.snapshots, early_warning_days=profile.early_warning_days)
        gate = truncation_gate(settings, source, request.landed, profile, observed.snapshots)
        say(f"Training on {counted(len(observations), 'observation')}.")
        try:
            trained = train(observations, as_of_day=day_number(as_of), seed=SEED, gates=[gate])
        except InsufficientData as refused:
            raise with_way_out(refused, source, request.landed, profile, as_of) from None
        if trained.average_interval is not None and other_horizons_may_help(observations):
            ways = tried_ways(source, request.landed, profile, as_of)
            trained = replace(trained, unsupported=" ".join([trained.unsupported, *ways]))
        weeks = weeks_of(trained.backtest, as_of)
        say(f"Scoring {counted(len(weeks), 'past week')} with what was known on {weeks[0]}.")
        weekly = weekly_scores(
            weeks,
            partial(
                snapshot,
                source,
                profile=profile,
                last_day=day_number(as_of),
                states=observed.states,
            ),
            trained.early or early_model(observations, trained.backtest, seed=SEED),
            today=trained.champion,
        )
        said = frustration_seen(source, observed)
    return Learned(observed, trained, weekly, said)


def _former(store: RunStore, request: RunRequest, learned: Learned) -> FormerSegments | None:
    """Return what the run takes over from the last one of this business before its date."""
    former = run_before(
        store,
        request.run_id,
        request.profile,
        request.as_of,
        simulated=request.landed.report.simulated,
        customer_ids=learned.observed.people["customer_id"].to_numpy(dtype=object),
    )
    return former_segments(former)


def _publish(
    settings: Settings,
    store: RunStore,
    request: RunRequest,
    trained: Trained,
    content: RunContent,
    now: datetime,
) -> PublishedRun:
    """Write model and run; the run becomes current only when it is whole."""
    report = request.landed.report
    former = last_run(
        store, request.run_id, request.profile.name, simulated=request.landed.report.simulated
    )
    comparison = (
        None
        if former is None
        else compare_with(
            former,
            content.tables[Customer],
            content.evidence.metrics,
            content.catalogue,
            champion=trained.champion.name,
        )
    )
    card = model_card(
        trained,
        content.evidence,
        request.profile,
        request.features,
        as_of=request.as_of.isoformat(),
        simulated=report.simulated,
        source=report.source,
    )
    folder = settings.models_folder / request.run_id
    shutil.rmtree(folder, ignore_errors=True)
    save_model(folder, trained.champion, trained.novelty, card)
    return store.publish(
        request.run_id,
        lambda staging: write_run(
            staging,
            content,
            request.profile,
            trained,
            request.landed,
            run_id=request.run_id,
            as_of=request.as_of,
            now=now,
            comparison=comparison,
            log_notes=() if request.log is None else request.log.notes(request.as_of),
        ),
    )


def _hand_off(settings: Settings, run: PublishedRun, features: Sequence[Feature]) -> None:
    """Write the files for other tools, always those of the current run."""
    write_frustration_csv(run, settings.data_folder / "exports" / FRUSTRATION_CSV)
    folder = settings.models_folder / run.run_id
    if folder.is_dir():
        saved = load_model(folder, features=[feature.name for feature in features])
        write_handoff(settings.models_folder / HANDOFF_FILE, saved.champion, dict(saved.card))


def _never(folder: Path) -> None:
    raise AssertionError(f"{folder} exists already")
