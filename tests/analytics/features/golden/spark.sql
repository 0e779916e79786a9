-- days
WITH known_days AS (
  SELECT
    d.customer_key,
    d.day,
    d.activity,
    d.active_day,
    d.paid,
    d.paid_cents,
    (
      d.day + 3
    ) % 7 AS weekday,
    a.age,
    a.week,
    a.decay_21,
    a.decay_45
  FROM prepared_days AS d
  JOIN ages AS a
    ON a.age = 20264 - d.day
  WHERE
    d.day <= 20264
    AND d.received_day <= 20264
    AND d.customer_key >= 0
    AND d.customer_key < 2147483647
), days AS (
  SELECT
    customer_key,
    CAST(MIN(day) AS BIGINT) AS first_known_day,
    CAST(MAX(CASE WHEN active_day = 1 THEN day END) AS BIGINT) AS last_active_day,
    CAST(SUM(active_day) AS BIGINT) AS lifetime_active_days,
    CAST(SUM(CASE WHEN age >= 14 AND age < 180 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_14d_to_180d_sum,
    CAST(SUM(CASE WHEN age < 7 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_7d_sum,
    CAST(SUM(CASE WHEN age < 14 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_14d_sum,
    CAST(SUM(CASE WHEN age < 28 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_28d_sum,
    CAST(SUM(CASE WHEN age < 56 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_56d_sum,
    CAST(SUM(CASE WHEN age < 90 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_90d_sum,
    CAST(SUM(CASE WHEN age < 180 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_180d_sum,
    CAST(SUM(CASE WHEN age < 28 THEN activity ELSE 0 END) AS BIGINT) AS activity_events_28d_sum,
    CAST(SUM(activity * decay_21) AS BIGINT) AS exposure_21_sum,
    CAST(SUM(activity * decay_45) AS BIGINT) AS exposure_45_sum,
    CAST(SUM(CASE WHEN age >= 28 AND age < 84 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_28d_to_84d_sum,
    CAST(SUM(CASE WHEN age >= 7 AND age < 35 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_7d_to_35d_sum,
    CAST(SUM(CASE WHEN age >= 14 AND age < 28 THEN active_day ELSE 0 END) AS BIGINT) AS active_days_14d_to_28d_sum,
    CAST(SUM(CASE WHEN age < 84 THEN activity * (
      11 - 2 * week
    ) ELSE 0 END) AS BIGINT) AS activity_slope_12w_sum,
    CAST(SUM(CASE WHEN age < 84 THEN activity ELSE 0 END) AS BIGINT) AS activity_events_84d_sum,
    CAST(SUM(CASE WHEN age < 180 AND weekday >= 5 THEN activity ELSE 0 END) AS BIGINT) AS activity_events_weekend_180d_sum,
    CAST(SUM(CASE WHEN age < 180 THEN activity ELSE 0 END) AS BIGINT) AS activity_events_180d_sum,
    CAST(SUM(CASE WHEN age < 180 THEN paid_cents ELSE 0 END) AS BIGINT) AS paid_cents_180d_sum,
    CAST(SUM(paid_cents) AS BIGINT) AS paid_cents_ever_sum,
    CAST(SUM(paid) AS BIGINT) AS paid_events_ever_sum,
    CAST(SUM(CASE WHEN age < 90 THEN paid_cents ELSE 0 END) AS BIGINT) AS paid_cents_90d_sum,
    CAST(SUM(CASE WHEN age >= 90 AND age < 180 THEN paid_cents ELSE 0 END) AS BIGINT) AS paid_cents_90d_to_180d_sum
  FROM known_days
  GROUP BY
    customer_key
)
SELECT
  *
FROM days

-- signs
WITH known_signs AS (
  SELECT
    s.*,
    (
      s.day + 3
    ) % 7 AS weekday,
    a.age,
    a.week,
    a.decay_21,
    a.decay_45
  FROM prepared_signs AS s
  JOIN ages AS a
    ON a.age = 20264 - s.day
  WHERE
    s.day <= 20264
    AND s.received_day <= 20264
    AND s.customer_key >= 0
    AND s.customer_key < 2147483647
), signs AS (
  SELECT
    customer_key,
    CAST(SUM(CASE WHEN is_invoice = 1 AND age < 90 THEN value_cents ELSE 0 END) AS BIGINT) AS invoice_cents_90d_sum,
    CAST(SUM(CASE WHEN is_invoice = 1 AND age >= 90 AND age < 180 THEN value_cents ELSE 0 END) AS BIGINT) AS invoice_cents_90d_to_180d_sum,
    CAST(SUM(CASE WHEN is_friction = 1 AND age < 28 THEN 1 ELSE 0 END) AS BIGINT) AS friction_28d_sum,
    CAST(SUM(CASE WHEN is_friction = 1 AND age < 90 THEN 1 ELSE 0 END) AS BIGINT) AS friction_90d_sum,
    CAST(SUM(CASE WHEN is_friction = 1 AND age >= 28 AND age < 84 THEN 1 ELSE 0 END) AS BIGINT) AS friction_28d_to_84d_sum,
    CAST(SUM(CASE WHEN is_contact = 1 AND age < 90 THEN 1 ELSE 0 END) AS BIGINT) AS contact_90d_sum,
    CAST(MIN(CASE WHEN is_friction = 1 THEN age END) AS BIGINT) AS friction_last_age,
    CAST(SUM(CASE WHEN is_errors_channel = 1 THEN decay_21 ELSE 0 END) AS BIGINT) AS load_errors_sum,
    CAST(SUM(CASE WHEN is_clicks_channel = 1 THEN decay_21 ELSE 0 END) AS BIGINT) AS load_clicks_sum,
    CAST(SUM(CASE WHEN is_waiting_channel = 1 THEN decay_21 ELSE 0 END) AS BIGINT) AS load_waiting_sum,
    CAST(SUM(CASE WHEN is_payment_channel = 1 THEN decay_45 ELSE 0 END) AS BIGINT) AS load_payment_sum,
    CAST(SUM(CASE WHEN is_delivery_channel = 1 THEN decay_45 ELSE 0 END) AS BIGINT) AS load_delivery_sum,
    CAST(SUM(CASE WHEN is_progress_channel = 1 THEN decay_45 ELSE 0 END) AS BIGINT) AS load_progress_sum,
    CAST(SUM(CASE WHEN is_tickets_channel = 1 THEN decay_45 ELSE 0 END) AS BIGINT) AS load_tickets_sum,
    CAST(SUM(CASE WHEN is_surveys_channel = 1 AND value_cents <= 200 THEN decay_45 ELSE 0 END) AS BIGINT) AS load_surveys_sum,
    CAST(SUM(CASE WHEN is_contact = 1 AND age < 28 THEN 1 ELSE 0 END) AS BIGINT) AS contact_28d_sum,
    CAST(MIN(CASE WHEN is_contact = 1 THEN age END) AS BIGINT) AS contact_last_age,
    CAST(SUM(CASE WHEN is_survey = 1 AND value_cents <= 200 AND age < 90 THEN 1 ELSE 0 END) AS BIGINT) AS low_surveys_90d_sum,
    CAST(MAX(
      CASE
        WHEN is_survey = 1
        THEN CAST(day AS BIGINT) * 100000 + LEAST(GREATEST(value_cents, 0), 99999)
      END
    ) AS BIGINT) AS last_survey_packed,
    CAST(MIN(CASE WHEN is_survey = 1 THEN age END) AS BIGINT) AS survey_last_age,
    CAST(SUM(CASE WHEN is_downgrade = 1 AND age < 90 THEN 1 ELSE 0 END) AS BIGINT) AS downgrade_90d_sum,
    CAST(SUM(CASE WHEN is_upgrade = 1 AND age < 90 THEN 1 ELSE 0 END) AS BIGINT) AS upgrade_90d_sum,
    CAST(SUM(CASE WHEN is_price_increase = 1 AND age < 56 THEN 1 ELSE 0 END) AS BIGINT) AS price_increase_56d_sum,
    CAST(SUM(CASE WHEN is_payment_failed = 1 AND age < 56 THEN 1 ELSE 0 END) AS BIGINT) AS payment_failed_56d_sum,
    CAST(SUM(CASE WHEN is_pause = 1 AND age < 180 THEN 1 ELSE 0 END) AS BIGINT) AS pause_180d_sum,
    CAST(SUM(CASE WHEN is_payment_failed = 1 AND age < 180 THEN 1 ELSE 0 END) AS BIGINT) AS payment_failed_180d_sum,
    CAST(SUM(CASE WHEN is_invoice = 1 AND age < 180 THEN 1 ELSE 0 END) AS BIGINT) AS invoice_180d_sum,
    CAST(MIN(CASE WHEN is_invoice = 1 THEN age END) AS BIGINT) AS invoice_last_age
  FROM known_signs
  GROUP BY
    customer_key
)
SELECT
  *
FROM signs

-- gaps
WITH in_flight AS (
  SELECT DISTINCT
    customer_key
  FROM prepared_days
  WHERE
    active_day = 1
    AND day <= 20264
    AND received_day > 20264
    AND customer_key >= 0
    AND customer_key < 2147483647
), measured AS (
  SELECT
    d.customer_key,
    d.gap
  FROM prepared_days AS d
  LEFT JOIN in_flight AS f
    ON f.customer_key = d.customer_key
  WHERE
    f.customer_key IS NULL
    AND NOT d.gap IS NULL
    AND d.day <= 20264
    AND d.received_day <= 20264
    AND d.customer_key >= 0
    AND d.customer_key < 2147483647
  UNION ALL
  SELECT
    d.customer_key,
    d.day - LAG(d.day) OVER (PARTITION BY d.customer_key ORDER BY d.day NULLS LAST) AS gap
  FROM prepared_days AS d
  JOIN in_flight AS f
    ON f.customer_key = d.customer_key
  WHERE
    d.active_day = 1
    AND d.day <= 20264
    AND d.received_day <= 20264
    AND d.customer_key >= 0
    AND d.customer_key < 2147483647
), lengths AS (
  SELECT
    customer_key,
    gap,
    COUNT(*) AS times
  FROM measured
  WHERE
    NOT gap IS NULL
  GROUP BY
    customer_key,
    gap
), last_days AS (
  SELECT
    d.customer_key,
    MAX(d.day) AS last_active_day
  FROM prepared_days AS d
  WHERE
    d.active_day = 1
    AND d.day <= 20264
    AND d.received_day <= 20264
    AND d.customer_key >= 0
    AND d.customer_key < 2147483647
  GROUP BY
    d.customer_key
), known_gaps AS (
  SELECT
    l.customer_key,
    l.gap,
    l.times,
    20264 - d.last_active_day AS silent_days,
    SUM(l.times) OVER (PARTITION BY l.customer_key ORDER BY l.gap NULLS LAST) AS up_to,
    SUM(l.times) OVER (PARTITION BY l.customer_key) AS all_gaps
  FROM lengths AS l
  JOIN last_days AS d
    ON d.customer_key = l.customer_key
), gaps AS (
  SELECT
    customer_key,
    CAST(SUM(times) AS BIGINT) AS gap_count,
    CAST(SUM(gap * times) AS BIGINT) AS gap_sum,
    CAST(MAX(gap) AS BIGINT) AS gap_longest,
    CAST(MIN(CASE WHEN 100 * up_to >= 99 * all_gaps THEN gap END) AS BIGINT) AS gap_q99,
    CAST(MIN(CASE WHEN 2 * up_to >= all_gaps THEN gap END) AS BIGINT) AS gap_median,
    CAST(SUM(CASE WHEN gap <= silent_days THEN times ELSE 0 END) AS BIGINT) AS gaps_up_to_silence,
    CAST(SUM(CAST(gap AS BIGINT) * gap * times) AS BIGINT) AS gap_squares
  FROM known_gaps
  GROUP BY
    customer_key
)
SELECT
  *
FROM gaps

-- uses
WITH used AS (
  SELECT
    u.customer_key,
    u.feature_code,
    LEAST(SUM(CASE WHEN u.day > 20264 - 28 THEN u.uses ELSE 0 END), 50000) AS uses_28d,
    LEAST(SUM(CASE WHEN u.day <= 20264 - 28 THEN u.uses ELSE 0 END), 50000) AS uses_56d_prior
  FROM prepared_uses AS u
  WHERE
    u.day > 20264 - 84
    AND u.day <= 20264
    AND u.received_day <= 20264
    AND u.customer_key >= 0
    AND u.customer_key < 2147483647
  GROUP BY
    u.customer_key,
    u.feature_code
), known_uses AS (
  SELECT
    u.customer_key,
    u.uses_28d,
    u.uses_56d_prior,
    l.n_log_n AS n_log_n_28d,
    p.n_log_n AS n_log_n_56d_prior
  FROM used AS u
  JOIN logs AS l
    ON l.n = u.uses_28d
  JOIN logs AS p
    ON p.n = u.uses_56d_prior
), uses AS (
  SELECT
    customer_key,
    CAST(SUM(CASE WHEN uses_28d > 0 THEN 1 ELSE 0 END) AS BIGINT) AS features_used_28d_sum,
    CAST(SUM(n_log_n_28d) AS BIGINT) AS feature_n_log_n_28d_sum,
    CAST(SUM(uses_28d) AS BIGINT) AS feature_uses_28d_sum,
    CAST(MAX(uses_28d) AS BIGINT) AS feature_uses_28d_most,
    CAST(SUM(n_log_n_56d_prior) AS BIGINT) AS feature_n_log_n_28d_to_84d_sum,
    CAST(SUM(uses_56d_prior) AS BIGINT) AS feature_uses_28d_to_84d_sum,
    CAST(SUM(CASE WHEN uses_28d = 0 AND uses_56d_prior > 0 THEN 1 ELSE 0 END) AS BIGINT) AS features_dropped_28d_sum
  FROM known_uses
  GROUP BY
    customer_key
)
SELECT
  *
FROM uses

-- tickets
WITH known_signs AS (
  SELECT
    s.*,
    (
      s.day + 3
    ) % 7 AS weekday,
    a.age,
    a.week,
    a.decay_21,
    a.decay_45
  FROM prepared_signs AS s
  JOIN ages AS a
    ON a.age = 20264 - s.day
  WHERE
    s.day <= 20264
    AND s.received_day <= 20264
    AND s.customer_key >= 0
    AND s.customer_key < 2147483647
), balances AS (
  SELECT
    customer_key,
    day,
    age,
    decay_45,
    is_opened,
    SUM(is_opened - is_resolved) OVER (PARTITION BY customer_key ORDER BY day NULLS LAST, is_resolved NULLS LAST) AS balance,
    SUM(is_opened - is_resolved) OVER (PARTITION BY customer_key) AS final_balance,
    ROW_NUMBER() OVER (PARTITION BY customer_key, is_opened ORDER BY day DESC) AS place
  FROM known_signs
  WHERE
    is_opened = 1 OR is_resolved = 1
), known_tickets AS (
  SELECT
    customer_key,
    age,
    decay_45,
    place,
    is_opened,
    final_balance - LEAST(MIN(balance) OVER (PARTITION BY customer_key), 0) AS unsolved
  FROM balances
), tickets AS (
  SELECT
    customer_key,
    CAST(SUM(CASE WHEN is_opened = 1 AND place <= unsolved AND age < 180 THEN 1 ELSE 0 END) AS BIGINT) AS tickets_unresolved_180d_sum,
    CAST(MAX(CASE WHEN is_opened = 1 AND place <= unsolved AND age < 180 THEN age END) AS BIGINT) AS oldest_unresolved_ticket_180d_age,
    CAST(SUM(
      CASE
        WHEN is_opened = 1 AND place <= unsolved AND age < 180 AND age < 60
        THEN 1000000 - decay_45
        ELSE 0
      END
    ) AS BIGINT) AS tickets_held_young_sum,
    CAST(SUM(
      CASE
        WHEN is_opened = 1 AND place <= unsolved AND age < 180 AND age >= 60
        THEN decay_45
        ELSE 0
      END
    ) AS BIGINT) AS tickets_held_old_sum
  FROM known_tickets
  GROUP BY
    customer_key
)
SELECT
  *
FROM tickets

-- labels
WITH days AS (
  SELECT
    customer_key,
    MIN(CASE WHEN activity > 0 AND day > 20264 + 7 THEN day END) AS next_active_day
  FROM prepared_days
  WHERE
    day <= 20400
    AND received_day <= 20400
    AND customer_key >= 0
    AND customer_key < 2147483647
  GROUP BY
    customer_key
), signs AS (
  SELECT
    customer_key,
    MIN(CASE WHEN is_vocal = 1 AND day > 20264 THEN day END) AS next_vocal_day,
    MAX(CASE WHEN is_vocal = 1 AND day <= 20264 THEN day END) AS last_vocal_day,
    MAX(CASE WHEN is_pause = 1 AND day <= 20264 THEN day END) AS last_pause_day,
    MAX(CASE WHEN is_resume = 1 AND day <= 20264 THEN day END) AS last_resume_day,
    MIN(CASE WHEN is_pause = 1 AND day > 20264 THEN day END) AS next_pause_day
  FROM prepared_signs
  WHERE
    day <= 20400
    AND received_day <= 20400
    AND customer_key >= 0
    AND customer_key < 2147483647
  GROUP BY
    customer_key
)
SELECT
  d.customer_key,
  d.next_active_day,
  s.next_vocal_day,
  s.last_vocal_day,
  s.last_pause_day,
  s.last_resume_day,
  s.next_pause_day
FROM days AS d
LEFT JOIN signs AS s
  ON s.customer_key = d.customer_key
