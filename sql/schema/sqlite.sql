-- The tables of a published run, for sqlite. Times are UTC.
-- `silent-churn bi publish --to URL` makes and fills them; this file is for reading and
-- for those who make their tables themselves. It is written from analytics/database.

-- One row a customer and action that could be taken, best first.
CREATE TABLE churn_action_options (
    customer_id VARCHAR(255),
    rank BIGINT,
    action VARCHAR(255),
    label TEXT,
    expected_net_value FLOAT,
    expected_net_value_low FLOAT,
    expected_net_value_high FLOAT,
    expected_cost FLOAT,
    break_even_save_rate FLOAT,
    assumed_save_rate FLOAT
);
CREATE INDEX ix_churn_action_options_customer_id ON churn_action_options (customer_id);

-- One row a test observation date (or all of them), model and slice.
CREATE TABLE churn_backtest (
    observation_date TEXT,
    model VARCHAR(255),
    slice VARCHAR(255),
    customers BIGINT,
    positives BIGINT,
    auc FLOAT,
    auc_low FLOAT,
    auc_high FLOAT,
    average_precision FLOAT,
    brier FLOAT,
    ece FLOAT,
    lift_top_decile FLOAT
);

-- One row a bin of the champion's probabilities on the test dates.
CREATE TABLE churn_calibration (
    bin BIGINT,
    customers BIGINT,
    predicted FLOAT,
    observed FLOAT,
    observed_low FLOAT,
    observed_high FLOAT
);

-- One row a customer, as of the run's date.
CREATE TABLE churn_customers (
    customer_id VARCHAR(255),
    name TEXT,
    segment VARCHAR(255),
    "plan" VARCHAR(255),
    region VARCHAR(255),
    channel VARCHAR(255),
    signed_up_at DATETIME,
    ended_at DATETIME,
    end_reason TEXT,
    tenure_days FLOAT,
    last_activity_at DATETIME,
    days_since_last_activity FLOAT,
    usual_gap_days FLOAT,
    horizon_days FLOAT,
    active_days_28d FLOAT,
    activity_ratio_28d FLOAT,
    early_warning BOOLEAN,
    eligible BOOLEAN,
    churn_risk FLOAT,
    churn_risk_low FLOAT,
    churn_risk_high FLOAT,
    churn_risk_28d_ago FLOAT,
    risk_tier VARCHAR(255),
    previous_risk_tier VARCHAR(255),
    unusual BOOLEAN,
    frustration_index FLOAT,
    frustration_band VARCHAR(255),
    contacts_90d BIGINT,
    suppressed_frustration BOOLEAN,
    monthly_revenue FLOAT,
    value_band VARCHAR(255),
    value_if_stays FLOAT,
    value_if_leaves FLOAT,
    revenue_at_risk FLOAT,
    revenue_at_risk_low FLOAT,
    revenue_at_risk_high FLOAT,
    revenue_variance FLOAT,
    revenue_shock FLOAT,
    reason_theme VARCHAR(255),
    reason_1 TEXT,
    reason_2 TEXT,
    reason_3 TEXT,
    recommended_action VARCHAR(255),
    action_label TEXT,
    action_cost FLOAT,
    expected_net_value FLOAT,
    expected_net_value_low FLOAT,
    expected_net_value_high FLOAT,
    break_even_save_rate FLOAT,
    action_minutes FLOAT,
    holdout BOOLEAN
);
CREATE INDEX ix_churn_customers_customer_id ON churn_customers (customer_id);

-- One row a past observation date.
CREATE TABLE churn_portfolio_history (
    observation_date DATE,
    customers BIGINT,
    eligible BIGINT,
    at_risk BIGINT,
    expected_silent FLOAT,
    revenue_at_risk FLOAT,
    frustrated BIGINT,
    silent_churn_share FLOAT,
    predicted_share FLOAT
);

-- One row a customer, kind and rank.
CREATE TABLE churn_reasons (
    customer_id VARCHAR(255),
    kind VARCHAR(255),
    rank BIGINT,
    theme VARCHAR(255),
    points FLOAT,
    text TEXT
);
CREATE INDEX ix_churn_reasons_customer_id ON churn_reasons (customer_id);

-- One row a customer and past observation date.
CREATE TABLE churn_risk_history (
    customer_id VARCHAR(255),
    observation_date DATE,
    churn_risk FLOAT,
    risk_tier VARCHAR(255),
    frustration_index FLOAT
);
CREATE INDEX ix_churn_risk_history_customer_id ON churn_risk_history (customer_id);

-- One row: the run that all tables come from.
CREATE TABLE churn_run (
    run_id VARCHAR(255),
    data_as_of DATETIME,
    published_at DATETIME,
    profile TEXT,
    currency TEXT,
    simulated BOOLEAN,
    champion TEXT,
    base_rate FLOAT,
    shock_sd FLOAT,
    revenue_at_risk FLOAT,
    revenue_at_risk_low FLOAT,
    revenue_at_risk_high FLOAT,
    verdict TEXT
);
