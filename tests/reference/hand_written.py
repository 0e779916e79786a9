"""The features in one DuckDB query written by hand, over the same prepared tables.

The other side of a benchmark: what a good engineer would write who needs no other engine, no range
of customers and no registry. The numbers are the engine's; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Collection

HAND_WRITTEN = """
WITH known_days AS (
    SELECT d.*, $day - d.day AS age FROM prepared_days AS d
    WHERE d.day <= $day AND d.received_day <= $day
),
a AS (
    SELECT customer_key, min(day) AS first_day,
           max(day) FILTER (active_day = 1) AS last_day,
           sum(active_day) AS ever,
           sum(active_day) FILTER (age >= 14 AND age < 180) AS reference,
           sum(active_day) FILTER (age < 7) AS d7,
           sum(active_day) FILTER (age < 14) AS d14,
           sum(active_day) FILTER (age < 28) AS d28,
           sum(active_day) FILTER (age < 56) AS d56,
           sum(active_day) FILTER (age < 90) AS d90,
           sum(active_day) FILTER (age < 180) AS d180,
           sum(active_day) FILTER (age >= 14 AND age < 28) AS d14_prior,
           sum(active_day) FILTER (age >= 7 AND age < 35) AS d28_prior,
           sum(active_day) FILTER (age >= 28 AND age < 84) AS d56_prior,
           sum(activity) FILTER (age < 28) AS e28,
           sum(activity) FILTER (age < 84) AS e84,
           sum(activity) FILTER (age < 180) AS e180,
           sum(activity) FILTER (age < 180 AND (day + 3) % 7 >= 5) AS weekend,
           sum(activity * (11 - 2 * (age // 7))) FILTER (age < 84) AS slope,
           sum(activity * g.decay_21) AS x21, sum(activity * g.decay_45) AS x45,
           sum(paid_cents) AS paid_ever, sum(paid) AS purchases,
           sum(paid_cents) FILTER (age < 180) AS paid_180,
           sum(paid_cents) FILTER (age < 90) AS paid_90,
           sum(paid_cents) FILTER (age >= 90 AND age < 180) AS paid_90_prior
    FROM known_days JOIN ages AS g USING (age) GROUP BY customer_key
),
known_signs AS (
    SELECT s.*, $day - s.day AS age FROM prepared_signs AS s
    WHERE s.day <= $day AND s.received_day <= $day
),
s AS (
    SELECT customer_key,
           count(*) FILTER (is_friction = 1 AND age < 28) AS f28,
           count(*) FILTER (is_friction = 1 AND age < 90) AS f90,
           count(*) FILTER (is_friction = 1 AND age >= 28 AND age < 84) AS f56_prior,
           min(age) FILTER (is_friction = 1) AS friction_age,
           count(*) FILTER (is_contact = 1 AND age < 28) AS c28,
           count(*) FILTER (is_contact = 1 AND age < 90) AS c90,
           min(age) FILTER (is_contact = 1) AS contact_age,
           count(*) FILTER (is_survey = 1 AND value_cents <= 200 AND age < 90) AS low,
           max(day::BIGINT * 100000 + least(greatest(value_cents, 0), 99999))
               FILTER (is_survey = 1) AS survey,
           min(age) FILTER (is_survey = 1) AS survey_age,
           count(*) FILTER (is_downgrade = 1 AND age < 90) AS down,
           count(*) FILTER (is_upgrade = 1 AND age < 90) AS up,
           count(*) FILTER (is_price_increase = 1 AND age < 56) AS price,
           count(*) FILTER (is_payment_failed = 1 AND age < 56) AS failed_56,
           count(*) FILTER (is_payment_failed = 1 AND age < 180) AS failed_180,
           count(*) FILTER (is_pause = 1 AND age < 180) AS pauses,
           count(*) FILTER (is_invoice = 1 AND age < 180) AS invoices,
           min(age) FILTER (is_invoice = 1) AS invoice_age,
           sum(value_cents) FILTER (is_invoice = 1 AND age < 90) AS invoiced,
           sum(value_cents) FILTER (is_invoice = 1 AND age >= 90 AND age < 180) AS invoiced_prior,
           sum(g.decay_21) FILTER (is_errors_channel = 1) AS load_errors,
           sum(g.decay_21) FILTER (is_clicks_channel = 1) AS load_clicks,
           sum(g.decay_21) FILTER (is_waiting_channel = 1) AS load_waiting,
           sum(g.decay_45) FILTER (is_payment_channel = 1) AS load_payment,
           sum(g.decay_45) FILTER (is_delivery_channel = 1) AS load_delivery,
           sum(g.decay_45) FILTER (is_progress_channel = 1) AS load_progress,
           sum(g.decay_45) FILTER (is_tickets_channel = 1) AS load_tickets,
           sum(g.decay_45) FILTER (is_surveys_channel = 1 AND value_cents <= 200) AS load_surveys
    FROM known_signs JOIN ages AS g USING (age) GROUP BY customer_key
),
late AS (
    SELECT DISTINCT customer_key FROM prepared_days
    WHERE active_day = 1 AND day <= $day AND received_day > $day
),
lengths AS (
    SELECT customer_key, gap, count(*) AS times FROM (
        SELECT customer_key, gap FROM known_days ANTI JOIN late USING (customer_key)
        UNION ALL
        SELECT customer_key, day - lag(day) OVER (PARTITION BY customer_key ORDER BY day)
        FROM known_days SEMI JOIN late USING (customer_key) WHERE active_day = 1
    ) WHERE gap IS NOT NULL GROUP BY ALL
),
g AS (
    SELECT customer_key, sum(times) AS gaps, sum(gap * times) AS gap_sum,
           sum(gap::BIGINT * gap * times) AS squares, max(gap) AS longest,
           min(gap) FILTER (2 * up_to >= gaps_in_all) AS median,
           min(gap) FILTER (100 * up_to >= 99 * gaps_in_all) AS q99,
           sum(times) FILTER (gap <= $day - last_day) AS survived
    FROM (
        SELECT customer_key, gap, times, last_day, sum(times) OVER w AS up_to,
               sum(times) OVER (PARTITION BY customer_key) AS gaps_in_all
        FROM lengths JOIN a USING (customer_key)
        WINDOW w AS (PARTITION BY customer_key ORDER BY gap)
    ) GROUP BY customer_key
),
u AS (
    SELECT customer_key, count(*) FILTER (now > 0) AS used, sum(now) AS uses, max(now) AS most,
           sum(n.n_log_n) AS spread, sum(before) AS uses_before, sum(b.n_log_n) AS spread_before,
           count(*) FILTER (now = 0 AND before > 0) AS dropped
    FROM (
        SELECT customer_key, least(coalesce(sum(uses) FILTER (day > $day - 28), 0), 50000) AS now,
               least(coalesce(sum(uses) FILTER (day <= $day - 28), 0), 50000) AS before
        FROM prepared_uses WHERE day > $day - 84 AND day <= $day AND received_day <= $day
        GROUP BY customer_key, feature_code
    ) JOIN logs AS n ON n.n = now JOIN logs AS b ON b.n = before GROUP BY customer_key
),
t AS (
    SELECT customer_key, count(*) AS left_open, max(age) AS waiting,
           sum(1000000 - decay_45) FILTER (age < 60) AS young,
           sum(decay_45) FILTER (age >= 60) AS old
    FROM (
        SELECT customer_key, age, decay_45, is_opened, place,
               final - least(min(balance) OVER (PARTITION BY customer_key), 0) AS unsolved
        FROM (
            SELECT customer_key, age, decay_45, is_opened,
                   sum(is_opened - is_resolved) OVER (PARTITION BY customer_key
                       ORDER BY day, is_resolved) AS balance,
                   sum(is_opened - is_resolved) OVER (PARTITION BY customer_key) AS final,
                   row_number() OVER (PARTITION BY customer_key, is_opened ORDER BY day DESC)
                       AS place
            FROM known_signs JOIN ages USING (age) WHERE is_opened = 1 OR is_resolved = 1
        )
    ) WHERE is_opened = 1 AND place <= unsolved AND age < 180 GROUP BY customer_key
),
base AS (
    SELECT c.customer_key, a.*  EXCLUDE (customer_key), s.* EXCLUDE (customer_key),
           g.* EXCLUDE (customer_key), u.* EXCLUDE (customer_key), t.left_open, t.waiting,
           t.young, t.old,
           coalesce(c.signed_up_day, first_day) AS born, $day - last_day AS silent,
           $day - least(born, coalesce(first_day, born)) + 1 AS tenure,
           least(tenure, $day - all_from + 1) AS observed,
           coalesce(a.reference, 0) AS ref, greatest(least(observed, 180) - 14, 1) AS ref_days
    FROM prepared_customers AS c CROSS JOIN (SELECT min(first_day) AS all_from FROM a)
    LEFT JOIN a USING (customer_key) LEFT JOIN s USING (customer_key)
    LEFT JOIN g USING (customer_key) LEFT JOIN u USING (customer_key)
    LEFT JOIN t USING (customer_key)
    WHERE coalesce(c.signed_up_day, first_day) <= $day
),
fleet AS (SELECT sum(ref)::DOUBLE / sum(ref_days) AS p FROM base WHERE ref > 0),
x AS (
    SELECT base.*, least((ref + 2.0) / (ref_days + 2.0 / coalesce(nullif(p, 0), 0.01)), 0.95) AS p,
           gap_sum::DOUBLE / gaps AS mean_gap,
           coalesce(f90, 0) / (coalesce(d90, 0) + 5.0) AS friction_rate,
           CASE WHEN observed < 90 THEN 0 WHEN observed < 365 THEN 1 ELSE 2 END AS aged
    FROM base CROSS JOIN fleet
),
among AS (
    SELECT customer_key,
           ln((coalesce(sum(d28) FILTER (tenure >= 84) OVER (), 0) + 1)
               / (coalesce(sum(d56_prior) FILTER (tenure >= 84) OVER (), 0) / 2.0 + 1)) AS fleet_28,
           ln((coalesce(sum(d7) FILTER (tenure >= 84) OVER (), 0) + 1)
               / (coalesce(sum(d28_prior) FILTER (tenure >= 84) OVER (), 0) / 4.0 + 1)) AS fleet_7,
           ln((coalesce(sum(f28) FILTER (tenure >= 84) OVER (), 0) + 1)
               / (coalesce(sum(f56_prior) FILTER (tenure >= 84) OVER (), 0) / 2.0 + 1))
               AS fleet_friction,
           coalesce(sum(f28) OVER () / nullif(sum(d28) OVER (), 0), 0) AS fleet_rate,
           (rank() OVER (peers ORDER BY coalesce(d28, 0)) - 1)
               / nullif(count(*) OVER peers - 1, 0) AS rank_days,
           (rank() OVER (peers ORDER BY coalesce(e28, 0)) - 1)
               / nullif(count(*) OVER peers - 1, 0) AS rank_events,
           (rank() OVER (peers ORDER BY friction_rate) - 1)
               / nullif(count(*) OVER peers - 1, 0) AS rank_friction
    FROM x
    WINDOW peers AS (PARTITION BY aged, CASE WHEN p > 1 / 3.0 THEN 0 WHEN p > 0.1 THEN 1
                         WHEN p > 1 / 30.0 THEN 2 ELSE 3 END, silent < 180)
)
SELECT customer_key, tenure AS rhythm_tenure_days, observed AS rhythm_observed_days,
       silent AS rhythm_silent_days, ref AS rhythm_reference_active_days,
       ref_days AS rhythm_reference_days, p AS rhythm_daily_probability,
       coalesce(gaps, 0) AS rhythm_gap_count, mean_gap AS rhythm_gap_mean,
       longest AS rhythm_gap_longest, q99 AS rhythm_gap_q99,
       coalesce(ever, 0) AS rhythm_lifetime_active_days,
       silent::DOUBLE AS days_since_last_activity, silent * p AS silence_over_usual_gap,
       -silent * ln(1 - p) AS silence_surprise, silent / median AS silence_over_median_gap,
       coalesce(survived, 0) / gaps AS gaps_survived_share, tenure::DOUBLE AS tenure_days,
       1 - silent / greatest(tenure, 1) AS age_at_last_activity_share,
       coalesce(d7, 0)::DOUBLE AS active_days_7d, coalesce(d14, 0)::DOUBLE AS active_days_14d,
       coalesce(d28, 0)::DOUBLE AS active_days_28d, coalesce(d56, 0)::DOUBLE AS active_days_56d,
       coalesce(d90, 0)::DOUBLE AS active_days_90d, coalesce(d180, 0)::DOUBLE AS active_days_180d,
       coalesce(e28, 0)::DOUBLE AS activity_events_28d,
       e28 / nullif(d28, 0) AS events_per_active_day_28d,
       coalesce(ever, 0)::DOUBLE AS active_days_ever,
       coalesce(ever, 0) / greatest(observed - silent, 1) AS active_day_share_ever,
       coalesce(x21, 0) / 1e6 AS exposure_21, coalesce(x45, 0) / 1e6 AS exposure_45,
       coalesce(d28, 0) / (28 * p) AS activity_ratio_28d,
       coalesce(d14, 0) / (14 * p) AS activity_ratio_14d,
       ln((coalesce(d28, 0) + 1) / (coalesce(d56_prior, 0) / 2.0 + 1)) AS own_28,
       own_28 AS active_days_log_ratio_28d_56d,
       ln((coalesce(d7, 0) + 1) / (coalesce(d28_prior, 0) / 4.0 + 1)) AS own_7,
       own_7 AS active_days_log_ratio_7d_28d,
       own_28 - fleet_28 AS active_days_log_ratio_vs_fleet_28d_56d,
       own_7 - fleet_7 AS active_days_log_ratio_vs_fleet_7d_28d,
       (coalesce(d14, 0) - coalesce(d14_prior, 0))::DOUBLE AS active_days_change_14d,
       coalesce(slope, 0) * 12 / 286.0 / (coalesce(e84, 0) + 1) AS activity_slope_12w,
       1 / p AS expected_gap_days, mean_gap AS mean_gap_days, median::DOUBLE AS median_gap_days,
       sqrt(greatest(squares / gaps - mean_gap * mean_gap, 0)) / mean_gap AS gap_variation,
       longest::DOUBLE AS longest_gap_days, silent / longest AS silence_over_longest_gap,
       coalesce(weekend, 0) / nullif(e180, 0) AS weekend_share_180d,
       coalesce(paid_180, 0) / 100.0 AS value_180d,
       paid_ever / 100.0 / nullif(purchases, 0) AS value_per_purchase,
       ln((coalesce(paid_90, 0) / 100.0 + 1) / (coalesce(paid_90_prior, 0) / 100.0 + 1))
           AS value_log_ratio_90d,
       coalesce(invoiced, 0) / 100.0 AS invoiced_90d,
       ln((greatest(coalesce(invoiced, 0), 0) / 100.0 + 1)
           / (greatest(coalesce(invoiced_prior, 0), 0) / 100.0 + 1)) AS invoiced_log_ratio_90d,
       coalesce(used, 0)::DOUBLE AS features_used_28d,
       CASE WHEN uses > 0 THEN greatest(ln(uses) - spread / 1e6 / uses, 0) END AS entropy,
       entropy AS feature_entropy_28d, most / nullif(uses, 0) AS top_feature_share_28d,
       entropy - CASE WHEN uses_before > 0
           THEN greatest(ln(uses_before) - spread_before / 1e6 / uses_before, 0) END
           AS feature_entropy_change_28d,
       coalesce(dropped, 0)::DOUBLE AS features_dropped_28d,
       coalesce(f28, 0)::DOUBLE AS friction_events_28d,
       (coalesce(f28, 0) + 5.0 * fleet_rate) / (coalesce(d28, 0) + 5.0)
           AS friction_rate_per_active_day_28d,
       friction_rate AS friction_per_active_day_90d,
       ln((coalesce(f28, 0) + 1) / (coalesce(f56_prior, 0) / 2.0 + 1)) AS own_friction,
       own_friction AS friction_log_ratio_28d_56d,
       own_friction - fleet_friction AS friction_log_ratio_vs_fleet_28d_56d,
       CASE WHEN coalesce(c90, 0) = 0 THEN coalesce(f90, 0) ELSE 0 END::DOUBLE
           AS friction_without_contact_90d,
       friction_age::DOUBLE AS days_since_last_friction,
       CASE WHEN friction_age <= silent + 1 THEN silent ELSE 0 END::DOUBLE
           AS silence_after_friction_days,
       coalesce(load_errors, 0) / 1e6 AS load_errors, coalesce(load_clicks, 0) / 1e6 AS load_clicks,
       coalesce(load_waiting, 0) / 1e6 AS load_waiting,
       coalesce(load_payment, 0) / 1e6 AS load_payment,
       coalesce(load_delivery, 0) / 1e6 AS load_delivery,
       coalesce(load_progress, 0) / 1e6 AS load_progress,
       coalesce(load_tickets, 0) / 1e6 AS load_tickets,
       coalesce(load_surveys, 0) / 1e6 AS load_surveys,
       coalesce(c28, 0)::DOUBLE AS contacts_28d, coalesce(c90, 0)::DOUBLE AS contacts_90d,
       contact_age::DOUBLE AS days_since_last_contact,
       coalesce(left_open, 0)::DOUBLE AS tickets_unresolved_180d,
       coalesce(waiting, 0)::DOUBLE AS oldest_unresolved_ticket_180d,
       coalesce(young, 0) / 1e6 + coalesce(old, 0) / 1e6 * (pow(2, 60 / 45.0) - 1)
           AS load_tickets_held_180d,
       coalesce(low, 0)::DOUBLE AS low_surveys_90d, (survey % 100000) / 100.0 AS last_survey_score,
       survey_age::DOUBLE AS days_since_last_survey,
       coalesce(down, 0)::DOUBLE AS plan_downgrades_90d,
       coalesce(up, 0)::DOUBLE AS plan_upgrades_90d,
       coalesce(price, 0)::DOUBLE AS price_increases_56d,
       coalesce(failed_56, 0)::DOUBLE AS payments_failed_56d,
       coalesce(pauses, 0)::DOUBLE AS pauses_180d,
       coalesce(failed_180 / nullif(failed_180 + invoices, 0), 0) AS payments_failed_share_180d,
       invoice_age::DOUBLE AS days_since_last_invoice,
       CASE WHEN silent < 180 THEN rank_days END AS active_days_percentile_28d,
       CASE WHEN silent < 180 THEN rank_events END AS activity_percentile_28d,
       CASE WHEN silent < 180 THEN rank_friction END AS friction_percentile_90d
FROM x JOIN among USING (customer_key)
"""


_SHORTHANDS = "own_28, own_7, own_friction, entropy"


def hand_written_query(absent: Collection[str] = ()) -> str:
    """Return the query with the columns of `build_features`; absent features are NULL."""
    nulls = ", ".join(f"CAST(NULL AS DOUBLE) AS {name}" for name in sorted(absent))
    replaced = f" REPLACE ({nulls})" if absent else ""
    return f"SELECT * EXCLUDE ({_SHORTHANDS}){replaced} FROM ({HAND_WRITTEN}) ORDER BY customer_key"
