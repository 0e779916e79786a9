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
