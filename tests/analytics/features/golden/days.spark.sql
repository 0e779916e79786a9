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
