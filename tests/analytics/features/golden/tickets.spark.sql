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
), known_tickets AS (
  SELECT
    customer_key,
    age,
    place,
    resolved
  FROM (
    SELECT
      customer_key,
      age,
      is_opened,
      ROW_NUMBER() OVER (PARTITION BY customer_key, is_opened ORDER BY day NULLS LAST) AS place,
      SUM(is_resolved) OVER (PARTITION BY customer_key) AS resolved
    FROM known_signs
    WHERE
      is_opened = 1 OR is_resolved = 1
  ) AS t
  WHERE
    is_opened = 1
), tickets AS (
  SELECT
    customer_key,
    CAST(MAX(CASE WHEN place > resolved AND age < 180 THEN age END) AS BIGINT) AS oldest_unresolved_ticket_180d_age
  FROM known_tickets
  GROUP BY
    customer_key
)
SELECT
  *
FROM tickets
