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
