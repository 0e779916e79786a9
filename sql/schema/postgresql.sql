-- The tables of a published run, for postgresql. Times are UTC.
-- `silent-churn bi publish --to URL` makes and fills them; this file is for reading and
-- for those who make their tables themselves. It is written from analytics/database.

-- One row a customer and action that could be taken, best first.
CREATE TABLE churn_action_options (
    customer_id VARCHAR(255),
    rank BIGINT,
    action VARCHAR(255),
    label TEXT,
    expected_net_value FLOAT(53),
    expected_net_value_low FLOAT(53),
    expected_net_value_high FLOAT(53),
    expected_cost FLOAT(53),
    break_even_save_rate FLOAT(53),
    assumed_save_rate FLOAT(53)
);
CREATE INDEX ix_churn_action_options_customer_id ON churn_action_options (customer_id);
COMMENT ON TABLE churn_action_options IS 'One row a customer and action that could be taken, best first.';
COMMENT ON COLUMN churn_action_options.customer_id IS 'Identifies the customer in every table.';
COMMENT ON COLUMN churn_action_options.rank IS '1 has the highest expected net value.';
COMMENT ON COLUMN churn_action_options.action IS 'Name of the action in the profile.';
COMMENT ON COLUMN churn_action_options.label IS 'The action in words.';
COMMENT ON COLUMN churn_action_options.expected_net_value IS 'Assumed save rate times revenue at risk, minus the expected cost.';
COMMENT ON COLUMN churn_action_options.expected_net_value_low IS '10% quantile.';
COMMENT ON COLUMN churn_action_options.expected_net_value_high IS '90% quantile.';
COMMENT ON COLUMN churn_action_options.expected_cost IS 'Contact and offer.';
COMMENT ON COLUMN churn_action_options.break_even_save_rate IS 'Share of would-be leavers it must keep to pay for itself.';
COMMENT ON COLUMN churn_action_options.assumed_save_rate IS 'Mean of the prior.';

-- One row a test observation date (or all of them), model and slice.
CREATE TABLE churn_backtest (
    observation_date TEXT,
    model VARCHAR(255),
    slice VARCHAR(255),
    customers BIGINT,
    positives BIGINT,
    auc FLOAT(53),
    auc_low FLOAT(53),
    auc_high FLOAT(53),
    average_precision FLOAT(53),
    brier FLOAT(53),
    ece FLOAT(53),
    lift_top_decile FLOAT(53)
);
COMMENT ON TABLE churn_backtest IS 'One row a test observation date (or all of them), model and slice.';
COMMENT ON COLUMN churn_backtest.observation_date IS 'ISO date, or all for all test dates.';
COMMENT ON COLUMN churn_backtest.model IS 'Name of the model.';
COMMENT ON COLUMN churn_backtest.slice IS 'all, or early_warning: customers seen in the last 14 days.';
COMMENT ON COLUMN churn_backtest.customers IS 'Customers in the slice.';
COMMENT ON COLUMN churn_backtest.positives IS 'Of them, how many went silent.';
COMMENT ON COLUMN churn_backtest.auc IS 'Chance that a leaver is ranked above a stayer.';
COMMENT ON COLUMN churn_backtest.auc_low IS 'Lower end of the 95% interval.';
COMMENT ON COLUMN churn_backtest.auc_high IS 'Upper end of the 95% interval.';
COMMENT ON COLUMN churn_backtest.average_precision IS 'Area under precision and recall.';
COMMENT ON COLUMN churn_backtest.brier IS 'Mean squared error of the probability; empty for a rank without probability.';
COMMENT ON COLUMN churn_backtest.ece IS 'Mean gap between said and seen.';
COMMENT ON COLUMN churn_backtest.lift_top_decile IS 'Churn among the riskiest tenth, divided by churn of all.';

-- One row a bin of the champion's probabilities on the test dates.
CREATE TABLE churn_calibration (
    bin BIGINT,
    customers BIGINT,
    predicted FLOAT(53),
    observed FLOAT(53),
    observed_low FLOAT(53),
    observed_high FLOAT(53)
);
COMMENT ON TABLE churn_calibration IS 'One row a bin of the champion''s probabilities on the test dates.';
COMMENT ON COLUMN churn_calibration.bin IS '1 is the lowest risk.';
COMMENT ON COLUMN churn_calibration.customers IS 'Customers in the bin.';
COMMENT ON COLUMN churn_calibration.predicted IS 'Mean churn risk.';
COMMENT ON COLUMN churn_calibration.observed IS 'Share who went silent.';
COMMENT ON COLUMN churn_calibration.observed_low IS 'Lower end of the 95% interval.';
COMMENT ON COLUMN churn_calibration.observed_high IS 'Upper end of the 95% interval.';

-- One row a customer, as of the run's date.
CREATE TABLE churn_customers (
    customer_id VARCHAR(255),
    name TEXT,
    segment VARCHAR(255),
    plan VARCHAR(255),
    region VARCHAR(255),
    channel VARCHAR(255),
    signed_up_at TIMESTAMP WITHOUT TIME ZONE,
    ended_at TIMESTAMP WITHOUT TIME ZONE,
    end_reason TEXT,
    tenure_days FLOAT(53),
    last_activity_at TIMESTAMP WITHOUT TIME ZONE,
    days_since_last_activity FLOAT(53),
    usual_gap_days FLOAT(53),
    horizon_days FLOAT(53),
    active_days_28d FLOAT(53),
    activity_ratio_28d FLOAT(53),
    early_warning BOOLEAN,
    eligible BOOLEAN,
    churn_risk FLOAT(53),
    churn_risk_low FLOAT(53),
    churn_risk_high FLOAT(53),
    churn_risk_28d_ago FLOAT(53),
    risk_tier VARCHAR(255),
    previous_risk_tier VARCHAR(255),
    unusual BOOLEAN,
    frustration_index FLOAT(53),
    frustration_band VARCHAR(255),
    contacts_90d BIGINT,
    suppressed_frustration BOOLEAN,
    monthly_revenue FLOAT(53),
    value_band VARCHAR(255),
    value_if_stays FLOAT(53),
    value_if_leaves FLOAT(53),
    revenue_at_risk FLOAT(53),
    revenue_at_risk_low FLOAT(53),
    revenue_at_risk_high FLOAT(53),
    revenue_variance FLOAT(53),
    revenue_shock FLOAT(53),
    reason_theme VARCHAR(255),
    reason_1 TEXT,
    reason_2 TEXT,
    reason_3 TEXT,
    recommended_action VARCHAR(255),
    action_label TEXT,
    action_cost FLOAT(53),
    expected_net_value FLOAT(53),
    expected_net_value_low FLOAT(53),
    expected_net_value_high FLOAT(53),
    break_even_save_rate FLOAT(53),
    action_minutes FLOAT(53),
    holdout BOOLEAN
);
CREATE INDEX ix_churn_customers_customer_id ON churn_customers (customer_id);
COMMENT ON TABLE churn_customers IS 'One row a customer, as of the run''s date.';
COMMENT ON COLUMN churn_customers.customer_id IS 'Identifies the customer in every table.';
COMMENT ON COLUMN churn_customers.name IS 'Name from the customer table; the id where there is none.';
COMMENT ON COLUMN churn_customers.segment IS 'Segment from your own customer table.';
COMMENT ON COLUMN churn_customers.plan IS 'Plan or product from your own customer table.';
COMMENT ON COLUMN churn_customers.region IS 'Region or country from your own customer table.';
COMMENT ON COLUMN churn_customers.channel IS 'How the customer came, from your own customer table.';
COMMENT ON COLUMN churn_customers.signed_up_at IS 'Sign-up, or the first event where none is known.';
COMMENT ON COLUMN churn_customers.ended_at IS 'When the customer left, where that was recorded.';
COMMENT ON COLUMN churn_customers.end_reason IS 'Why the customer left, where that was recorded.';
COMMENT ON COLUMN churn_customers.tenure_days IS 'Days from sign-up to the data-as-of date.';
COMMENT ON COLUMN churn_customers.last_activity_at IS 'Last meaningful activity known by then.';
COMMENT ON COLUMN churn_customers.days_since_last_activity IS 'Days from the last meaningful activity to the data-as-of date.';
COMMENT ON COLUMN churn_customers.usual_gap_days IS 'Average days between active days over the last 180 days, leaving out the last 14.';
COMMENT ON COLUMN churn_customers.horizon_days IS 'Length of silence that this customer''s own rhythm would hardly ever produce by chance.';
COMMENT ON COLUMN churn_customers.active_days_28d IS 'Days with activity in the last 28 days.';
COMMENT ON COLUMN churn_customers.activity_ratio_28d IS 'Active days in the last 28 days divided by the own usual number; 1 is as usual.';
COMMENT ON COLUMN churn_customers.early_warning IS 'Still active within the last 14 days: a warning here comes early.';
COMMENT ON COLUMN churn_customers.eligible IS 'Has enough rhythm, is not lapsed and has not left.';
COMMENT ON COLUMN churn_customers.churn_risk IS 'Probability of going silent within the own horizon, calibrated on later data.';
COMMENT ON COLUMN churn_customers.churn_risk_low IS 'Lower end of the 80% interval.';
COMMENT ON COLUMN churn_customers.churn_risk_high IS 'Upper end of the 80% interval.';
COMMENT ON COLUMN churn_customers.churn_risk_28d_ago IS 'Today''s model applied to what was known 28 days ago.';
COMMENT ON COLUMN churn_customers.risk_tier IS 'The churn risk in words; see the tiers in the glossary.';
COMMENT ON COLUMN churn_customers.previous_risk_tier IS 'The same model''s tier 28 days ago.';
COMMENT ON COLUMN churn_customers.unusual IS 'Isolation Forest finds the change against the own past unusual. A flag to look, not a probability.';
COMMENT ON COLUMN churn_customers.frustration_index IS '0 to 100, from errors, failures, returns and tickets per unit of use, recent ones weighing more. Weights are expert weights.';
COMMENT ON COLUMN churn_customers.frustration_band IS 'The frustration index in words.';
COMMENT ON COLUMN churn_customers.contacts_90d IS 'Tickets, complaints and requests in 90 days.';
COMMENT ON COLUMN churn_customers.suppressed_frustration IS 'Frustration index of at least 40 and no ticket, complaint or request in 90 days.';
COMMENT ON COLUMN churn_customers.monthly_revenue IS 'Recurring revenue a month; else the average monthly purchases of the last 180 days.';
COMMENT ON COLUMN churn_customers.value_band IS 'Third of all customers by value if they stay.';
COMMENT ON COLUMN churn_customers.value_if_stays IS 'Margin expected over twelve months if the customer stays, discounted.';
COMMENT ON COLUMN churn_customers.value_if_leaves IS 'Margin still expected over twelve months if the customer goes silent.';
COMMENT ON COLUMN churn_customers.revenue_at_risk IS 'Churn risk times (value if stays minus value if leaves).';
COMMENT ON COLUMN churn_customers.revenue_at_risk_low IS 'Revenue at risk at the lower end of the churn risk.';
COMMENT ON COLUMN churn_customers.revenue_at_risk_high IS 'Revenue at risk at the upper end of the churn risk.';
COMMENT ON COLUMN churn_customers.revenue_variance IS 'Risk times (1 minus risk) times squared value at stake; makes the interval of a total.';
COMMENT ON COLUMN churn_customers.revenue_shock IS 'Change of the loss for one unit of shared log-odds; makes the interval of a total.';
COMMENT ON COLUMN churn_customers.reason_theme IS 'Theme of the first reason.';
COMMENT ON COLUMN churn_customers.reason_1 IS 'What raises the risk most, in words.';
COMMENT ON COLUMN churn_customers.reason_2 IS 'What raises it next.';
COMMENT ON COLUMN churn_customers.reason_3 IS 'And next.';
COMMENT ON COLUMN churn_customers.recommended_action IS 'Action with the highest expected net value; none where doing nothing is best.';
COMMENT ON COLUMN churn_customers.action_label IS 'The recommended action in words.';
COMMENT ON COLUMN churn_customers.action_cost IS 'Contact cost plus the offer''s cost times the share who accept it.';
COMMENT ON COLUMN churn_customers.expected_net_value IS 'Assumed save rate times revenue at risk, minus the expected cost. Assumed, not measured.';
COMMENT ON COLUMN churn_customers.expected_net_value_low IS 'At the 10% quantile of the assumed save rate.';
COMMENT ON COLUMN churn_customers.expected_net_value_high IS 'At the 90% quantile of the assumed save rate.';
COMMENT ON COLUMN churn_customers.break_even_save_rate IS 'Share of would-be leavers the action must keep to pay for itself.';
COMMENT ON COLUMN churn_customers.action_minutes IS 'Working minutes of the action.';
COMMENT ON COLUMN churn_customers.holdout IS 'Kept out of all actions at random, so that their effect can be measured.';

-- One row a past observation date.
CREATE TABLE churn_portfolio_history (
    observation_date DATE,
    customers BIGINT,
    eligible BIGINT,
    at_risk BIGINT,
    expected_silent FLOAT(53),
    revenue_at_risk FLOAT(53),
    frustrated BIGINT,
    silent_churn_share FLOAT(53),
    predicted_share FLOAT(53)
);
COMMENT ON TABLE churn_portfolio_history IS 'One row a past observation date.';
COMMENT ON COLUMN churn_portfolio_history.observation_date IS 'Only what was known by then is used.';
COMMENT ON COLUMN churn_portfolio_history.customers IS 'Customers known by then.';
COMMENT ON COLUMN churn_portfolio_history.eligible IS 'With enough rhythm, not lapsed, not gone.';
COMMENT ON COLUMN churn_portfolio_history.at_risk IS 'In the tiers critical and high.';
COMMENT ON COLUMN churn_portfolio_history.expected_silent IS 'Sum of the churn risks.';
COMMENT ON COLUMN churn_portfolio_history.revenue_at_risk IS 'Expected loss.';
COMMENT ON COLUMN churn_portfolio_history.frustrated IS 'With a frustration index of 40 or more.';
COMMENT ON COLUMN churn_portfolio_history.silent_churn_share IS 'Share of the scored customers who did go silent; empty while their horizons run.';
COMMENT ON COLUMN churn_portfolio_history.predicted_share IS 'Mean churn risk given then by a model that had seen only earlier data; empty where the backtest has no such date.';

-- One row a customer, kind and rank.
CREATE TABLE churn_reasons (
    customer_id VARCHAR(255),
    kind VARCHAR(255),
    rank BIGINT,
    theme VARCHAR(255),
    points FLOAT(53),
    text TEXT
);
CREATE INDEX ix_churn_reasons_customer_id ON churn_reasons (customer_id);
COMMENT ON TABLE churn_reasons IS 'One row a customer, kind and rank.';
COMMENT ON COLUMN churn_reasons.customer_id IS 'Identifies the customer in every table.';
COMMENT ON COLUMN churn_reasons.kind IS 'risk: why the risk is what it is. change: what moved in 28 days. frustration: what the index is made of.';
COMMENT ON COLUMN churn_reasons.rank IS '1 weighs most.';
COMMENT ON COLUMN churn_reasons.theme IS 'Group of features the reason belongs to.';
COMMENT ON COLUMN churn_reasons.points IS 'Change of the risk in percentage points against the median customer (kind risk) or against 28 days ago (change); index points (frustration).';
COMMENT ON COLUMN churn_reasons.text IS 'The reason in words, with the number behind it.';

-- One row a customer and past observation date.
CREATE TABLE churn_risk_history (
    customer_id VARCHAR(255),
    observation_date DATE,
    churn_risk FLOAT(53),
    risk_tier VARCHAR(255),
    frustration_index FLOAT(53)
);
CREATE INDEX ix_churn_risk_history_customer_id ON churn_risk_history (customer_id);
COMMENT ON TABLE churn_risk_history IS 'One row a customer and past observation date.';
COMMENT ON COLUMN churn_risk_history.customer_id IS 'Identifies the customer in every table.';
COMMENT ON COLUMN churn_risk_history.observation_date IS 'Only what was known by then is used.';
COMMENT ON COLUMN churn_risk_history.churn_risk IS 'Today''s model applied to that date''s features.';
COMMENT ON COLUMN churn_risk_history.risk_tier IS 'The churn risk in words.';
COMMENT ON COLUMN churn_risk_history.frustration_index IS 'As of that date.';

-- One row: the run that all tables come from.
CREATE TABLE churn_run (
    run_id VARCHAR(255),
    data_as_of TIMESTAMP WITHOUT TIME ZONE,
    published_at TIMESTAMP WITHOUT TIME ZONE,
    profile TEXT,
    currency TEXT,
    simulated BOOLEAN,
    champion TEXT,
    base_rate FLOAT(53),
    shock_sd FLOAT(53),
    revenue_at_risk FLOAT(53),
    revenue_at_risk_low FLOAT(53),
    revenue_at_risk_high FLOAT(53),
    verdict TEXT
);
COMMENT ON TABLE churn_run IS 'One row: the run that all tables come from.';
COMMENT ON COLUMN churn_run.run_id IS 'Which run all tables come from.';
COMMENT ON COLUMN churn_run.simulated IS 'True where the data come from the simulator.';
COMMENT ON COLUMN churn_run.champion IS 'Model whose probabilities are shown.';
COMMENT ON COLUMN churn_run.verdict IS 'How far the model can be believed, in a sentence.';
