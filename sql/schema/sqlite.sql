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
    brier_skill FLOAT,
    log_loss FLOAT,
    ece FLOAT,
    ece_by_chance FLOAT,
    calibration_slope FLOAT,
    observed_over_expected FLOAT,
    observed_over_expected_low FLOAT,
    observed_over_expected_high FLOAT,
    lift_top_decile FLOAT,
    recall_top_decile FLOAT
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

-- One row a way to choose and a number of customers contacted a month.
CREATE TABLE churn_capacity (
    policy VARCHAR(255),
    contacted BIGINT,
    share FLOAT,
    caught FLOAT,
    false_alarms FLOAT,
    recall FLOAT,
    net_value FLOAT,
    net_value_low FLOAT,
    net_value_high FLOAT
);

-- One row a behavioural cluster and factor; no rows where no clustering is stable.
CREATE TABLE churn_clusters (
    cluster VARCHAR(255),
    factor TEXT,
    center FLOAT,
    center_sd FLOAT,
    typical FLOAT,
    typical_all FLOAT,
    customers BIGINT,
    silhouette FLOAT,
    kept_name BOOLEAN
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
    recently_active BOOLEAN,
    eligible BOOLEAN,
    churn_risk FLOAT,
    churn_risk_low FLOAT,
    churn_risk_high FLOAT,
    risk_is_unsure BOOLEAN,
    churn_risk_28d_ago FLOAT,
    risk_tier VARCHAR(255),
    previous_risk_tier VARCHAR(255),
    tier_held BOOLEAN,
    customer_state VARCHAR(255),
    state_since DATETIME,
    state_reason TEXT,
    usual_active_days_28d FLOAT,
    expected_active_days_28d FLOAT,
    unusual BOOLEAN,
    frustration_index FLOAT,
    frustration_band VARCHAR(255),
    frustration_stale BOOLEAN,
    contacts_90d BIGINT,
    suppressed_frustration BOOLEAN,
    monthly_revenue FLOAT,
    value_band VARCHAR(255),
    value_form VARCHAR(255),
    value_if_stays FLOAT,
    value_if_leaves FLOAT,
    revenue_at_risk FLOAT,
    revenue_at_risk_low FLOAT,
    revenue_at_risk_high FLOAT,
    revenue_variance FLOAT,
    revenue_shock FLOAT,
    named_segment VARCHAR(255),
    rfm TEXT,
    rfm_group VARCHAR(255),
    behaviour_cluster VARCHAR(255),
    reason_theme VARCHAR(255),
    likely_cause VARCHAR(255),
    reason_1 TEXT,
    reason_2 TEXT,
    reason_3 TEXT,
    recommended_action VARCHAR(255),
    action_label TEXT,
    action_cost FLOAT,
    avoidable_loss FLOAT,
    expected_net_value FLOAT,
    expected_net_value_low FLOAT,
    expected_net_value_high FLOAT,
    break_even_save_rate FLOAT,
    action_minutes FLOAT,
    holdout BOOLEAN
);
CREATE INDEX ix_churn_customers_customer_id ON churn_customers (customer_id);

-- One row a check of the frustration index.
CREATE TABLE churn_frustration_checks (
    place BIGINT,
    check_name TEXT,
    label TEXT,
    customer_dates BIGINT,
    found FLOAT,
    found_low FLOAT,
    found_high FLOAT,
    hoped_for TEXT,
    outcome TEXT,
    meaning TEXT
);

-- One row a group of customers on past dates: frustrated or not, heard of or not.
CREATE TABLE churn_frustration_groups (
    place BIGINT,
    group_name TEXT,
    label TEXT,
    customers_now BIGINT,
    customer_dates BIGINT,
    spoke_share FLOAT,
    spoke_low FLOAT,
    spoke_high FLOAT,
    scored BIGINT,
    silent_share FLOAT,
    silent_low FLOAT,
    silent_high FLOAT
);

-- One row a way to rank customers by how likely they are to complain in the next 28 days.
CREATE TABLE churn_frustration_judged (
    ranking VARCHAR(255),
    label TEXT,
    dates BIGINT,
    customer_dates BIGINT,
    voiced BIGINT,
    auc FLOAT,
    auc_low FLOAT,
    auc_high FLOAT,
    gain FLOAT,
    gain_low FLOAT,
    gain_high FLOAT,
    in_use BOOLEAN
);

-- One row a part of the frustration index.
CREATE TABLE churn_frustration_weights (
    part VARCHAR(255),
    label TEXT,
    half_life_days BIGINT,
    customers_with BIGINT,
    expert_weight FLOAT,
    fitted_weight FLOAT,
    weight_in_use FLOAT
);

-- One row a check that the numbers do not flatter.
CREATE TABLE churn_gates (
    gate VARCHAR(255),
    label TEXT,
    passed BOOLEAN,
    found FLOAT,
    bound FLOAT,
    meaning TEXT
);

-- One row a model, in the order of the ladder.
CREATE TABLE churn_ladder (
    rung BIGINT,
    model VARCHAR(255),
    label TEXT,
    against TEXT,
    auc_gain FLOAT,
    auc_gain_low FLOAT,
    auc_gain_high FLOAT,
    brier_gain FLOAT,
    brier_gain_low FLOAT,
    brier_gain_high FLOAT,
    exit_gain FLOAT,
    exit_gain_low FLOAT,
    exit_gain_high FLOAT,
    taken BOOLEAN,
    champion BOOLEAN
);

-- One row a way to alert: how early it was, judged by what happened later.
CREATE TABLE churn_lead_time (
    alert TEXT,
    label TEXT,
    weeks BIGINT,
    leavers BIGINT,
    alerted BIGINT,
    mean_days_ahead FLOAT,
    mean_days_ahead_low FLOAT,
    mean_days_ahead_high FLOAT,
    days_before_rule FLOAT,
    days_before_rule_low FLOAT,
    days_before_rule_high FLOAT,
    first_alerted FLOAT,
    first_days_before_rule FLOAT,
    first_before_last_activity FLOAT,
    days_before_last_activity FLOAT,
    alerted_before_last_activity FLOAT,
    alerted_14_days_ahead FLOAT,
    alerted_30_days_ahead FLOAT,
    alerted_60_days_ahead FLOAT,
    alerted_90_days_ahead FLOAT,
    weekly_alert_share FLOAT,
    weekly_false_alert_share FLOAT,
    alert_precision FLOAT,
    alert_precision_low FLOAT,
    alert_precision_high FLOAT
);

-- One row a customer who went silent in the tested weeks: what was predicted before.
CREATE TABLE churn_past_losses (
    customer_id VARCHAR(255),
    last_activity_on DATETIME,
    value_at_stake FLOAT,
    predicted_90_days_before FLOAT,
    predicted_60_days_before FLOAT,
    predicted_30_days_before FLOAT,
    predicted_at_last_activity FLOAT,
    alert_began_on DATETIME
);
CREATE INDEX ix_churn_past_losses_customer_id ON churn_past_losses (customer_id);

-- One row a test observation date: what the flags of the day were worth.
CREATE TABLE churn_past_months (
    observation_date DATE,
    scored BIGINT,
    flagged BIGINT,
    went_silent BIGINT,
    caught BIGINT,
    missed BIGINT,
    false_alarms BIGINT,
    expected FLOAT,
    value_caught FLOAT,
    value_missed FLOAT,
    value_false_alarms FLOAT,
    caught_by_silence BIGINT
);

-- One row a test observation date and group: revenue at risk predicted then, and what was lost.
CREATE TABLE churn_past_revenue (
    observation_date DATE,
    kind VARCHAR(255),
    part VARCHAR(255),
    scored BIGINT,
    expected FLOAT,
    went_silent BIGINT,
    predicted FLOAT,
    predicted_low FLOAT,
    predicted_high FLOAT,
    lost FLOAT,
    held BOOLEAN
);

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

-- One row a model: what its ranking could earn.
CREATE TABLE churn_profit (
    model VARCHAR(255),
    label TEXT,
    expected_maximum_profit FLOAT,
    best_share_contacted FLOAT
);

-- One row a customer, kind and rank.
CREATE TABLE churn_reasons (
    customer_id VARCHAR(255),
    kind VARCHAR(255),
    rank BIGINT,
    theme VARCHAR(255),
    is_cause BOOLEAN,
    points FLOAT,
    points_alone FLOAT,
    risk_at_reference FLOAT,
    share_with_less FLOAT,
    refit_share FLOAT,
    stable BOOLEAN,
    text TEXT
);
CREATE INDEX ix_churn_reasons_customer_id ON churn_reasons (customer_id);

-- One row a measure and score; the cut points of the first run, kept by all that follow it.
CREATE TABLE churn_rfm_cuts (
    measure VARCHAR(255),
    score BIGINT,
    from_value FLOAT,
    cut_by TEXT
);

-- One row a customer and past observation date.
CREATE TABLE churn_risk_history (
    customer_id VARCHAR(255),
    observation_date DATE,
    churn_risk FLOAT,
    risk_tier VARCHAR(255),
    frustration_index FLOAT
);
CREATE INDEX ix_churn_risk_history_customer_id ON churn_risk_history (customer_id);

-- One row a plain rule that needs no model, with what it was worth on past dates.
CREATE TABLE churn_rules (
    rule VARCHAR(255),
    label TEXT,
    customers_now BIGINT,
    tested BIGINT,
    went_silent BIGINT,
    share_silent FLOAT,
    base_rate FLOAT,
    lift FLOAT,
    lift_low FLOAT,
    lift_high FLOAT
);

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

-- One row a kind of segment, the one then and the one now; no rows without a former run.
CREATE TABLE churn_segment_moves (
    kind VARCHAR(255),
    was VARCHAR(255),
    became VARCHAR(255),
    customers BIGINT,
    monthly_revenue FLOAT,
    risk_before FLOAT,
    risk_now FLOAT,
    former_run TEXT,
    former_as_of TEXT
);

-- One row a measure of how steady tiers and segments are.
CREATE TABLE churn_segment_stability (
    measure VARCHAR(255),
    label TEXT,
    value FLOAT,
    goal FLOAT,
    reached BOOLEAN,
    note TEXT
);
