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
COMMENT ON COLUMN churn_action_options.rank IS '1 has the highest expected net value. Unit: number.';
COMMENT ON COLUMN churn_action_options.action IS 'Name of the action in the profile.';
COMMENT ON COLUMN churn_action_options.label IS 'The action in words.';
COMMENT ON COLUMN churn_action_options.expected_net_value IS 'Assumed save rate times revenue at risk, minus the expected cost. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_action_options.expected_net_value_low IS '10% quantile. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_action_options.expected_net_value_high IS '90% quantile. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_action_options.expected_cost IS 'Contact and offer. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_action_options.break_even_save_rate IS 'Share of would-be leavers it must keep to pay for itself. Unit: share.';
COMMENT ON COLUMN churn_action_options.assumed_save_rate IS 'Mean of the prior. Unit: share. Rests on assumptions, not measured.';

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
    brier_skill FLOAT(53),
    log_loss FLOAT(53),
    ece FLOAT(53),
    ece_by_chance FLOAT(53),
    calibration_slope FLOAT(53),
    observed_over_expected FLOAT(53),
    observed_over_expected_low FLOAT(53),
    observed_over_expected_high FLOAT(53),
    lift_top_decile FLOAT(53),
    recall_top_decile FLOAT(53)
);
COMMENT ON TABLE churn_backtest IS 'One row a test observation date (or all of them), model and slice.';
COMMENT ON COLUMN churn_backtest.observation_date IS 'ISO date, or all for all test dates.';
COMMENT ON COLUMN churn_backtest.model IS 'Name of the model.';
COMMENT ON COLUMN churn_backtest.slice IS 'all; recently_active: customers seen lately; unseen: not in that date''s training; or a group of customers as of the date, such as cadence: often. A group too small to measure has its counts only.';
COMMENT ON COLUMN churn_backtest.customers IS 'Customers in the slice. Unit: number.';
COMMENT ON COLUMN churn_backtest.positives IS 'Of them, how many went silent. Unit: number.';
COMMENT ON COLUMN churn_backtest.auc IS 'Chance that a leaver is ranked above a stayer of the same date; dates count by their number of such pairs, and saying the same of everybody gives 0.5. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.auc_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.auc_high IS 'Upper end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.average_precision IS 'Area under precision and recall within each date, averaged by number of leavers; chance gives the share who went silent. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.brier IS 'Mean squared error of the probability; empty for a rank without probability. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.brier_skill IS 'Share of the Brier score of always saying the average that the model saves. Unit: share.';
COMMENT ON COLUMN churn_backtest.log_loss IS 'Mean surprise at what came, in nats. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.ece IS 'Mean gap between predicted and observed over 15 bins of about equal size; equal risks share a bin. Unit: share.';
COMMENT ON COLUMN churn_backtest.ece_by_chance IS 'Calibration error that a perfect model would show on so few customers. Unit: share.';
COMMENT ON COLUMN churn_backtest.calibration_slope IS '1 is right; below 1 the risks are too far apart, above 1 too close together. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.observed_over_expected IS 'Customers who went silent, divided by the sum of their risks; 1 is right. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.observed_over_expected_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.observed_over_expected_high IS 'Upper end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.lift_top_decile IS 'Churn among each date''s riskiest tenth, divided by churn of all on those dates. Unit: ratio.';
COMMENT ON COLUMN churn_backtest.recall_top_decile IS 'Share of those who went silent who were in their date''s riskiest tenth. Unit: share.';

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
COMMENT ON COLUMN churn_calibration.bin IS '1 is the lowest risk. Unit: number.';
COMMENT ON COLUMN churn_calibration.customers IS 'Customers in the bin. Unit: number.';
COMMENT ON COLUMN churn_calibration.predicted IS 'Mean churn risk. Unit: share.';
COMMENT ON COLUMN churn_calibration.observed IS 'Share who went silent. Unit: share.';
COMMENT ON COLUMN churn_calibration.observed_low IS 'Lower end of the 95% interval over whole customers. Unit: share.';
COMMENT ON COLUMN churn_calibration.observed_high IS 'Upper end of the 95% interval over whole customers. Unit: share.';

-- One row a way to choose and a number of customers contacted a month.
CREATE TABLE churn_capacity (
    policy VARCHAR(255),
    contacted BIGINT,
    share FLOAT(53),
    caught FLOAT(53),
    false_alarms FLOAT(53),
    recall FLOAT(53),
    net_value FLOAT(53),
    net_value_low FLOAT(53),
    net_value_high FLOAT(53)
);
COMMENT ON TABLE churn_capacity IS 'One row a way to choose and a number of customers contacted a month.';
COMMENT ON COLUMN churn_capacity.policy IS 'champion, value_at_risk, recency or random.';
COMMENT ON COLUMN churn_capacity.contacted IS 'Mean number of customers a test date. Unit: number.';
COMMENT ON COLUMN churn_capacity.share IS 'Of the scored customers. Unit: share.';
COMMENT ON COLUMN churn_capacity.caught IS 'Mean number of them who went silent. Unit: ratio.';
COMMENT ON COLUMN churn_capacity.false_alarms IS 'Mean number of them who stayed. Unit: ratio.';
COMMENT ON COLUMN churn_capacity.recall IS 'Of all who went silent. Unit: share.';
COMMENT ON COLUMN churn_capacity.net_value IS 'With the profile''s costs, margin and assumed save rate, a date. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_capacity.net_value_low IS '10% quantile. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_capacity.net_value_high IS '90% quantile. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';

-- One row a behavioural cluster and factor; no rows where no clustering is stable.
CREATE TABLE churn_clusters (
    cluster VARCHAR(255),
    factor TEXT,
    center FLOAT(53),
    center_sd FLOAT(53),
    typical FLOAT(53),
    typical_all FLOAT(53),
    customers BIGINT,
    silhouette FLOAT(53),
    kept_name BOOLEAN
);
COMMENT ON TABLE churn_clusters IS 'One row a behavioural cluster and factor; no rows where no clustering is stable.';
COMMENT ON COLUMN churn_clusters.cluster IS 'Name of the cluster, made of what is high and low in it.';
COMMENT ON COLUMN churn_clusters.factor IS 'What was clustered by, in words.';
COMMENT ON COLUMN churn_clusters.center IS 'Mean of the factor on the scale that was clustered. Unit: ratio.';
COMMENT ON COLUMN churn_clusters.center_sd IS 'Centre in standard deviations from all customers. Unit: ratio.';
COMMENT ON COLUMN churn_clusters.typical IS 'Median of the factor in the cluster, in its unit. Unit: ratio.';
COMMENT ON COLUMN churn_clusters.typical_all IS 'Median of the factor over all clustered. Unit: ratio.';
COMMENT ON COLUMN churn_clusters.customers IS 'Customers in the cluster. Unit: number.';
COMMENT ON COLUMN churn_clusters.silhouette IS 'Mean silhouette of the cluster''s customers. Unit: ratio.';
COMMENT ON COLUMN churn_clusters.kept_name IS 'The last run had this cluster already.';

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
    recently_active BOOLEAN,
    eligible BOOLEAN,
    churn_risk FLOAT(53),
    churn_risk_low FLOAT(53),
    churn_risk_high FLOAT(53),
    risk_is_unsure BOOLEAN,
    churn_risk_28d_ago FLOAT(53),
    risk_tier VARCHAR(255),
    previous_risk_tier VARCHAR(255),
    tier_held BOOLEAN,
    customer_state VARCHAR(255),
    state_since TIMESTAMP WITHOUT TIME ZONE,
    state_reason TEXT,
    usual_active_days_28d FLOAT(53),
    expected_active_days_28d FLOAT(53),
    unusual BOOLEAN,
    frustration_index FLOAT(53),
    frustration_band VARCHAR(255),
    frustration_stale BOOLEAN,
    contacts_90d BIGINT,
    suppressed_frustration BOOLEAN,
    monthly_revenue FLOAT(53),
    value_band VARCHAR(255),
    value_form VARCHAR(255),
    value_if_stays FLOAT(53),
    value_if_leaves FLOAT(53),
    revenue_at_risk FLOAT(53),
    revenue_at_risk_low FLOAT(53),
    revenue_at_risk_high FLOAT(53),
    revenue_variance FLOAT(53),
    revenue_shock FLOAT(53),
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
    action_cost FLOAT(53),
    avoidable_loss FLOAT(53),
    expected_net_value FLOAT(53),
    expected_net_value_low FLOAT(53),
    expected_net_value_high FLOAT(53),
    break_even_save_rate FLOAT(53),
    action_minutes FLOAT(53),
    holdout BOOLEAN
);
CREATE INDEX ix_churn_customers_customer_id ON churn_customers (customer_id);
COMMENT ON TABLE churn_customers IS 'One row a customer, as of the run''s date.';
COMMENT ON COLUMN churn_customers.customer_id IS 'Identifies the customer in every table. Source: your customer table.';
COMMENT ON COLUMN churn_customers.name IS 'Name from the customer table; the id where there is none. Source: your customer table.';
COMMENT ON COLUMN churn_customers.segment IS 'Segment from your own customer table. Source: your customer table.';
COMMENT ON COLUMN churn_customers.plan IS 'Plan or product from your own customer table. Source: your customer table.';
COMMENT ON COLUMN churn_customers.region IS 'Region or country from your own customer table. Source: your customer table.';
COMMENT ON COLUMN churn_customers.channel IS 'How the customer came, from your own customer table. Source: your customer table.';
COMMENT ON COLUMN churn_customers.signed_up_at IS 'Sign-up, or the first event where none is known. Source: your customer table.';
COMMENT ON COLUMN churn_customers.ended_at IS 'When the customer left, where that was recorded. Source: your customer table.';
COMMENT ON COLUMN churn_customers.end_reason IS 'Why the customer left, where that was recorded. Source: your customer table.';
COMMENT ON COLUMN churn_customers.tenure_days IS 'Days from sign-up to the data-as-of date. Formula: data-as-of date - day of sign-up + 1. Window: since sign-up. Source: your customer table. Unit: days.';
COMMENT ON COLUMN churn_customers.last_activity_at IS 'Last meaningful activity known by then. Formula: latest time of a meaningful event. Window: all history. Source: your events.';
COMMENT ON COLUMN churn_customers.days_since_last_activity IS 'Days from the last meaningful activity to the data-as-of date. Formula: data-as-of date - day of the last activity. Window: all history. Source: your events. Unit: days.';
COMMENT ON COLUMN churn_customers.usual_gap_days IS 'Mean days between active days so far, today''s silence left out; unknown with one active day. Formula: sum of gaps / gaps. Window: the whole history. Source: your events. Unit: days.';
COMMENT ON COLUMN churn_customers.horizon_days IS 'Length of silence that this customer''s own rhythm would hardly ever produce by chance. Formula: shortest silence whose chance under the own rhythm is at most the profile''s, within its bounds. Window: 180 days. Source: your events. Unit: days.';
COMMENT ON COLUMN churn_customers.active_days_28d IS 'Days with activity in the last 28 days. Formula: number of days with a meaningful event. Window: 28 days. Source: your events. Unit: days.';
COMMENT ON COLUMN churn_customers.activity_ratio_28d IS 'Active days in the last 28 days divided by the own usual number; 1 is as usual. Formula: active days in 28 days / (28 * own daily chance of activity). Window: 28 against 180 days. Source: your events. Unit: ratio.';
COMMENT ON COLUMN churn_customers.recently_active IS 'Seen within the profile''s early-warning days: a warning still comes early. Formula: days silent < the profile''s early-warning days. Window: now. Source: your events.';
COMMENT ON COLUMN churn_customers.eligible IS 'Has enough rhythm, is not lapsed and has not left. Formula: enough tenure and rhythm, not lapsed, not ended. Window: now. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.churn_risk IS 'Probability of going silent within the own horizon, calibrated on later data. Formula: calibrated probability of the champion. Window: the own horizon, after 7 days. Source: the run''s model. Unit: share.';
COMMENT ON COLUMN churn_customers.churn_risk_low IS 'Lower end of the 80% interval. Formula: log-odds of the risk - 1.4 * their spread over refits on other customers. Window: the own horizon, after 7 days. Source: the run''s model. Unit: share.';
COMMENT ON COLUMN churn_customers.churn_risk_high IS 'Upper end of the 80% interval. Formula: log-odds of the risk + 1.4 * their spread over refits on other customers. Window: the own horizon, after 7 days. Source: the run''s model. Unit: share.';
COMMENT ON COLUMN churn_customers.risk_is_unsure IS 'The 80% interval spans more than two tiers, or holds both the usual risk and the cut of the high tier: the model cannot tell whether this customer is in danger. Formula: the interval spans more than two tiers, or holds usual risk and high cut. Window: now. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.churn_risk_28d_ago IS 'Today''s model applied to what was known 28 days ago. Formula: today''s model on what was known 28 days ago. Window: 28 days ago. Source: the run''s model. Unit: share.';
COMMENT ON COLUMN churn_customers.risk_tier IS 'The churn risk in words, by the cuts of the run: against the base rate, and so that critical and high hold a part of the scored customers that a team can work with. Formula: cuts of the churn risk; usual ones: 3 and 6 times the odds of the base rate. Window: now. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.previous_risk_tier IS 'The same model''s tier 28 days ago. Formula: as the risk tier. Window: 28 days ago. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.tier_held IS 'Today''s score alone would say a lower tier; a customer moves down only when the odds of the risk are below 80% of the cut''s at two scores running, or at once when below the usual risk, and is never held more than one tier up. Formula: tier of the last weeks > tier of today''s score. Window: two weekly scores. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.customer_state IS 'Engaged, fading, dormant, silently churned or recovered, against the own past, the move of all customers and last year''s same weeks. Formula: active days against the expected number. Window: 28 against 168 days. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.state_since IS 'Day on which the state began; to the week. Formula: first week from which the state has lasted. Window: all history. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.state_reason IS 'The state with the numbers behind it. Window: 28 days. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.usual_active_days_28d IS 'Active days in 28 that the 24 weeks before the last four had. Formula: active days in the 24 weeks before the last four / 6. Window: 168 days before the last 28. Source: your events. Unit: days.';
COMMENT ON COLUMN churn_customers.expected_active_days_28d IS 'The usual number, less what all customers together and last year''s same weeks explain. Formula: usual number * change of all customers * season. Window: 28 days. Source: your events. Unit: days.';
COMMENT ON COLUMN churn_customers.unusual IS 'Isolation Forest finds the change against the own past unusual. A flag to look, not a probability. Formula: among the most unusual 3% by Isolation Forest. Window: self-relative features. Source: the run''s model.';
COMMENT ON COLUMN churn_customers.frustration_index IS '0 to 100, from errors, failures, returns, tickets and bad answers, recent ones weighing more; by amount and, where use meets them, per use. Evidence tells which weights are in use. Formula: 100 * (1 - exp(-sum of weighted channels / scale)). Window: half after 21 to 45 days. Source: your events and published weights. Unit: points from 0 to 100. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.frustration_band IS 'The frustration index in words. Formula: cuts of the index at 20, 40, 65. Window: now. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.frustration_stale IS 'Fewer than 3 active days in 28: the index tells of the last activity, not of today. It fades by half in 21 to 45 days, never faster. Formula: active days in 28 days < 3. Window: 28 days. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.contacts_90d IS 'Tickets, complaints and requests in 90 days. Formula: number of tickets, complaints and requests. Window: 90 days. Source: your events. Unit: number.';
COMMENT ON COLUMN churn_customers.suppressed_frustration IS 'Still a customer, frustration index of at least 40, and no ticket, complaint or request in 90 days. Formula: still a customer, index >= 40 and no contact. Window: 90 days. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.monthly_revenue IS 'Recurring revenue a month; else the average monthly purchases of the last 180 days. Formula: recurring revenue; else purchases of 180 days / months known. Window: 180 days. Source: your customer table or events. Unit: money, in the currency of the profile.';
COMMENT ON COLUMN churn_customers.value_band IS 'Third of all customers by value if they stay. Formula: third of all customers by value if stays. Window: 12 months. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.value_form IS 'What the value is made from: subscription (monthly revenue, or paid invoices), purchases (expected number times expected spend), recent_purchases (their monthly average, where too few bought twice) or default (the profile''s amount: nothing is known). Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.value_if_stays IS 'Margin expected over twelve months if the customer does not go silent within the own horizon, discounted. Formula: sum over months of margin * expected revenue * discount. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.value_if_leaves IS 'Margin still expected over twelve months if the customer goes silent: the committed term of a subscription, or the purchases of those who come back later. Formula: committed term, or purchases of those who come back, discounted. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.revenue_at_risk IS 'Churn risk times (value if stays minus value if leaves). Formula: churn risk * (value if stays - value if leaves). Window: 12 months. Source: the run''s model and the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.revenue_at_risk_low IS 'Lower end of the 80% interval, from the churn risk''s and from the value''s. Formula: 10% quantile, from the risk''s and the value''s spread. Window: 12 months. Source: the run''s model and the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.revenue_at_risk_high IS 'Upper end of the 80% interval, from the churn risk''s and from the value''s. Formula: 90% quantile, from the risk''s and the value''s spread. Window: 12 months. Source: the run''s model and the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.revenue_variance IS 'Risk times (1 minus risk) times squared value at stake, plus risk times the variance of that value; makes the interval of a total. Formula: risk * (1 - risk) * stake^2 + risk * variance of the stake. Window: 12 months. Source: the run''s model. Unit: money, in the currency of the profile.';
COMMENT ON COLUMN churn_customers.revenue_shock IS 'Change of the loss for one unit of shared log-odds; makes the interval of a total. Formula: risk * (1 - risk) * stake. Window: 12 months. Source: the run''s model. Unit: money, in the currency of the profile.';
COMMENT ON COLUMN churn_customers.named_segment IS 'Value, risk and frustration in one word; every customer is in exactly one. Formula: value band, tier and frustration band. Window: now. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.rfm IS 'Recency, frequency and money, 1 to 5 each, by cut points kept from the first run. Recency is 1 for who has lapsed or left, 2 for who is late against the own rhythm. Formula: scores 1 to 5: absolute for silence and single visits, else frozen cut points. Window: 180 days. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.rfm_group IS 'What the three scores say together, in a word. Nobody who has lapsed, left, or is late against the own rhythm is a champion, loyal or promising. Formula: the three scores. Window: 180 days. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.behaviour_cluster IS 'Scored customers of like behaviour, found by k-means; describes, never predicts. Empty where no clustering is stable. Formula: nearest k-means centre of standardised behaviour. Window: 28 to 180 days. Source: the run''s model.';
COMMENT ON COLUMN churn_customers.reason_theme IS 'Theme of the first reason. Formula: theme of the first reason. Window: now. Source: the run''s model.';
COMMENT ON COLUMN churn_customers.likely_cause IS 'Theme of what is assumed to have pulled hardest when the customer was last engaged: problems of which most have fewer, a price rise or a contract''s end, or having just come. Empty where none pulled harder than a poor fit, or where the model clears it. Formula: strongest assumed pull in the last week held engaged. Window: the last week held engaged. Source: a rule of ours.';
COMMENT ON COLUMN churn_customers.reason_1 IS 'How the fading shows most, or the likely cause behind it, in words. Window: now. Source: the run''s model.';
COMMENT ON COLUMN churn_customers.reason_2 IS 'The other of the two; else what raises it next. Window: now. Source: the run''s model.';
COMMENT ON COLUMN churn_customers.reason_3 IS 'What raises the risk next. Window: now. Source: the run''s model.';
COMMENT ON COLUMN churn_customers.recommended_action IS 'Action with the highest expected net value; none where none that fits pays for itself, or the risk is low. Formula: argmax over actions of expected net value, if above 0. Window: now. Source: the plan of actions. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.action_label IS 'The recommended action in words, or why there is none. Window: now. Source: the plan of actions. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.action_cost IS 'Contact cost plus the offer''s cost times the share who accept it. Formula: contact cost + offer cost * share who accept. Window: one action. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.avoidable_loss IS 'Part of the revenue at risk that the recommended action is assumed to avert, before its cost; 0 without one. Formula: revenue at risk * assumed save rate of the action. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.expected_net_value IS 'Assumed save rate times revenue at risk, minus the expected cost. Assumed, not measured. Formula: assumed save rate * revenue at risk - expected cost. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.expected_net_value_low IS 'At the 10% quantile of the assumed save rate. Formula: as expected net value, at the 10% quantile of the save rate. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.expected_net_value_high IS 'At the 90% quantile of the assumed save rate. Formula: as expected net value, at the 90% quantile of the save rate. Window: 12 months. Source: the profile''s assumptions. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.break_even_save_rate IS 'Share of would-be leavers the action must keep to pay for itself. Formula: expected cost / revenue at risk. Window: 12 months. Source: the profile''s assumptions. Unit: share.';
COMMENT ON COLUMN churn_customers.action_minutes IS 'Working minutes of the action. Window: one action. Source: the profile''s assumptions. Unit: ratio. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_customers.holdout IS 'Kept out of all actions at random, so that their effect can be measured. Formula: drawn at random from the customer''s id. Window: until the campaign ends. Source: the plan of actions.';

-- One row a check of the frustration index.
CREATE TABLE churn_frustration_checks (
    place BIGINT,
    check_name TEXT,
    label TEXT,
    customer_dates BIGINT,
    found FLOAT(53),
    found_low FLOAT(53),
    found_high FLOAT(53),
    hoped_for TEXT,
    outcome TEXT,
    meaning TEXT
);
COMMENT ON TABLE churn_frustration_checks IS 'One row a check of the frustration index.';
COMMENT ON COLUMN churn_frustration_checks.place IS '1 comes first. Unit: number.';
COMMENT ON COLUMN churn_frustration_checks.check_name IS 'Name of the check.';
COMMENT ON COLUMN churn_frustration_checks.label IS 'The check in words.';
COMMENT ON COLUMN churn_frustration_checks.customer_dates IS 'Customers and dates measured on. Unit: number.';
COMMENT ON COLUMN churn_frustration_checks.found IS 'What was measured; empty where the data cannot tell. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_checks.found_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_checks.found_high IS 'Upper end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_checks.hoped_for IS 'What a good index would show.';
COMMENT ON COLUMN churn_frustration_checks.outcome IS 'as_hoped, weaker, not_as_hoped or cannot_tell.';
COMMENT ON COLUMN churn_frustration_checks.meaning IS 'What was found, in words.';

-- One row a group of customers on past dates: frustrated or not, heard of or not.
CREATE TABLE churn_frustration_groups (
    place BIGINT,
    group_name TEXT,
    label TEXT,
    customers_now BIGINT,
    customer_dates BIGINT,
    spoke_share FLOAT(53),
    spoke_low FLOAT(53),
    spoke_high FLOAT(53),
    scored BIGINT,
    silent_share FLOAT(53),
    silent_low FLOAT(53),
    silent_high FLOAT(53)
);
COMMENT ON TABLE churn_frustration_groups IS 'One row a group of customers on past dates: frustrated or not, heard of or not.';
COMMENT ON COLUMN churn_frustration_groups.place IS '1 comes first. Unit: number.';
COMMENT ON COLUMN churn_frustration_groups.group_name IS 'Name of the group.';
COMMENT ON COLUMN churn_frustration_groups.label IS 'The group in words.';
COMMENT ON COLUMN churn_frustration_groups.customers_now IS 'In the group as of the data. Unit: number.';
COMMENT ON COLUMN churn_frustration_groups.customer_dates IS 'In the group on past dates, by expert weights. Unit: number.';
COMMENT ON COLUMN churn_frustration_groups.spoke_share IS 'With a ticket, complaint, refund request or bad survey answer within 28 days after. Unit: share.';
COMMENT ON COLUMN churn_frustration_groups.spoke_low IS 'Lower end of the 95% interval. Unit: share.';
COMMENT ON COLUMN churn_frustration_groups.spoke_high IS 'Upper end of the 95% interval. Unit: share.';
COMMENT ON COLUMN churn_frustration_groups.scored IS 'Of the customer dates, with a known outcome. Unit: number.';
COMMENT ON COLUMN churn_frustration_groups.silent_share IS 'Of them, who went silent, left with a word or unpaid within their own horizon. Unit: share.';
COMMENT ON COLUMN churn_frustration_groups.silent_low IS 'Lower end of the 95% interval. Unit: share.';
COMMENT ON COLUMN churn_frustration_groups.silent_high IS 'Upper end of the 95% interval. Unit: share.';

-- One row a way to rank customers by how likely they are to complain in the next 28 days.
CREATE TABLE churn_frustration_judged (
    ranking VARCHAR(255),
    label TEXT,
    dates BIGINT,
    customer_dates BIGINT,
    voiced BIGINT,
    auc FLOAT(53),
    auc_low FLOAT(53),
    auc_high FLOAT(53),
    gain FLOAT(53),
    gain_low FLOAT(53),
    gain_high FLOAT(53),
    in_use BOOLEAN
);
COMMENT ON TABLE churn_frustration_judged IS 'One row a way to rank customers by how likely they are to complain in the next 28 days.';
COMMENT ON COLUMN churn_frustration_judged.ranking IS 'Name of the ranking.';
COMMENT ON COLUMN churn_frustration_judged.label IS 'The ranking in words.';
COMMENT ON COLUMN churn_frustration_judged.dates IS 'Test dates, all later than what was learned from. Unit: number.';
COMMENT ON COLUMN churn_frustration_judged.customer_dates IS 'Customers on the test dates. Unit: number.';
COMMENT ON COLUMN churn_frustration_judged.voiced IS 'Of them, with a complaint, ticket, refund request or bad survey answer in 28 days. Unit: number.';
COMMENT ON COLUMN churn_frustration_judged.auc IS 'Chance that who spoke up is ranked above who did not, of the same date. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_judged.auc_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_judged.auc_high IS 'Upper end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_judged.gain IS 'AUC minus that of the expert weights, for the same customers. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_judged.gain_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_judged.gain_high IS 'Upper end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_judged.in_use IS 'The index of every page is made with these weights.';

-- One row a part of the frustration index.
CREATE TABLE churn_frustration_weights (
    part VARCHAR(255),
    label TEXT,
    half_life_days BIGINT,
    customers_with BIGINT,
    expert_weight FLOAT(53),
    fitted_weight FLOAT(53),
    weight_in_use FLOAT(53)
);
COMMENT ON TABLE churn_frustration_weights IS 'One row a part of the frustration index.';
COMMENT ON COLUMN churn_frustration_weights.part IS 'Name of the part.';
COMMENT ON COLUMN churn_frustration_weights.label IS 'The part in words.';
COMMENT ON COLUMN churn_frustration_weights.half_life_days IS 'Days after which one event counts half; empty for the part of open tickets. Unit: number.';
COMMENT ON COLUMN churn_frustration_weights.customers_with IS 'Customers today who have any of it. Unit: number.';
COMMENT ON COLUMN churn_frustration_weights.expert_weight IS 'Set by judgement, published. Unit: ratio. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_frustration_weights.fitted_weight IS 'Learned from complaints, tickets and bad survey answers within 28 days after past dates, drawn toward the expert weight; empty where the data teach none. Unit: ratio.';
COMMENT ON COLUMN churn_frustration_weights.weight_in_use IS 'What the index of every page is made with. Unit: ratio.';

-- One row a check that the numbers do not flatter.
CREATE TABLE churn_gates (
    gate VARCHAR(255),
    label TEXT,
    passed BOOLEAN,
    found FLOAT(53),
    bound FLOAT(53),
    meaning TEXT
);
COMMENT ON TABLE churn_gates IS 'One row a check that the numbers do not flatter.';
COMMENT ON COLUMN churn_gates.gate IS 'Name of the check.';
COMMENT ON COLUMN churn_gates.label IS 'The check in words.';
COMMENT ON COLUMN churn_gates.passed IS 'A run with a failed leakage check is not published; empty where it could not be made.';
COMMENT ON COLUMN churn_gates.found IS 'What was measured. Unit: ratio.';
COMMENT ON COLUMN churn_gates.bound IS 'What would have failed. Unit: ratio.';
COMMENT ON COLUMN churn_gates.meaning IS 'What was done, in words.';

-- One row a model, in the order of the ladder.
CREATE TABLE churn_ladder (
    rung BIGINT,
    model VARCHAR(255),
    label TEXT,
    against TEXT,
    auc_gain FLOAT(53),
    auc_gain_low FLOAT(53),
    auc_gain_high FLOAT(53),
    brier_gain FLOAT(53),
    brier_gain_low FLOAT(53),
    brier_gain_high FLOAT(53),
    exit_gain FLOAT(53),
    exit_gain_low FLOAT(53),
    exit_gain_high FLOAT(53),
    taken BOOLEAN,
    champion BOOLEAN
);
COMMENT ON TABLE churn_ladder IS 'One row a model, in the order of the ladder.';
COMMENT ON COLUMN churn_ladder.rung IS '1 is the simplest. Unit: number.';
COMMENT ON COLUMN churn_ladder.model IS 'Name of the model.';
COMMENT ON COLUMN churn_ladder.label IS 'The model in words.';
COMMENT ON COLUMN churn_ladder.against IS 'The best model below it.';
COMMENT ON COLUMN churn_ladder.auc_gain IS 'Difference in AUC (within dates) on the test dates, for the same customers. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.auc_gain_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.auc_gain_high IS 'Upper end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.brier_gain IS 'How much smaller the Brier score is, for the same customers. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.brier_gain_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.brier_gain_high IS 'Upper end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.exit_gain IS 'Difference in AUC when exits within eight weeks are ranked instead of silent churn by the label. Missing where the model did not learn from exits, or too few are known. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.exit_gain_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.exit_gain_high IS 'Upper end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_ladder.taken IS 'It beat the best below it: whole interval above zero, and by enough to matter.';
COMMENT ON COLUMN churn_ladder.champion IS 'The risks on every page come from it.';

-- One row a way to alert: how early it was, judged by what happened later.
CREATE TABLE churn_lead_time (
    alert TEXT,
    label TEXT,
    weeks BIGINT,
    leavers BIGINT,
    alerted BIGINT,
    mean_days_ahead FLOAT(53),
    mean_days_ahead_low FLOAT(53),
    mean_days_ahead_high FLOAT(53),
    days_before_rule FLOAT(53),
    days_before_rule_low FLOAT(53),
    days_before_rule_high FLOAT(53),
    first_alerted FLOAT(53),
    first_days_before_rule FLOAT(53),
    first_before_last_activity FLOAT(53),
    days_before_last_activity FLOAT(53),
    alerted_before_last_activity FLOAT(53),
    alerted_14_days_ahead FLOAT(53),
    alerted_30_days_ahead FLOAT(53),
    alerted_60_days_ahead FLOAT(53),
    alerted_90_days_ahead FLOAT(53),
    weekly_alert_share FLOAT(53),
    weekly_false_alert_share FLOAT(53),
    alert_precision FLOAT(53),
    alert_precision_low FLOAT(53),
    alert_precision_high FLOAT(53)
);
COMMENT ON TABLE churn_lead_time IS 'One row a way to alert: how early it was, judged by what happened later.';
COMMENT ON COLUMN churn_lead_time.alert IS 'champion, recency or random: as many alerts each week.';
COMMENT ON COLUMN churn_lead_time.label IS 'The way to alert in words.';
COMMENT ON COLUMN churn_lead_time.weeks IS 'Weeks that were scored. Unit: number.';
COMMENT ON COLUMN churn_lead_time.leavers IS 'Customers who went silent and were scored before. Unit: number.';
COMMENT ON COLUMN churn_lead_time.alerted IS 'Of them, under an alert when the rule fired. Unit: number.';
COMMENT ON COLUMN churn_lead_time.mean_days_ahead IS 'Mean days from the first alert of the last 56 days to the 30th day of silence, over all leavers; one who was missed counts 0. Unit: days.';
COMMENT ON COLUMN churn_lead_time.mean_days_ahead_low IS 'Lower end of the 95% interval. Unit: days.';
COMMENT ON COLUMN churn_lead_time.mean_days_ahead_high IS 'Upper end of the 95% interval. Unit: days.';
COMMENT ON COLUMN churn_lead_time.days_before_rule IS 'Median days from the alert''s start to the 30th day of silence; of those alerted. Unit: days.';
COMMENT ON COLUMN churn_lead_time.days_before_rule_low IS 'A quarter had fewer days. Unit: days.';
COMMENT ON COLUMN churn_lead_time.days_before_rule_high IS 'A quarter had more days. Unit: days.';
COMMENT ON COLUMN churn_lead_time.first_alerted IS 'Share of the leavers with any alert before the rule fired, taken back or not. Unit: share.';
COMMENT ON COLUMN churn_lead_time.first_days_before_rule IS 'Median days from the first alert, taken back or not, to the 30th day of silence. Unit: days.';
COMMENT ON COLUMN churn_lead_time.first_before_last_activity IS 'Share of the leavers whose first alert, taken back or not, came before their last activity. Unit: share.';
COMMENT ON COLUMN churn_lead_time.days_before_last_activity IS 'Median days from the alert''s start to the last activity; negative is after it. Unit: days.';
COMMENT ON COLUMN churn_lead_time.alerted_before_last_activity IS 'Share of the leavers. Unit: share.';
COMMENT ON COLUMN churn_lead_time.alerted_14_days_ahead IS 'Of the rule; share of the leavers. Unit: share.';
COMMENT ON COLUMN churn_lead_time.alerted_30_days_ahead IS 'Of the rule; share of the leavers. Unit: share.';
COMMENT ON COLUMN churn_lead_time.alerted_60_days_ahead IS 'Of the rule; share of the leavers. Unit: share.';
COMMENT ON COLUMN churn_lead_time.alerted_90_days_ahead IS 'Of the rule; share of the leavers. Unit: share.';
COMMENT ON COLUMN churn_lead_time.weekly_alert_share IS 'Mean share of the scored customers that a week may alert, learned from the weeks whose outcomes were known by then so that false alerts stay near 5% of those who stay. Unit: share.';
COMMENT ON COLUMN churn_lead_time.weekly_false_alert_share IS 'Mean share of the customers who stayed that a week alerts. Unit: share.';
COMMENT ON COLUMN churn_lead_time.alert_precision IS 'Share of a week''s alerts that went silent within their horizon. Unit: share.';
COMMENT ON COLUMN churn_lead_time.alert_precision_low IS 'Lower end of the 95% interval. Unit: share.';
COMMENT ON COLUMN churn_lead_time.alert_precision_high IS 'Upper end of the 95% interval. Unit: share.';

-- One row a customer who went silent in the tested weeks: what was predicted before.
CREATE TABLE churn_past_losses (
    customer_id VARCHAR(255),
    last_activity_on TIMESTAMP WITHOUT TIME ZONE,
    value_at_stake FLOAT(53),
    predicted_90_days_before FLOAT(53),
    predicted_60_days_before FLOAT(53),
    predicted_30_days_before FLOAT(53),
    predicted_at_last_activity FLOAT(53),
    alert_began_on TIMESTAMP WITHOUT TIME ZONE
);
CREATE INDEX ix_churn_past_losses_customer_id ON churn_past_losses (customer_id);
COMMENT ON TABLE churn_past_losses IS 'One row a customer who went silent in the tested weeks: what was predicted before.';
COMMENT ON COLUMN churn_past_losses.customer_id IS 'Identifies the customer in every table.';
COMMENT ON COLUMN churn_past_losses.last_activity_on IS 'Nothing since.';
COMMENT ON COLUMN churn_past_losses.value_at_stake IS 'Twelve months. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_past_losses.predicted_90_days_before IS 'Predicted in the last scored week by then; empty before the first tested week. Unit: share.';
COMMENT ON COLUMN churn_past_losses.predicted_60_days_before IS 'Likewise. Unit: share.';
COMMENT ON COLUMN churn_past_losses.predicted_30_days_before IS 'Likewise. Unit: share.';
COMMENT ON COLUMN churn_past_losses.predicted_at_last_activity IS 'Likewise. Unit: share.';
COMMENT ON COLUMN churn_past_losses.alert_began_on IS 'Start of the alert that lasted; empty: none.';

-- One row a test observation date: what the flags of the day were worth.
CREATE TABLE churn_past_months (
    observation_date DATE,
    scored BIGINT,
    flagged BIGINT,
    went_silent BIGINT,
    caught BIGINT,
    missed BIGINT,
    false_alarms BIGINT,
    expected FLOAT(53),
    value_caught FLOAT(53),
    value_missed FLOAT(53),
    value_false_alarms FLOAT(53),
    caught_by_silence BIGINT
);
COMMENT ON TABLE churn_past_months IS 'One row a test observation date: what the flags of the day were worth.';
COMMENT ON COLUMN churn_past_months.observation_date IS 'Only what was known by then is used.';
COMMENT ON COLUMN churn_past_months.scored IS 'Customers with a risk on that date. Unit: number.';
COMMENT ON COLUMN churn_past_months.flagged IS 'Of them, in the tiers critical and high. Unit: number.';
COMMENT ON COLUMN churn_past_months.went_silent IS 'Of the scored, within their own horizon. Unit: number.';
COMMENT ON COLUMN churn_past_months.caught IS 'Flagged, and went silent. Unit: number.';
COMMENT ON COLUMN churn_past_months.missed IS 'Not flagged, and went silent. Unit: number.';
COMMENT ON COLUMN churn_past_months.false_alarms IS 'Flagged, and stayed. Unit: number.';
COMMENT ON COLUMN churn_past_months.expected IS 'Sum of the risks predicted that day. Unit: ratio.';
COMMENT ON COLUMN churn_past_months.value_caught IS 'Value at stake of those caught. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_past_months.value_missed IS 'Value at stake of those missed. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_past_months.value_false_alarms IS 'Value at stake of those flagged who stayed. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_past_months.caught_by_silence IS 'Caught if as many had been flagged by days of silence. Unit: number.';

-- One row a test observation date and group: revenue at risk predicted then, and what was lost.
CREATE TABLE churn_past_revenue (
    observation_date DATE,
    kind VARCHAR(255),
    part VARCHAR(255),
    scored BIGINT,
    expected FLOAT(53),
    went_silent BIGINT,
    predicted FLOAT(53),
    predicted_low FLOAT(53),
    predicted_high FLOAT(53),
    lost FLOAT(53),
    held BOOLEAN
);
COMMENT ON TABLE churn_past_revenue IS 'One row a test observation date and group: revenue at risk predicted then, and what was lost.';
COMMENT ON COLUMN churn_past_revenue.observation_date IS 'Only what was known by then is used.';
COMMENT ON COLUMN churn_past_revenue.kind IS 'all, risk_tier (of the date), segment or plan (both today''s: a customer table keeps no others).';
COMMENT ON COLUMN churn_past_revenue.part IS 'Value of that column; empty where none is known.';
COMMENT ON COLUMN churn_past_revenue.scored IS 'Customers with a risk on that date. Unit: number.';
COMMENT ON COLUMN churn_past_revenue.expected IS 'Sum of the risks predicted that day. Unit: ratio.';
COMMENT ON COLUMN churn_past_revenue.went_silent IS 'Of the scored, within their own horizon. Unit: number.';
COMMENT ON COLUMN churn_past_revenue.predicted IS 'Risks of the day, by models that had seen only earlier outcomes, times the value at stake as known that day. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_past_revenue.predicted_low IS 'Lower end of the 80% interval, its shared shock measured on the other test dates. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_past_revenue.predicted_high IS 'Upper end of that interval. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_past_revenue.lost IS 'Value at stake, as known that day, of those who did go silent. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_past_revenue.held IS 'What was lost lies within the interval.';

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
COMMENT ON COLUMN churn_portfolio_history.customers IS 'Customers known by then. Unit: number.';
COMMENT ON COLUMN churn_portfolio_history.eligible IS 'With enough rhythm, not lapsed, not gone. Unit: number.';
COMMENT ON COLUMN churn_portfolio_history.at_risk IS 'Critical and high, by today''s model. Unit: number.';
COMMENT ON COLUMN churn_portfolio_history.expected_silent IS 'Sum of the risks, by today''s model. Unit: number.';
COMMENT ON COLUMN churn_portfolio_history.revenue_at_risk IS 'Expected loss, by today''s model. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_portfolio_history.frustrated IS 'With an index of 40 or more, by today''s weights. Unit: number.';
COMMENT ON COLUMN churn_portfolio_history.silent_churn_share IS 'Share of the scored customers who did go silent; empty while their horizons run. Unit: share.';
COMMENT ON COLUMN churn_portfolio_history.predicted_share IS 'Mean churn risk given then by a model that had seen only earlier data; empty where the backtest has no such date. Unit: share.';

-- One row a model: what its ranking could earn.
CREATE TABLE churn_profit (
    model VARCHAR(255),
    label TEXT,
    expected_maximum_profit FLOAT(53),
    best_share_contacted FLOAT(53)
);
COMMENT ON TABLE churn_profit IS 'One row a model: what its ranking could earn.';
COMMENT ON COLUMN churn_profit.model IS 'Name of the model.';
COMMENT ON COLUMN churn_profit.label IS 'The model in words.';
COMMENT ON COLUMN churn_profit.expected_maximum_profit IS 'Expected maximum profit per scored customer, at the best share to contact for each possible save rate (Verbraken, Verbeke, Baesens 2013), with the profile''s costs and the mean value. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_profit.best_share_contacted IS 'Mean over the possible save rates. Unit: share. Rests on assumptions, not measured.';

-- One row a customer, kind and rank.
CREATE TABLE churn_reasons (
    customer_id VARCHAR(255),
    kind VARCHAR(255),
    rank BIGINT,
    theme VARCHAR(255),
    is_cause BOOLEAN,
    points FLOAT(53),
    points_alone FLOAT(53),
    risk_at_reference FLOAT(53),
    share_with_less FLOAT(53),
    refit_share FLOAT(53),
    stable BOOLEAN,
    text TEXT
);
CREATE INDEX ix_churn_reasons_customer_id ON churn_reasons (customer_id);
COMMENT ON TABLE churn_reasons IS 'One row a customer, kind and rank.';
COMMENT ON COLUMN churn_reasons.customer_id IS 'Identifies the customer in every table.';
COMMENT ON COLUMN churn_reasons.kind IS 'risk: why the risk is what it is. change: what moved in 28 days. nearest_change: the smallest change of ours that would lower the tier in the model''s eyes. frustration: what the index is made of.';
COMMENT ON COLUMN churn_reasons.rank IS '1 comes first. Unit: number.';
COMMENT ON COLUMN churn_reasons.theme IS 'Group of features the reason belongs to; empty where no sign stands out and the text says where the customer stands.';
COMMENT ON COLUMN churn_reasons.is_cause IS 'Named because it is assumed to have pulled hardest when the customer was last engaged, not because the model weighs it: its points may be none, or lower the risk.';
COMMENT ON COLUMN churn_reasons.points IS 'The theme''s share of the risk in percentage points (Shapley value): all themes add up to the risk minus that of the median customer (kind risk) or of 28 days ago (change). What the risk would fall by (nearest_change); index points (frustration). Empty for a fact of the customer that the model does not weigh. Unit: ratio.';
COMMENT ON COLUMN churn_reasons.points_alone IS 'What the risk loses with this theme alone at its reference, in percentage points. Unit: ratio.';
COMMENT ON COLUMN churn_reasons.risk_at_reference IS 'What the model says with this theme alone like the median customer''s (risk), as 28 days ago (change), or after the change (nearest_change). Unit: share.';
COMMENT ON COLUMN churn_reasons.share_with_less IS 'Share of the scored customers who have less of a likely cause. Unit: share.';
COMMENT ON COLUMN churn_reasons.refit_share IS 'Share of the refits on other draws of the customers in which the theme is among the three that raise the risk most. Unit: share.';
COMMENT ON COLUMN churn_reasons.stable IS 'False for an uncertain reason: among the first three of fewer than 60% of the refits, or another cause stands out nearly as much.';
COMMENT ON COLUMN churn_reasons.text IS 'The reason in words, with the number behind it.';

-- One row a measure and score; the cut points of the first run, kept by all that follow it.
CREATE TABLE churn_rfm_cuts (
    measure VARCHAR(255),
    score BIGINT,
    from_value FLOAT(53),
    cut_by TEXT
);
COMMENT ON TABLE churn_rfm_cuts IS 'One row a measure and score; the cut points of the first run, kept by all that follow it.';
COMMENT ON COLUMN churn_rfm_cuts.measure IS 'recency, frequency or money.';
COMMENT ON COLUMN churn_rfm_cuts.score IS 'From 1 to 5; 5 is the best fifth of the customers of the first run who had neither lapsed nor left (of recency the best third of those within their rhythm). Unit: number.';
COMMENT ON COLUMN churn_rfm_cuts.from_value IS 'Least value of the score: days since the last activity with the sign turned, active days in 180, money a month. Empty for the lowest score, and for recency up to 3: 1 is who has lapsed or left, 2 who is late against the own rhythm. Unit: ratio.';
COMMENT ON COLUMN churn_rfm_cuts.cut_by IS 'Run whose customers made the cuts.';

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
COMMENT ON COLUMN churn_risk_history.churn_risk IS 'Today''s model applied to that date''s features. Unit: share.';
COMMENT ON COLUMN churn_risk_history.risk_tier IS 'The churn risk in words.';
COMMENT ON COLUMN churn_risk_history.frustration_index IS 'As of that date. Unit: points from 0 to 100. Rests on assumptions, not measured.';

-- One row a plain rule that needs no model, with what it was worth on past dates.
CREATE TABLE churn_rules (
    rule VARCHAR(255),
    label TEXT,
    customers_now BIGINT,
    tested BIGINT,
    went_silent BIGINT,
    share_silent FLOAT(53),
    base_rate FLOAT(53),
    lift FLOAT(53),
    lift_low FLOAT(53),
    lift_high FLOAT(53)
);
COMMENT ON TABLE churn_rules IS 'One row a plain rule that needs no model, with what it was worth on past dates.';
COMMENT ON COLUMN churn_rules.rule IS 'Name of the rule.';
COMMENT ON COLUMN churn_rules.label IS 'The rule in words.';
COMMENT ON COLUMN churn_rules.customers_now IS 'Scored customers for whom it holds today. Unit: number.';
COMMENT ON COLUMN churn_rules.tested IS 'Customer dates in the past for which it held. Unit: number.';
COMMENT ON COLUMN churn_rules.went_silent IS 'Of them, within their own horizon. Unit: number.';
COMMENT ON COLUMN churn_rules.share_silent IS 'Of those for whom it held. Unit: share.';
COMMENT ON COLUMN churn_rules.base_rate IS 'Of all scored customers on the same dates. Unit: share.';
COMMENT ON COLUMN churn_rules.lift IS 'Share silent where the rule held, divided by the share of all; 1 says nothing. Unit: ratio.';
COMMENT ON COLUMN churn_rules.lift_low IS 'Lower end of the 95% interval. Unit: ratio.';
COMMENT ON COLUMN churn_rules.lift_high IS 'Upper end of the 95% interval. Unit: ratio.';

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

-- One row a kind of segment, the one then and the one now; no rows without a former run.
CREATE TABLE churn_segment_moves (
    kind VARCHAR(255),
    was VARCHAR(255),
    became VARCHAR(255),
    customers BIGINT,
    monthly_revenue FLOAT(53),
    risk_before FLOAT(53),
    risk_now FLOAT(53),
    former_run TEXT,
    former_as_of TEXT
);
COMMENT ON TABLE churn_segment_moves IS 'One row a kind of segment, the one then and the one now; no rows without a former run.';
COMMENT ON COLUMN churn_segment_moves.kind IS 'named_segment, risk_tier or customer_state.';
COMMENT ON COLUMN churn_segment_moves.was IS 'Segment in the last run; empty for who was not in it.';
COMMENT ON COLUMN churn_segment_moves.became IS 'Segment in this run; empty for who is no longer in it.';
COMMENT ON COLUMN churn_segment_moves.customers IS 'Customers who made this move, or stayed. Unit: number.';
COMMENT ON COLUMN churn_segment_moves.monthly_revenue IS 'Of these customers, now; else then. Unit: money, in the currency of the profile.';
COMMENT ON COLUMN churn_segment_moves.risk_before IS 'In the last run. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_segment_moves.risk_now IS 'In this run. Unit: money, in the currency of the profile. Rests on assumptions, not measured.';
COMMENT ON COLUMN churn_segment_moves.former_run IS 'Run that this one is held against.';
COMMENT ON COLUMN churn_segment_moves.former_as_of IS 'Date of the last run''s data.';

-- One row a measure of how steady tiers and segments are.
CREATE TABLE churn_segment_stability (
    measure VARCHAR(255),
    label TEXT,
    value FLOAT(53),
    goal FLOAT(53),
    reached BOOLEAN,
    note TEXT
);
COMMENT ON TABLE churn_segment_stability IS 'One row a measure of how steady tiers and segments are.';
COMMENT ON COLUMN churn_segment_stability.measure IS 'Name of the measure.';
COMMENT ON COLUMN churn_segment_stability.label IS 'The measure in words.';
COMMENT ON COLUMN churn_segment_stability.value IS 'Share, or adjusted Rand index; empty where not measured. Unit: ratio.';
COMMENT ON COLUMN churn_segment_stability.goal IS 'What we hold good: at most for flips, at least for the rest. Unit: ratio.';
COMMENT ON COLUMN churn_segment_stability.reached IS 'The value meets the goal; empty without either.';
COMMENT ON COLUMN churn_segment_stability.note IS 'On what, and by which model.';
