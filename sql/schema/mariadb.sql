-- The tables of a published run, for mariadb. Times are UTC.
-- `silent-churn bi publish --to URL` makes and fills them; this file is for reading and
-- for those who make their tables themselves. It is written from analytics/database.

-- One row a customer and action that could be taken, best first.
CREATE TABLE churn_action_options (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    `rank` BIGINT COMMENT '1 has the highest expected net value.',
    action VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the action in the profile.',
    label TEXT COMMENT 'The action in words.',
    expected_net_value DOUBLE COMMENT 'Assumed save rate times revenue at risk, minus the expected cost.',
    expected_net_value_low DOUBLE COMMENT '10% quantile.',
    expected_net_value_high DOUBLE COMMENT '90% quantile.',
    expected_cost DOUBLE COMMENT 'Contact and offer.',
    break_even_save_rate DOUBLE COMMENT 'Share of would-be leavers it must keep to pay for itself.',
    assumed_save_rate DOUBLE COMMENT 'Mean of the prior.'
)COMMENT='One row a customer and action that could be taken, best first.';
CREATE INDEX ix_churn_action_options_customer_id ON churn_action_options (customer_id);

-- One row a test observation date (or all of them), model and slice.
CREATE TABLE churn_backtest (
    observation_date TEXT COMMENT 'ISO date, or all for all test dates.',
    model VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the model.',
    slice VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'all, or early_warning: customers seen in the last 14 days.',
    customers BIGINT COMMENT 'Customers in the slice.',
    positives BIGINT COMMENT 'Of them, how many went silent.',
    auc DOUBLE COMMENT 'Chance that a leaver is ranked above a stayer.',
    auc_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    auc_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    average_precision DOUBLE COMMENT 'Area under precision and recall.',
    brier DOUBLE COMMENT 'Mean squared error of the probability; empty for a rank without probability.',
    ece DOUBLE COMMENT 'Mean gap between said and seen.',
    lift_top_decile DOUBLE COMMENT 'Churn among the riskiest tenth, divided by churn of all.'
)COMMENT='One row a test observation date (or all of them), model and slice.';

-- One row a bin of the champion's probabilities on the test dates.
CREATE TABLE churn_calibration (
    bin BIGINT COMMENT '1 is the lowest risk.',
    customers BIGINT COMMENT 'Customers in the bin.',
    predicted DOUBLE COMMENT 'Mean churn risk.',
    observed DOUBLE COMMENT 'Share who went silent.',
    observed_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    observed_high DOUBLE COMMENT 'Upper end of the 95% interval.'
)COMMENT='One row a bin of the champion''s probabilities on the test dates.';

-- One row a customer, as of the run's date.
CREATE TABLE churn_customers (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    name TEXT COMMENT 'Name from the customer table; the id where there is none.',
    segment VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Segment from your own customer table.',
    plan VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Plan or product from your own customer table.',
    region VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Region or country from your own customer table.',
    channel VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'How the customer came, from your own customer table.',
    signed_up_at DATETIME(6) COMMENT 'Sign-up, or the first event where none is known.',
    ended_at DATETIME(6) COMMENT 'When the customer left, where that was recorded.',
    end_reason TEXT COMMENT 'Why the customer left, where that was recorded.',
    tenure_days DOUBLE COMMENT 'Days from sign-up to the data-as-of date.',
    last_activity_at DATETIME(6) COMMENT 'Last meaningful activity known by then.',
    days_since_last_activity DOUBLE COMMENT 'Days from the last meaningful activity to the data-as-of date.',
    usual_gap_days DOUBLE COMMENT 'Average days between active days over the last 180 days, leaving out the last 14.',
    horizon_days DOUBLE COMMENT 'Length of silence that this customer''s own rhythm would hardly ever produce by chance.',
    active_days_28d DOUBLE COMMENT 'Days with activity in the last 28 days.',
    activity_ratio_28d DOUBLE COMMENT 'Active days in the last 28 days divided by the own usual number; 1 is as usual.',
    early_warning BOOL COMMENT 'Still active within the last 14 days: a warning here comes early.',
    eligible BOOL COMMENT 'Has enough rhythm, is not lapsed and has not left.',
    churn_risk DOUBLE COMMENT 'Probability of going silent within the own horizon, calibrated on later data.',
    churn_risk_low DOUBLE COMMENT 'Lower end of the 80% interval.',
    churn_risk_high DOUBLE COMMENT 'Upper end of the 80% interval.',
    churn_risk_28d_ago DOUBLE COMMENT 'Today''s model applied to what was known 28 days ago.',
    risk_tier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The churn risk in words; see the tiers in the glossary.',
    previous_risk_tier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The same model''s tier 28 days ago.',
    unusual BOOL COMMENT 'Isolation Forest finds the change against the own past unusual. A flag to look, not a probability.',
    frustration_index DOUBLE COMMENT '0 to 100, from errors, failures, returns and tickets per unit of use, recent ones weighing more. Weights are expert weights.',
    frustration_band VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The frustration index in words.',
    contacts_90d BIGINT COMMENT 'Tickets, complaints and requests in 90 days.',
    suppressed_frustration BOOL COMMENT 'Frustration index of at least 40 and no ticket, complaint or request in 90 days.',
    monthly_revenue DOUBLE COMMENT 'Recurring revenue a month; else the average monthly purchases of the last 180 days.',
    value_band VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Third of all customers by value if they stay.',
    value_if_stays DOUBLE COMMENT 'Margin expected over twelve months if the customer stays, discounted.',
    value_if_leaves DOUBLE COMMENT 'Margin still expected over twelve months if the customer goes silent.',
    revenue_at_risk DOUBLE COMMENT 'Churn risk times (value if stays minus value if leaves).',
    revenue_at_risk_low DOUBLE COMMENT 'Revenue at risk at the lower end of the churn risk.',
    revenue_at_risk_high DOUBLE COMMENT 'Revenue at risk at the upper end of the churn risk.',
    revenue_variance DOUBLE COMMENT 'Risk times (1 minus risk) times squared value at stake; makes the interval of a total.',
    revenue_shock DOUBLE COMMENT 'Change of the loss for one unit of shared log-odds; makes the interval of a total.',
    reason_theme VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Theme of the first reason.',
    reason_1 TEXT COMMENT 'What raises the risk most, in words.',
    reason_2 TEXT COMMENT 'What raises it next.',
    reason_3 TEXT COMMENT 'And next.',
    recommended_action VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Action with the highest expected net value; none where doing nothing is best.',
    action_label TEXT COMMENT 'The recommended action in words.',
    action_cost DOUBLE COMMENT 'Contact cost plus the offer''s cost times the share who accept it.',
    expected_net_value DOUBLE COMMENT 'Assumed save rate times revenue at risk, minus the expected cost. Assumed, not measured.',
    expected_net_value_low DOUBLE COMMENT 'At the 10% quantile of the assumed save rate.',
    expected_net_value_high DOUBLE COMMENT 'At the 90% quantile of the assumed save rate.',
    break_even_save_rate DOUBLE COMMENT 'Share of would-be leavers the action must keep to pay for itself.',
    action_minutes DOUBLE COMMENT 'Working minutes of the action.',
    holdout BOOL COMMENT 'Kept out of all actions at random, so that their effect can be measured.'
)COMMENT='One row a customer, as of the run''s date.';
CREATE INDEX ix_churn_customers_customer_id ON churn_customers (customer_id);

-- One row a past observation date.
CREATE TABLE churn_portfolio_history (
    observation_date DATE COMMENT 'Only what was known by then is used.',
    customers BIGINT COMMENT 'Customers known by then.',
    eligible BIGINT COMMENT 'With enough rhythm, not lapsed, not gone.',
    at_risk BIGINT COMMENT 'In the tiers critical and high.',
    expected_silent DOUBLE COMMENT 'Sum of the churn risks.',
    revenue_at_risk DOUBLE COMMENT 'Expected loss.',
    frustrated BIGINT COMMENT 'With a frustration index of 40 or more.',
    silent_churn_share DOUBLE COMMENT 'Share of the scored customers who did go silent; empty while their horizons run.',
    predicted_share DOUBLE COMMENT 'Mean churn risk given then by a model that had seen only earlier data; empty where the backtest has no such date.'
)COMMENT='One row a past observation date.';

-- One row a customer, kind and rank.
CREATE TABLE churn_reasons (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    kind VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'risk: why the risk is what it is. change: what moved in 28 days. frustration: what the index is made of.',
    `rank` BIGINT COMMENT '1 weighs most.',
    theme VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Group of features the reason belongs to.',
    points DOUBLE COMMENT 'Change of the risk in percentage points against the median customer (kind risk) or against 28 days ago (change); index points (frustration).',
    text TEXT COMMENT 'The reason in words, with the number behind it.'
)COMMENT='One row a customer, kind and rank.';
CREATE INDEX ix_churn_reasons_customer_id ON churn_reasons (customer_id);

-- One row a customer and past observation date.
CREATE TABLE churn_risk_history (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    observation_date DATE COMMENT 'Only what was known by then is used.',
    churn_risk DOUBLE COMMENT 'Today''s model applied to that date''s features.',
    risk_tier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The churn risk in words.',
    frustration_index DOUBLE COMMENT 'As of that date.'
)COMMENT='One row a customer and past observation date.';
CREATE INDEX ix_churn_risk_history_customer_id ON churn_risk_history (customer_id);

-- One row: the run that all tables come from.
CREATE TABLE churn_run (
    run_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Which run all tables come from.',
    data_as_of DATETIME(6),
    published_at DATETIME(6),
    profile TEXT,
    currency TEXT,
    simulated BOOL COMMENT 'True where the data come from the simulator.',
    champion TEXT COMMENT 'Model whose probabilities are shown.',
    base_rate DOUBLE,
    shock_sd DOUBLE,
    revenue_at_risk DOUBLE,
    revenue_at_risk_low DOUBLE,
    revenue_at_risk_high DOUBLE,
    verdict TEXT COMMENT 'How far the model can be believed, in a sentence.'
)COMMENT='One row: the run that all tables come from.';
