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
