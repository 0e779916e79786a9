-- The tables of a published run, for mariadb. Times are UTC.
-- `silent-churn bi publish --to URL` makes and fills them; this file is for reading and
-- for those who make their tables themselves. It is written from analytics/database.

-- One row a customer and action that could be taken, best first.
CREATE TABLE churn_action_options (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    `rank` BIGINT COMMENT '1 has the highest expected net value. Unit: number.',
    action VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the action in the profile.',
    label TEXT COMMENT 'The action in words.',
    expected_net_value DOUBLE COMMENT 'Assumed save rate times revenue at risk, minus the expected cost. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    expected_net_value_low DOUBLE COMMENT '10% quantile. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    expected_net_value_high DOUBLE COMMENT '90% quantile. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    expected_cost DOUBLE COMMENT 'Contact and offer. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    break_even_save_rate DOUBLE COMMENT 'Share of would-be leavers it must keep to pay for itself. Unit: share.',
    assumed_save_rate DOUBLE COMMENT 'Mean of the prior. Unit: share. Rests on assumptions, not measured.'
)COMMENT='One row a customer and action that could be taken, best first.';
CREATE INDEX ix_churn_action_options_customer_id ON churn_action_options (customer_id);

-- One row a test observation date (or all of them), model and slice.
CREATE TABLE churn_backtest (
    observation_date TEXT COMMENT 'ISO date, or all for all test dates.',
    model VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the model.',
    slice VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'all; recently_active: customers seen lately; unseen: not in that date''s training; or a group of customers as of the date, such as cadence: often. A group too small to measure has its counts only.',
    customers BIGINT COMMENT 'Customers in the slice. Unit: number.',
    positives BIGINT COMMENT 'Of them, how many went silent. Unit: number.',
    auc DOUBLE COMMENT 'Chance that a leaver is ranked above a stayer of the same date; dates count by their number of such pairs, and saying the same of everybody gives 0.5. Unit: ratio.',
    auc_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    auc_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.',
    average_precision DOUBLE COMMENT 'Area under precision and recall within each date, averaged by number of leavers; chance gives the share who went silent. Unit: ratio.',
    brier DOUBLE COMMENT 'Mean squared error of the probability; empty for a rank without probability. Unit: ratio.',
    brier_skill DOUBLE COMMENT 'Share of the Brier score of always saying the average that the model saves. Unit: share.',
    log_loss DOUBLE COMMENT 'Mean surprise at what came, in nats. Unit: ratio.',
    ece DOUBLE COMMENT 'Mean gap between predicted and observed over 15 bins of about equal size; equal risks share a bin. Unit: share.',
    ece_by_chance DOUBLE COMMENT 'Calibration error that a perfect model would show on so few customers. Unit: share.',
    calibration_slope DOUBLE COMMENT '1 is right; below 1 the risks are too far apart, above 1 too close together. Unit: ratio.',
    observed_over_expected DOUBLE COMMENT 'Customers who went silent, divided by the sum of their risks; 1 is right. Unit: ratio.',
    observed_over_expected_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    observed_over_expected_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.',
    lift_top_decile DOUBLE COMMENT 'Churn among each date''s riskiest tenth, divided by churn of all on those dates. Unit: ratio.',
    recall_top_decile DOUBLE COMMENT 'Share of those who went silent who were in their date''s riskiest tenth. Unit: share.'
)COMMENT='One row a test observation date (or all of them), model and slice.';

-- One row a bin of the champion's probabilities on the test dates.
CREATE TABLE churn_calibration (
    bin BIGINT COMMENT '1 is the lowest risk. Unit: number.',
    customers BIGINT COMMENT 'Customers in the bin. Unit: number.',
    predicted DOUBLE COMMENT 'Mean churn risk. Unit: share.',
    observed DOUBLE COMMENT 'Share who went silent. Unit: share.',
    observed_low DOUBLE COMMENT 'Lower end of the 95% interval over whole customers. Unit: share.',
    observed_high DOUBLE COMMENT 'Upper end of the 95% interval over whole customers. Unit: share.'
)COMMENT='One row a bin of the champion''s probabilities on the test dates.';

-- One row a way to choose and a number of customers contacted a month.
CREATE TABLE churn_capacity (
    policy VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'champion, value_at_risk, recency or random.',
    contacted BIGINT COMMENT 'Mean number of customers a test date. Unit: number.',
    share DOUBLE COMMENT 'Of the scored customers. Unit: share.',
    caught DOUBLE COMMENT 'Mean number of them who went silent. Unit: ratio.',
    false_alarms DOUBLE COMMENT 'Mean number of them who stayed. Unit: ratio.',
    recall DOUBLE COMMENT 'Of all who went silent. Unit: share.',
    net_value DOUBLE COMMENT 'With the profile''s costs, margin and assumed save rate, a date. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    net_value_low DOUBLE COMMENT '10% quantile. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    net_value_high DOUBLE COMMENT '90% quantile. Unit: money, in the currency of the profile. Rests on assumptions, not measured.'
)COMMENT='One row a way to choose and a number of customers contacted a month.';

-- One row a behavioural cluster and factor; no rows where no clustering is stable.
CREATE TABLE churn_clusters (
    cluster VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the cluster, made of what is high and low in it.',
    factor TEXT COMMENT 'What was clustered by, in words.',
    center DOUBLE COMMENT 'Mean of the factor on the scale that was clustered. Unit: ratio.',
    center_sd DOUBLE COMMENT 'Centre in standard deviations from all customers. Unit: ratio.',
    typical DOUBLE COMMENT 'Median of the factor in the cluster, in its unit. Unit: ratio.',
    typical_all DOUBLE COMMENT 'Median of the factor over all clustered. Unit: ratio.',
    customers BIGINT COMMENT 'Customers in the cluster. Unit: number.',
    silhouette DOUBLE COMMENT 'Mean silhouette of the cluster''s customers. Unit: ratio.',
    kept_name BOOL COMMENT 'The last run had this cluster already.'
)COMMENT='One row a behavioural cluster and factor; no rows where no clustering is stable.';

-- One row a customer, as of the run's date.
CREATE TABLE churn_customers (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table. Source: your customer table.',
    name TEXT COMMENT 'Name from the customer table; the id where there is none. Source: your customer table.',
    segment VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Segment from your own customer table. Source: your customer table.',
    plan VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Plan or product from your own customer table. Source: your customer table.',
    region VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Region or country from your own customer table. Source: your customer table.',
    channel VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'How the customer came, from your own customer table. Source: your customer table.',
    signed_up_at DATETIME(6) COMMENT 'Sign-up, or the first event where none is known. Source: your customer table.',
    ended_at DATETIME(6) COMMENT 'When the customer left, where that was recorded. Source: your customer table.',
    end_reason TEXT COMMENT 'Why the customer left, where that was recorded. Source: your customer table.',
    tenure_days DOUBLE COMMENT 'Days from sign-up to the data-as-of date. Formula: data-as-of date - day of sign-up + 1. Window: since sign-up. Source: your customer table. Unit: days.',
    last_activity_at DATETIME(6) COMMENT 'Last meaningful activity known by then. Formula: latest time of a meaningful event. Window: all history. Source: your events.',
    days_since_last_activity DOUBLE COMMENT 'Days from the last meaningful activity to the data-as-of date. Formula: data-as-of date - day of the last activity. Window: all history. Source: your events. Unit: days.',
    usual_gap_days DOUBLE COMMENT 'Mean days between active days so far, today''s silence left out; unknown with one active day. Formula: sum of gaps / gaps. Window: the whole history. Source: your events. Unit: days.',
    horizon_days DOUBLE COMMENT 'Length of silence that this customer''s own rhythm would hardly ever produce by chance. Formula: shortest silence whose chance under the own rhythm is at most the profile''s, within its bounds. Window: 180 days. Source: your events. Unit: days.',
    active_days_28d DOUBLE COMMENT 'Days with activity in the last 28 days. Formula: number of days with a meaningful event. Window: 28 days. Source: your events. Unit: days.',
    activity_ratio_28d DOUBLE COMMENT 'Active days in the last 28 days divided by the own usual number; 1 is as usual. Formula: active days in 28 days / (28 * own daily chance of activity). Window: 28 against 180 days. Source: your events. Unit: ratio.',
    recently_active BOOL COMMENT 'Seen within the profile''s early-warning days: a warning still comes early. Formula: days silent < the profile''s early-warning days. Window: now. Source: your events.',
    eligible BOOL COMMENT 'Has enough rhythm, is not lapsed and has not left. Formula: enough tenure and rhythm, not lapsed, not ended. Window: now. Source: a rule of ours.',
    churn_risk DOUBLE COMMENT 'Probability of going silent within the own horizon, calibrated on later data. Formula: calibrated probability of the champion. Window: the own horizon, after 7 days. Source: the run''s model. Unit: share.',
    churn_risk_low DOUBLE COMMENT 'Lower end of the 80% interval. Formula: log-odds of the risk - 1.4 * their spread over refits on other customers. Window: the own horizon, after 7 days. Source: the run''s model. Unit: share.',
    churn_risk_high DOUBLE COMMENT 'Upper end of the 80% interval. Formula: log-odds of the risk + 1.4 * their spread over refits on other customers. Window: the own horizon, after 7 days. Source: the run''s model. Unit: share.',
    risk_is_unsure BOOL COMMENT 'The 80% interval spans more than two tiers, or holds both the usual risk and the cut of the high tier: the model cannot tell whether this customer is in danger. Formula: the interval spans more than two tiers, or holds usual risk and high cut. Window: now. Source: a rule of ours.',
    churn_risk_28d_ago DOUBLE COMMENT 'Today''s model applied to what was known 28 days ago. Formula: today''s model on what was known 28 days ago. Window: 28 days ago. Source: the run''s model. Unit: share.',
    risk_tier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The churn risk in words, by the cuts of the run: against the base rate, and so that critical and high hold a part of the scored customers that a team can work with. Formula: cuts of the churn risk; usual ones: 3 and 6 times the odds of the base rate. Window: now. Source: a rule of ours.',
    previous_risk_tier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The same model''s tier 28 days ago. Formula: as the risk tier. Window: 28 days ago. Source: a rule of ours.',
    tier_held BOOL COMMENT 'Today''s score alone would say a lower tier; a customer moves down only when the odds of the risk are below 80% of the cut''s at two scores running, or at once when below the usual risk, and is never held more than one tier up. Formula: tier of the last weeks > tier of today''s score. Window: two weekly scores. Source: a rule of ours.',
    customer_state VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Engaged, fading, dormant, silently churned or recovered, against the own past, the move of all customers and last year''s same weeks. Formula: active days against the expected number. Window: 28 against 168 days. Source: a rule of ours.',
    state_since DATETIME(6) COMMENT 'Day on which the state began; to the week. Formula: first week from which the state has lasted. Window: all history. Source: a rule of ours.',
    state_reason TEXT COMMENT 'The state with the numbers behind it. Window: 28 days. Source: a rule of ours.',
    usual_active_days_28d DOUBLE COMMENT 'Active days in 28 that the 24 weeks before the last four had. Formula: active days in the 24 weeks before the last four / 6. Window: 168 days before the last 28. Source: your events. Unit: days.',
    expected_active_days_28d DOUBLE COMMENT 'The usual number, less what all customers together and last year''s same weeks explain. Formula: usual number * change of all customers * season. Window: 28 days. Source: your events. Unit: days.',
    unusual BOOL COMMENT 'Isolation Forest finds the change against the own past unusual. A flag to look, not a probability. Formula: among the most unusual 3% by Isolation Forest. Window: self-relative features. Source: the run''s model.',
    frustration_index DOUBLE COMMENT '0 to 100, from errors, failures, returns, tickets and bad answers, recent ones weighing more; by amount and, where use meets them, per use. Evidence tells which weights are in use. Formula: 100 * (1 - exp(-sum of weighted channels / scale)). Window: half after 21 to 45 days. Source: your events and published weights. Unit: points from 0 to 100. Rests on assumptions, not measured.',
    frustration_band VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The frustration index in words. Formula: cuts of the index at 20, 40, 65. Window: now. Source: a rule of ours.',
    frustration_stale BOOL COMMENT 'Fewer than 3 active days in 28: the index tells of the last activity, not of today. It fades by half in 21 to 45 days, never faster. Formula: active days in 28 days < 3. Window: 28 days. Source: a rule of ours.',
    contacts_90d BIGINT COMMENT 'Tickets, complaints and requests in 90 days. Formula: number of tickets, complaints and requests. Window: 90 days. Source: your events. Unit: number.',
    suppressed_frustration BOOL COMMENT 'Still a customer, frustration index of at least 40, and no ticket, complaint or request in 90 days. Formula: still a customer, index >= 40 and no contact. Window: 90 days. Source: a rule of ours.',
    monthly_revenue DOUBLE COMMENT 'Recurring revenue a month; else the average monthly purchases of the last 180 days. Formula: recurring revenue; else purchases of 180 days / months known. Window: 180 days. Source: your customer table or events. Unit: money, in the currency of the profile.',
    value_band VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Third of all customers by value if they stay. Formula: third of all customers by value if stays. Window: 12 months. Source: a rule of ours.',
    value_form VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'What the value is made from: subscription (monthly revenue, or paid invoices), purchases (expected number times expected spend), recent_purchases (their monthly average, where too few bought twice) or default (the profile''s amount: nothing is known). Source: a rule of ours.',
    value_if_stays DOUBLE COMMENT 'Margin expected over twelve months if the customer does not go silent within the own horizon, discounted. Formula: sum over months of margin * expected revenue * discount. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    value_if_leaves DOUBLE COMMENT 'Margin still expected over twelve months if the customer goes silent: the committed term of a subscription, or the purchases of those who come back later. Formula: committed term, or purchases of those who come back, discounted. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    revenue_at_risk DOUBLE COMMENT 'Churn risk times (value if stays minus value if leaves). Formula: churn risk * (value if stays - value if leaves). Window: 12 months. Source: the run''s model and the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    revenue_at_risk_low DOUBLE COMMENT 'Lower end of the 80% interval, from the churn risk''s and from the value''s. Formula: 10% quantile, from the risk''s and the value''s spread. Window: 12 months. Source: the run''s model and the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    revenue_at_risk_high DOUBLE COMMENT 'Upper end of the 80% interval, from the churn risk''s and from the value''s. Formula: 90% quantile, from the risk''s and the value''s spread. Window: 12 months. Source: the run''s model and the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    revenue_variance DOUBLE COMMENT 'Risk times (1 minus risk) times squared value at stake, plus risk times the variance of that value; makes the interval of a total. Formula: risk * (1 - risk) * stake^2 + risk * variance of the stake. Window: 12 months. Source: the run''s model. Unit: money, in the currency of the profile.',
    revenue_shock DOUBLE COMMENT 'Change of the loss for one unit of shared log-odds; makes the interval of a total. Formula: risk * (1 - risk) * stake. Window: 12 months. Source: the run''s model. Unit: money, in the currency of the profile.',
    named_segment VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Value, risk and frustration in one word; every customer is in exactly one. Formula: value band, tier and frustration band. Window: now. Source: a rule of ours.',
    rfm TEXT COMMENT 'Recency, frequency and money, 1 to 5 each, by cut points kept from the first run. Recency is 1 for who has lapsed or left, 2 for who is late against the own rhythm. Formula: scores 1 to 5: absolute for silence and single visits, else frozen cut points. Window: 180 days. Source: a rule of ours.',
    rfm_group VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'What the three scores say together, in a word. Nobody who has lapsed, left, or is late against the own rhythm is a champion, loyal or promising. Formula: the three scores. Window: 180 days. Source: a rule of ours.',
    behaviour_cluster VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Scored customers of like behaviour, found by k-means; describes, never predicts. Empty where no clustering is stable. Formula: nearest k-means centre of standardised behaviour. Window: 28 to 180 days. Source: the run''s model.',
    reason_theme VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Theme of the first reason. Formula: theme of the first reason. Window: now. Source: the run''s model.',
    likely_cause VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Theme of what is assumed to have pulled hardest when the customer was last engaged: problems of which most have fewer, a price rise or a contract''s end, or having just come. Empty where none pulled harder than a poor fit, or where the model clears it. Formula: strongest assumed pull in the last week held engaged. Window: the last week held engaged. Source: a rule of ours.',
    reason_1 TEXT COMMENT 'How the fading shows most, or the likely cause behind it, in words. Window: now. Source: the run''s model.',
    reason_2 TEXT COMMENT 'The other of the two; else what raises it next. Window: now. Source: the run''s model.',
    reason_3 TEXT COMMENT 'What raises the risk next. Window: now. Source: the run''s model.',
    recommended_action VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Action with the highest expected net value; none where none that fits pays for itself, or the risk is low. Formula: argmax over actions of expected net value, if above 0. Window: now. Source: the plan of actions. Rests on assumptions, not measured.',
    action_label TEXT COMMENT 'The recommended action in words, or why there is none. Window: now. Source: the plan of actions. Rests on assumptions, not measured.',
    action_cost DOUBLE COMMENT 'Contact cost plus the offer''s cost times the share who accept it. Formula: contact cost + offer cost * share who accept. Window: one action. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    avoidable_loss DOUBLE COMMENT 'Part of the revenue at risk that the recommended action is assumed to avert, before its cost; 0 without one. Formula: revenue at risk * assumed save rate of the action. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    expected_net_value DOUBLE COMMENT 'Assumed save rate times revenue at risk, minus the expected cost. Assumed, not measured. Formula: assumed save rate * revenue at risk - expected cost. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    expected_net_value_low DOUBLE COMMENT 'At the 10% quantile of the assumed save rate. Formula: as expected net value, at the 10% quantile of the save rate. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    expected_net_value_high DOUBLE COMMENT 'At the 90% quantile of the assumed save rate. Formula: as expected net value, at the 90% quantile of the save rate. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    break_even_save_rate DOUBLE COMMENT 'Share of would-be leavers the action must keep to pay for itself. Formula: expected cost / revenue at risk. Window: 12 months. Source: the profile''s assumptions. Unit: share.',
    action_minutes DOUBLE COMMENT 'Working minutes of the action. Window: one action. Source: the profile''s assumptions. Unit: ratio. Rests on assumptions, not measured.',
    holdout BOOL COMMENT 'Kept out of all actions at random, so that their effect can be measured. Formula: drawn at random from the customer''s id. Window: until the campaign ends. Source: the plan of actions.'
)COMMENT='One row a customer, as of the run''s date.';
CREATE INDEX ix_churn_customers_customer_id ON churn_customers (customer_id);

-- One row a check of the frustration index.
CREATE TABLE churn_frustration_checks (
    place BIGINT COMMENT '1 comes first. Unit: number.',
    check_name TEXT COMMENT 'Name of the check.',
    label TEXT COMMENT 'The check in words.',
    customer_dates BIGINT COMMENT 'Customers and dates measured on. Unit: number.',
    found DOUBLE COMMENT 'What was measured; empty where the data cannot tell. Unit: ratio.',
    found_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    found_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.',
    hoped_for TEXT COMMENT 'What a good index would show.',
    outcome TEXT COMMENT 'as_hoped, weaker, not_as_hoped or cannot_tell.',
    meaning TEXT COMMENT 'What was found, in words.'
)COMMENT='One row a check of the frustration index.';

-- One row a group of customers on past dates: frustrated or not, heard of or not.
CREATE TABLE churn_frustration_groups (
    place BIGINT COMMENT '1 comes first. Unit: number.',
    group_name TEXT COMMENT 'Name of the group.',
    label TEXT COMMENT 'The group in words.',
    customers_now BIGINT COMMENT 'In the group as of the data. Unit: number.',
    customer_dates BIGINT COMMENT 'In the group on past dates, by expert weights. Unit: number.',
    spoke_share DOUBLE COMMENT 'With a ticket, complaint, refund request or bad survey answer within 28 days after. Unit: share.',
    spoke_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: share.',
    spoke_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: share.',
    scored BIGINT COMMENT 'Of the customer dates, with a known outcome. Unit: number.',
    silent_share DOUBLE COMMENT 'Of them, who went silent, left with a word or unpaid within their own horizon. Unit: share.',
    silent_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: share.',
    silent_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: share.'
)COMMENT='One row a group of customers on past dates: frustrated or not, heard of or not.';

-- One row a way to rank customers by how likely they are to complain in the next 28 days.
CREATE TABLE churn_frustration_judged (
    ranking VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the ranking.',
    label TEXT COMMENT 'The ranking in words.',
    dates BIGINT COMMENT 'Test dates, all later than what was learned from. Unit: number.',
    customer_dates BIGINT COMMENT 'Customers on the test dates. Unit: number.',
    voiced BIGINT COMMENT 'Of them, with a complaint, ticket, refund request or bad survey answer in 28 days. Unit: number.',
    auc DOUBLE COMMENT 'Chance that who spoke up is ranked above who did not, of the same date. Unit: ratio.',
    auc_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    auc_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.',
    gain DOUBLE COMMENT 'AUC minus that of the expert weights, for the same customers. Unit: ratio.',
    gain_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    gain_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.',
    in_use BOOL COMMENT 'The index of every page is made with these weights.'
)COMMENT='One row a way to rank customers by how likely they are to complain in the next 28 days.';

-- One row a part of the frustration index.
CREATE TABLE churn_frustration_weights (
    part VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the part.',
    label TEXT COMMENT 'The part in words.',
    half_life_days BIGINT COMMENT 'Days after which one event counts half; empty for the part of open tickets. Unit: number.',
    customers_with BIGINT COMMENT 'Customers today who have any of it. Unit: number.',
    expert_weight DOUBLE COMMENT 'Set by judgement, published. Unit: ratio. Rests on assumptions, not measured.',
    fitted_weight DOUBLE COMMENT 'Learned from complaints, tickets and bad survey answers within 28 days after past dates, drawn toward the expert weight; empty where the data teach none. Unit: ratio.',
    weight_in_use DOUBLE COMMENT 'What the index of every page is made with. Unit: ratio.'
)COMMENT='One row a part of the frustration index.';

-- One row a check that the numbers do not flatter.
CREATE TABLE churn_gates (
    gate VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the check.',
    label TEXT COMMENT 'The check in words.',
    passed BOOL COMMENT 'A run with a failed leakage check is not published; empty where it could not be made.',
    found DOUBLE COMMENT 'What was measured. Unit: ratio.',
    bound DOUBLE COMMENT 'What would have failed. Unit: ratio.',
    meaning TEXT COMMENT 'What was done, in words.'
)COMMENT='One row a check that the numbers do not flatter.';

-- One row a model, in the order of the ladder.
CREATE TABLE churn_ladder (
    rung BIGINT COMMENT '1 is the simplest. Unit: number.',
    model VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the model.',
    label TEXT COMMENT 'The model in words.',
    against TEXT COMMENT 'The best model below it.',
    auc_gain DOUBLE COMMENT 'Difference in AUC (within dates) on the test dates, for the same customers. Unit: ratio.',
    auc_gain_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    auc_gain_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.',
    brier_gain DOUBLE COMMENT 'How much smaller the Brier score is, for the same customers. Unit: ratio.',
    brier_gain_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    brier_gain_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.',
    exit_gain DOUBLE COMMENT 'Difference in AUC when exits within eight weeks are ranked instead of silent churn by the label. Missing where the model did not learn from exits, or too few are known. Unit: ratio.',
    exit_gain_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    exit_gain_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.',
    taken BOOL COMMENT 'It beat the best below it: whole interval above zero, and by enough to matter.',
    champion BOOL COMMENT 'The risks on every page come from it.'
)COMMENT='One row a model, in the order of the ladder.';

-- One row a way to alert: how early it was, judged by what happened later.
CREATE TABLE churn_lead_time (
    alert TEXT COMMENT 'champion, recency or random: as many alerts each week.',
    label TEXT COMMENT 'The way to alert in words.',
    weeks BIGINT COMMENT 'Weeks that were scored. Unit: number.',
    leavers BIGINT COMMENT 'Customers who went silent and were scored before. Unit: number.',
    alerted BIGINT COMMENT 'Of them, under an alert when the rule fired. Unit: number.',
    mean_days_ahead DOUBLE COMMENT 'Mean days from the first alert of the last 56 days to the 30th day of silence, over all leavers; one who was missed counts 0. Unit: days.',
    mean_days_ahead_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: days.',
    mean_days_ahead_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: days.',
    days_before_rule DOUBLE COMMENT 'Median days from the alert''s start to the 30th day of silence; of those alerted. Unit: days.',
    days_before_rule_low DOUBLE COMMENT 'A quarter had fewer days. Unit: days.',
    days_before_rule_high DOUBLE COMMENT 'A quarter had more days. Unit: days.',
    first_alerted DOUBLE COMMENT 'Share of the leavers with any alert before the rule fired, taken back or not. Unit: share.',
    first_days_before_rule DOUBLE COMMENT 'Median days from the first alert, taken back or not, to the 30th day of silence. Unit: days.',
    first_before_last_activity DOUBLE COMMENT 'Share of the leavers whose first alert, taken back or not, came before their last activity. Unit: share.',
    days_before_last_activity DOUBLE COMMENT 'Median days from the alert''s start to the last activity; negative is after it. Unit: days.',
    alerted_before_last_activity DOUBLE COMMENT 'Share of the leavers. Unit: share.',
    alerted_14_days_ahead DOUBLE COMMENT 'Of the rule; share of the leavers. Unit: share.',
    alerted_30_days_ahead DOUBLE COMMENT 'Of the rule; share of the leavers. Unit: share.',
    alerted_60_days_ahead DOUBLE COMMENT 'Of the rule; share of the leavers. Unit: share.',
    alerted_90_days_ahead DOUBLE COMMENT 'Of the rule; share of the leavers. Unit: share.',
    weekly_alert_share DOUBLE COMMENT 'Mean share of the scored customers that a week may alert, learned from the weeks whose outcomes were known by then so that false alerts stay near 5% of those who stay. Unit: share.',
    weekly_false_alert_share DOUBLE COMMENT 'Mean share of the customers who stayed that a week alerts. Unit: share.',
    alert_precision DOUBLE COMMENT 'Share of a week''s alerts that went silent within their horizon. Unit: share.',
    alert_precision_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: share.',
    alert_precision_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: share.'
)COMMENT='One row a way to alert: how early it was, judged by what happened later.';

-- One row a customer who went silent in the tested weeks: what was predicted before.
CREATE TABLE churn_past_losses (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    last_activity_on DATETIME(6) COMMENT 'Nothing since.',
    value_at_stake DOUBLE COMMENT 'Twelve months. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    predicted_90_days_before DOUBLE COMMENT 'Predicted in the last scored week by then; empty before the first tested week. Unit: share.',
    predicted_60_days_before DOUBLE COMMENT 'Likewise. Unit: share.',
    predicted_30_days_before DOUBLE COMMENT 'Likewise. Unit: share.',
    predicted_at_last_activity DOUBLE COMMENT 'Likewise. Unit: share.',
    alert_began_on DATETIME(6) COMMENT 'Start of the alert that lasted; empty: none.'
)COMMENT='One row a customer who went silent in the tested weeks: what was predicted before.';
CREATE INDEX ix_churn_past_losses_customer_id ON churn_past_losses (customer_id);

-- One row a test observation date: what the flags of the day were worth.
CREATE TABLE churn_past_months (
    observation_date DATE COMMENT 'Only what was known by then is used.',
    scored BIGINT COMMENT 'Customers with a risk on that date. Unit: number.',
    flagged BIGINT COMMENT 'Of them, in the tiers critical and high. Unit: number.',
    went_silent BIGINT COMMENT 'Of the scored, within their own horizon. Unit: number.',
    caught BIGINT COMMENT 'Flagged, and went silent. Unit: number.',
    missed BIGINT COMMENT 'Not flagged, and went silent. Unit: number.',
    false_alarms BIGINT COMMENT 'Flagged, and stayed. Unit: number.',
    expected DOUBLE COMMENT 'Sum of the risks predicted that day. Unit: ratio.',
    value_caught DOUBLE COMMENT 'Value at stake of those caught. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    value_missed DOUBLE COMMENT 'Value at stake of those missed. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    value_false_alarms DOUBLE COMMENT 'Value at stake of those flagged who stayed. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    caught_by_silence BIGINT COMMENT 'Caught if as many had been flagged by days of silence. Unit: number.'
)COMMENT='One row a test observation date: what the flags of the day were worth.';

-- One row a test observation date and group: revenue at risk predicted then, and what was lost.
CREATE TABLE churn_past_revenue (
    observation_date DATE COMMENT 'Only what was known by then is used.',
    kind VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'all, risk_tier (of the date), segment or plan (both today''s: a customer table keeps no others).',
    part VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Value of that column; empty where none is known.',
    scored BIGINT COMMENT 'Customers with a risk on that date. Unit: number.',
    expected DOUBLE COMMENT 'Sum of the risks predicted that day. Unit: ratio.',
    went_silent BIGINT COMMENT 'Of the scored, within their own horizon. Unit: number.',
    predicted DOUBLE COMMENT 'Risks of the day, by models that had seen only earlier outcomes, times the value at stake as known that day. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    predicted_low DOUBLE COMMENT 'Lower end of the 80% interval, its shared shock measured on the other test dates. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    predicted_high DOUBLE COMMENT 'Upper end of that interval. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    lost DOUBLE COMMENT 'Value at stake, as known that day, of those who did go silent. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    held BOOL COMMENT 'What was lost lies within the interval.'
)COMMENT='One row a test observation date and group: revenue at risk predicted then, and what was lost.';

-- One row a past observation date.
CREATE TABLE churn_portfolio_history (
    observation_date DATE COMMENT 'Only what was known by then is used.',
    customers BIGINT COMMENT 'Customers known by then. Unit: number.',
    eligible BIGINT COMMENT 'With enough rhythm, not lapsed, not gone. Unit: number.',
    at_risk BIGINT COMMENT 'Critical and high, by today''s model. Unit: number.',
    expected_silent DOUBLE COMMENT 'Sum of the risks, by today''s model. Unit: number.',
    revenue_at_risk DOUBLE COMMENT 'Expected loss, by today''s model. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    frustrated BIGINT COMMENT 'With an index of 40 or more, by today''s weights. Unit: number.',
    silent_churn_share DOUBLE COMMENT 'Share of the scored customers who did go silent; empty while their horizons run. Unit: share.',
    predicted_share DOUBLE COMMENT 'Mean churn risk given then by a model that had seen only earlier data; empty where the backtest has no such date. Unit: share.'
)COMMENT='One row a past observation date.';

-- One row a model: what its ranking could earn.
CREATE TABLE churn_profit (
    model VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the model.',
    label TEXT COMMENT 'The model in words.',
    expected_maximum_profit DOUBLE COMMENT 'Expected maximum profit per scored customer, at the best share to contact for each possible save rate (Verbraken, Verbeke, Baesens 2013), with the profile''s costs and the mean value. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    best_share_contacted DOUBLE COMMENT 'Mean over the possible save rates. Unit: share. Rests on assumptions, not measured.'
)COMMENT='One row a model: what its ranking could earn.';

-- One row a customer, kind and rank.
CREATE TABLE churn_reasons (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    kind VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'risk: why the risk is what it is. change: what moved in 28 days. nearest_change: the smallest change of ours that would lower the tier in the model''s eyes. frustration: what the index is made of.',
    `rank` BIGINT COMMENT '1 comes first. Unit: number.',
    theme VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Group of features the reason belongs to; empty where no sign stands out and the text says where the customer stands.',
    is_cause BOOL COMMENT 'Named because it is assumed to have pulled hardest when the customer was last engaged, not because the model weighs it: its points may be none, or lower the risk.',
    points DOUBLE COMMENT 'The theme''s share of the risk in percentage points (Shapley value): all themes add up to the risk minus that of the median customer (kind risk) or of 28 days ago (change). What the risk would fall by (nearest_change); index points (frustration). Empty for a fact of the customer that the model does not weigh. Unit: ratio.',
    points_alone DOUBLE COMMENT 'What the risk loses with this theme alone at its reference, in percentage points. Unit: ratio.',
    risk_at_reference DOUBLE COMMENT 'What the model says with this theme alone like the median customer''s (risk), as 28 days ago (change), or after the change (nearest_change). Unit: share.',
    share_with_less DOUBLE COMMENT 'Share of the scored customers who have less of a likely cause. Unit: share.',
    refit_share DOUBLE COMMENT 'Share of the refits on other draws of the customers in which the theme is among the three that raise the risk most. Unit: share.',
    stable BOOL COMMENT 'False for an uncertain reason: among the first three of fewer than 60% of the refits, or another cause stands out nearly as much.',
    text TEXT COMMENT 'The reason in words, with the number behind it.'
)COMMENT='One row a customer, kind and rank.';
CREATE INDEX ix_churn_reasons_customer_id ON churn_reasons (customer_id);

-- One row a measure and score; the cut points of the first run, kept by all that follow it.
CREATE TABLE churn_rfm_cuts (
    measure VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'recency, frequency or money.',
    score BIGINT COMMENT 'From 1 to 5; 5 is the best fifth of the customers of the first run who had neither lapsed nor left (of recency the best third of those within their rhythm). Unit: number.',
    from_value DOUBLE COMMENT 'Least value of the score: days since the last activity with the sign turned, active days in 180, money a month. Empty for the lowest score, and for recency up to 3: 1 is who has lapsed or left, 2 who is late against the own rhythm. Unit: ratio.',
    cut_by TEXT COMMENT 'Run whose customers made the cuts.'
)COMMENT='One row a measure and score; the cut points of the first run, kept by all that follow it.';

-- One row a customer and past observation date.
CREATE TABLE churn_risk_history (
    customer_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Identifies the customer in every table.',
    observation_date DATE COMMENT 'Only what was known by then is used.',
    churn_risk DOUBLE COMMENT 'Today''s model applied to that date''s features. Unit: share.',
    risk_tier VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'The churn risk in words.',
    frustration_index DOUBLE COMMENT 'As of that date. Unit: points from 0 to 100. Rests on assumptions, not measured.'
)COMMENT='One row a customer and past observation date.';
CREATE INDEX ix_churn_risk_history_customer_id ON churn_risk_history (customer_id);

-- One row a plain rule that needs no model, with what it was worth on past dates.
CREATE TABLE churn_rules (
    rule VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the rule.',
    label TEXT COMMENT 'The rule in words.',
    customers_now BIGINT COMMENT 'Scored customers for whom it holds today. Unit: number.',
    tested BIGINT COMMENT 'Customer dates in the past for which it held. Unit: number.',
    went_silent BIGINT COMMENT 'Of them, within their own horizon. Unit: number.',
    share_silent DOUBLE COMMENT 'Of those for whom it held. Unit: share.',
    base_rate DOUBLE COMMENT 'Of all scored customers on the same dates. Unit: share.',
    lift DOUBLE COMMENT 'Share silent where the rule held, divided by the share of all; 1 says nothing. Unit: ratio.',
    lift_low DOUBLE COMMENT 'Lower end of the 95% interval. Unit: ratio.',
    lift_high DOUBLE COMMENT 'Upper end of the 95% interval. Unit: ratio.'
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

-- One row a kind of segment, the one then and the one now; no rows without a former run.
CREATE TABLE churn_segment_moves (
    kind VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'named_segment, risk_tier or customer_state.',
    was VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Segment in the last run; empty for who was not in it.',
    became VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Segment in this run; empty for who is no longer in it.',
    customers BIGINT COMMENT 'Customers who made this move, or stayed. Unit: number.',
    monthly_revenue DOUBLE COMMENT 'Of these customers, now; else then. Unit: money, in the currency of the profile.',
    risk_before DOUBLE COMMENT 'In the last run. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    risk_now DOUBLE COMMENT 'In this run. Unit: money, in the currency of the profile. Rests on assumptions, not measured.',
    former_run TEXT COMMENT 'Run that this one is held against.',
    former_as_of TEXT COMMENT 'Date of the last run''s data.'
)COMMENT='One row a kind of segment, the one then and the one now; no rows without a former run.';

-- One row a measure of how steady tiers and segments are.
CREATE TABLE churn_segment_stability (
    measure VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'Name of the measure.',
    label TEXT COMMENT 'The measure in words.',
    value DOUBLE COMMENT 'Share, or adjusted Rand index; empty where not measured. Unit: ratio.',
    goal DOUBLE COMMENT 'What we hold good: at most for flips, at least for the rest. Unit: ratio.',
    reached BOOL COMMENT 'The value meets the goal; empty without either.',
    note TEXT COMMENT 'On what, and by which model.'
)COMMENT='One row a measure of how steady tiers and segments are.';
