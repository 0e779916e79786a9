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
