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
    slice VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'all; early_warning: customers seen lately; unseen: not in that date''s training; or a group of customers as of the date, such as cadence: often. A group too small to measure has its counts only.',
    customers BIGINT COMMENT 'Customers in the slice.',
    positives BIGINT COMMENT 'Of them, how many went silent.',
    auc DOUBLE COMMENT 'Chance that a leaver is ranked above a stayer.',
    auc_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    auc_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    average_precision DOUBLE COMMENT 'Area under precision and recall; chance gives the share who went silent.',
    brier DOUBLE COMMENT 'Mean squared error of the probability; empty for a rank without probability.',
    brier_skill DOUBLE COMMENT 'Share of the Brier score of always saying the average that the model saves.',
    log_loss DOUBLE COMMENT 'Mean surprise at what came, in nats.',
    ece DOUBLE COMMENT 'Mean gap between said and seen over 15 bins of equal size.',
    ece_by_chance DOUBLE COMMENT 'Calibration error that a perfect model would show on so few customers.',
    calibration_slope DOUBLE COMMENT '1 is right; below 1 the risks are too far apart, above 1 too close together.',
    observed_over_expected DOUBLE COMMENT 'Customers who went silent, divided by the sum of their risks; 1 is right.',
    observed_over_expected_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    observed_over_expected_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    lift_top_decile DOUBLE COMMENT 'Churn among the riskiest tenth, divided by churn of all.',
    recall_top_decile DOUBLE COMMENT 'Share of those who went silent who were in the riskiest tenth.'
)COMMENT='One row a test observation date (or all of them), model and slice.';

-- One row a bin of the champion's probabilities on the test dates.
CREATE TABLE churn_calibration (
    bin BIGINT COMMENT '1 is the lowest risk.',
    customers BIGINT COMMENT 'Customers in the bin.',
    predicted DOUBLE COMMENT 'Mean churn risk.',
    observed DOUBLE COMMENT 'Share who went silent.',
    observed_low DOUBLE COMMENT 'Lower end of the 95% interval over whole customers.',
    observed_high DOUBLE COMMENT 'Upper end of the 95% interval over whole customers.'
)COMMENT='One row a bin of the champion''s probabilities on the test dates.';

-- One row a way to choose and a number of customers contacted a month.
CREATE TABLE churn_capacity (
    policy VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'champion, value_at_risk, recency or random.',
    contacted BIGINT COMMENT 'Mean number of customers a test date.',
    share DOUBLE COMMENT 'Of the scored customers.',
    caught DOUBLE COMMENT 'Mean number of them who went silent.',
    false_alarms DOUBLE COMMENT 'Mean number of them who stayed.',
    recall DOUBLE COMMENT 'Of all who went silent.',
    net_value DOUBLE COMMENT 'With the profile''s costs, margin and assumed save rate, a date.',
    net_value_low DOUBLE COMMENT '10% quantile.',
    net_value_high DOUBLE COMMENT '90% quantile.'
)COMMENT='One row a way to choose and a number of customers contacted a month.';

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
    risk_is_unsure BOOL COMMENT 'The 80% interval spans more than two tiers, or holds both the usual risk and the cut of the high tier: the model cannot tell whether this customer is in danger.',
    churn_risk_28d_ago DOUBLE COMMENT 'Today''s model applied to what was known 28 days ago.',
    risk_tier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The churn risk in words; see the tiers in the glossary.',
    previous_risk_tier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The same model''s tier 28 days ago.',
    unusual BOOL COMMENT 'Isolation Forest finds the change against the own past unusual. A flag to look, not a probability.',
    frustration_index DOUBLE COMMENT '0 to 100, from errors, failures, returns, tickets and bad answers, recent ones weighing more; by amount and, where use meets them, per use. Evidence tells which weights are in use.',
    frustration_band VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The frustration index in words.',
    frustration_stale BOOL COMMENT 'Fewer than 3 active days in 28: the index tells of the last activity, not of today. It fades by half in 21 to 45 days, never faster.',
    contacts_90d BIGINT COMMENT 'Tickets, complaints and requests in 90 days.',
    suppressed_frustration BOOL COMMENT 'Still a customer, frustration index of at least 40, and no ticket, complaint or request in 90 days.',
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
    reason_1 TEXT COMMENT 'How the fading shows most, or the likely cause behind it, in words.',
    reason_2 TEXT COMMENT 'The other of the two; else what raises it next.',
    reason_3 TEXT COMMENT 'What raises the risk next.',
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

-- One row a check of the frustration index.
CREATE TABLE churn_frustration_checks (
    place BIGINT COMMENT '1 comes first.',
    check_name TEXT COMMENT 'Name of the check.',
    label TEXT COMMENT 'The check in words.',
    customer_dates BIGINT COMMENT 'What was measured on.',
    found DOUBLE COMMENT 'What was measured; empty where the data cannot tell.',
    found_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    found_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    hoped_for TEXT COMMENT 'What a good index would show.',
    outcome TEXT COMMENT 'as_hoped, weaker, not_as_hoped or cannot_tell.',
    meaning TEXT COMMENT 'What was found, in words.'
)COMMENT='One row a check of the frustration index.';

-- One row a group of customers on past dates: frustrated or not, heard of or not.
CREATE TABLE churn_frustration_groups (
    place BIGINT COMMENT '1 comes first.',
    group_name TEXT COMMENT 'Name of the group.',
    label TEXT COMMENT 'The group in words.',
    customers_now BIGINT COMMENT 'In the group as of the data.',
    customer_dates BIGINT COMMENT 'In the group on past dates.',
    spoke_share DOUBLE COMMENT 'With a ticket, complaint, refund request or bad survey answer within 28 days after.',
    spoke_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    spoke_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    scored BIGINT COMMENT 'Of the customer dates, with a known outcome.',
    left_share DOUBLE COMMENT 'Of them, who went silent, left with a word or unpaid within their own horizon.',
    left_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    left_high DOUBLE COMMENT 'Upper end of the 95% interval.'
)COMMENT='One row a group of customers on past dates: frustrated or not, heard of or not.';

-- One row a way to rank customers by how likely they are to complain in the next 28 days.
CREATE TABLE churn_frustration_judged (
    ranking VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the ranking.',
    label TEXT COMMENT 'The ranking in words.',
    dates BIGINT COMMENT 'Test dates, all later than what was learned from.',
    customer_dates BIGINT COMMENT 'Customers on the test dates.',
    voiced BIGINT COMMENT 'Of them, with a complaint, ticket, refund request or bad survey answer in 28 days.',
    auc DOUBLE COMMENT 'Chance that who spoke up is ranked higher.',
    auc_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    auc_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    gain DOUBLE COMMENT 'AUC minus that of the expert weights, for the same customers.',
    gain_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    gain_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    in_use BOOL COMMENT 'The index of every page is made with these weights.'
)COMMENT='One row a way to rank customers by how likely they are to complain in the next 28 days.';

-- One row a part of the frustration index.
CREATE TABLE churn_frustration_weights (
    part VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the part.',
    label TEXT COMMENT 'The part in words.',
    half_life_days BIGINT COMMENT 'Days after which one event counts half; empty for the part of open tickets.',
    customers_with BIGINT COMMENT 'Customers today who have any of it.',
    expert_weight DOUBLE COMMENT 'Set by judgement, published.',
    fitted_weight DOUBLE COMMENT 'Learned from complaints, tickets and bad survey answers within 28 days after past dates, drawn toward the expert weight; empty where the data teach none.',
    weight_in_use DOUBLE COMMENT 'What the index of every page is made with.'
)COMMENT='One row a part of the frustration index.';

-- One row a check that the numbers do not flatter.
CREATE TABLE churn_gates (
    gate VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the check.',
    label TEXT COMMENT 'The check in words.',
    passed BOOL COMMENT 'A run with a failed leak check is not published.',
    found DOUBLE COMMENT 'What was measured.',
    bound DOUBLE COMMENT 'What would have failed.',
    meaning TEXT COMMENT 'What was done, in words.'
)COMMENT='One row a check that the numbers do not flatter.';

-- One row a model, in the order of the ladder.
CREATE TABLE churn_ladder (
    rung BIGINT COMMENT '1 is the simplest.',
    model VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the model.',
    label TEXT COMMENT 'The model in words.',
    against TEXT COMMENT 'The best model below it.',
    auc_gain DOUBLE COMMENT 'Difference in AUC on the test dates, for the same customers.',
    auc_gain_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    auc_gain_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    brier_gain DOUBLE COMMENT 'How much smaller the Brier score is, for the same customers.',
    brier_gain_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    brier_gain_high DOUBLE COMMENT 'Upper end of the 95% interval.',
    taken BOOL COMMENT 'It beat the best below it: whole interval above zero, and by enough to matter.',
    champion BOOL COMMENT 'The risks on every page come from it.'
)COMMENT='One row a model, in the order of the ladder.';

-- One row a way to alert: how early it was, judged by what happened later.
CREATE TABLE churn_lead_time (
    alert TEXT COMMENT 'champion or recency: the same number of alerts each week.',
    label TEXT COMMENT 'The way to alert in words.',
    weeks BIGINT COMMENT 'Weeks that were scored.',
    leavers BIGINT COMMENT 'Customers who went silent and were scored before.',
    alerted BIGINT COMMENT 'Of them, under an alert when the rule fired.',
    days_before_rule DOUBLE COMMENT 'Median days from the alert''s start to the 30th day of silence; of those alerted.',
    days_before_rule_low DOUBLE COMMENT 'A quarter had fewer days.',
    days_before_rule_high DOUBLE COMMENT 'A quarter had more days.',
    days_before_last_activity DOUBLE COMMENT 'Median days from the alert''s start to the last activity; negative is after it.',
    alerted_before_last_activity DOUBLE COMMENT 'Share of the leavers.',
    alerted_14_days_ahead DOUBLE COMMENT 'Of the rule; share of the leavers.',
    alerted_30_days_ahead DOUBLE COMMENT 'Of the rule; share of the leavers.',
    alerted_60_days_ahead DOUBLE COMMENT 'Of the rule; share of the leavers.',
    alerted_90_days_ahead DOUBLE COMMENT 'Of the rule; share of the leavers.',
    weekly_false_alert_share DOUBLE COMMENT 'Mean share of the customers who stayed that a week alerts.',
    alert_precision DOUBLE COMMENT 'Share of a week''s alerts that went silent within their horizon.',
    alert_precision_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    alert_precision_high DOUBLE COMMENT 'Upper end of the 95% interval.'
)COMMENT='One row a way to alert: how early it was, judged by what happened later.';

-- One row a customer who went silent in the tested weeks: what was said before.
CREATE TABLE churn_past_losses (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    last_activity_on DATETIME(6) COMMENT 'Nothing since.',
    value_at_stake DOUBLE COMMENT 'Twelve months.',
    said_90_days_before DOUBLE COMMENT 'Said in the last scored week by then; empty before the first tested week.',
    said_60_days_before DOUBLE COMMENT 'Likewise.',
    said_30_days_before DOUBLE COMMENT 'Likewise.',
    said_at_last_activity DOUBLE COMMENT 'Likewise.',
    alert_began_on DATETIME(6) COMMENT 'Start of the alert that lasted; empty: none.'
)COMMENT='One row a customer who went silent in the tested weeks: what was said before.';
CREATE INDEX ix_churn_past_losses_customer_id ON churn_past_losses (customer_id);

-- One row a test observation date: what the flags of the day were worth.
CREATE TABLE churn_past_months (
    observation_date DATE COMMENT 'Only what was known by then is used.',
    scored BIGINT COMMENT 'Customers with a risk on that date.',
    flagged BIGINT COMMENT 'Of them, in the tiers critical and high.',
    went_silent BIGINT COMMENT 'Of the scored, within their own horizon.',
    caught BIGINT COMMENT 'Flagged, and went silent.',
    missed BIGINT COMMENT 'Not flagged, and went silent.',
    false_alarms BIGINT COMMENT 'Flagged, and stayed.',
    expected DOUBLE COMMENT 'Sum of the risks said that day.',
    value_caught DOUBLE COMMENT 'Value at stake of those caught.',
    value_missed DOUBLE COMMENT 'Value at stake of those missed.',
    value_false_alarms DOUBLE COMMENT 'Value at stake of those flagged who stayed.',
    caught_by_silence BIGINT COMMENT 'Caught if as many had been flagged by days of silence.'
)COMMENT='One row a test observation date: what the flags of the day were worth.';

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

-- One row a model: what its ranking could earn.
CREATE TABLE churn_profit (
    model VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the model.',
    label TEXT COMMENT 'The model in words.',
    expected_maximum_profit DOUBLE COMMENT 'Expected maximum profit per scored customer, at the best share to contact for each possible save rate (Verbraken, Verbeke, Baesens 2013), with the profile''s costs and the mean value.',
    best_share_contacted DOUBLE COMMENT 'Mean over the possible save rates.'
)COMMENT='One row a model: what its ranking could earn.';

-- One row a customer, kind and rank.
CREATE TABLE churn_reasons (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    kind VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'risk: why the risk is what it is. change: what moved in 28 days. nearest_change: the smallest change of ours that would lower the tier in the model''s eyes. frustration: what the index is made of.',
    `rank` BIGINT COMMENT '1 comes first.',
    theme VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Group of features the reason belongs to.',
    is_cause BOOL COMMENT 'Named because the customer has more of it than most others, not because the model weighs it: its points may be none, or lower the risk.',
    points DOUBLE COMMENT 'The theme''s share of the risk in percentage points (Shapley value): all themes add up to the risk minus that of the median customer (kind risk) or of 28 days ago (change). What the risk would fall by (nearest_change); index points (frustration).',
    points_alone DOUBLE COMMENT 'What the risk loses with this theme alone at its reference, in percentage points.',
    risk_at_reference DOUBLE COMMENT 'What the model says with this theme alone like the median customer''s (risk), as 28 days ago (change), or after the change (nearest_change).',
    share_with_less DOUBLE COMMENT 'Share of the scored customers who have less of a likely cause.',
    refit_share DOUBLE COMMENT 'Share of the refits on other draws of the customers in which the theme is among the three that raise the risk most.',
    stable BOOL COMMENT 'False for an uncertain reason: among the first three of fewer than 60% of the refits, or another cause stands out nearly as much.',
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

-- One row a plain rule that needs no model, with what it was worth on past dates.
CREATE TABLE churn_rules (
    rule VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the rule.',
    label TEXT COMMENT 'The rule in words.',
    customers_now BIGINT COMMENT 'Scored customers for whom it holds today.',
    tested BIGINT COMMENT 'Customer dates in the past for which it held.',
    went_silent BIGINT COMMENT 'Of them, within their own horizon.',
    share_silent DOUBLE COMMENT 'Of those for whom it held.',
    base_rate DOUBLE COMMENT 'Of all scored customers on the same dates.',
    lift DOUBLE COMMENT 'Share silent where the rule held, divided by the share of all; 1 says nothing.',
    lift_low DOUBLE COMMENT 'Lower end of the 95% interval.',
    lift_high DOUBLE COMMENT 'Upper end of the 95% interval.'
)COMMENT='One row a plain rule that needs no model, with what it was worth on past dates.';

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
