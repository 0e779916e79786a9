-- Grain: one row a customer in the tiers critical and high, with the reasons and the action.
create view churn_at_risk_customers as
select
    customer_id,
    name,
    segment,
    plan,
    region,
    channel,
    risk_tier,
    previous_risk_tier,
    churn_risk,
    churn_risk_low,
    churn_risk_high,
    days_since_last_activity,
    usual_gap_days,
    frustration_index,
    frustration_band,
    suppressed_frustration,
    monthly_revenue,
    value_band,
    revenue_at_risk,
    reason_1,
    reason_2,
    reason_3,
    recommended_action,
    action_label,
    expected_net_value,
    holdout
from churn_customers
where risk_tier in ('critical', 'high');
