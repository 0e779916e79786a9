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
