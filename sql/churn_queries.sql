-- Questions that a BI team asks first, over the tables that `silent-churn bi publish` writes.
-- They run unchanged on PostgreSQL, MariaDB, MySQL and SQLite, and give the app's own numbers.
-- Every table is as of churn_run.data_as_of; money is in churn_run.currency.

-- query: risk_by_segment
-- Grain: one row a segment. Most revenue at risk first.
select
    segment,
    count(*) as customers,
    coalesce(sum(case when eligible then 1 else 0 end), 0) as scored_customers,
    coalesce(sum(case when risk_tier in ('critical', 'high') then 1 else 0 end), 0) as at_risk,
    coalesce(sum(churn_risk), 0) as expected_silent,
    coalesce(sum(revenue_at_risk), 0) as revenue_at_risk,
    coalesce(
        sum(
            case
                when risk_tier in ('critical', 'high') then value_if_stays - value_if_leaves
                else 0
            end
        ), 0
    ) as exposure,
    avg(frustration_index) as mean_frustration
from churn_customers
group by segment
order by revenue_at_risk desc, segment;

-- query: revenue_at_risk
-- Grain: one row. The interval (80 percent) holds for the sum: customers leave one by one, and good or bad
-- periods move all of them together. Exposure is the most that could be lost, not the expectation.
select
    churn_run.run_id,
    churn_run.data_as_of,
    churn_run.currency,
    found.customers,
    found.at_risk,
    found.expected_silent,
    found.revenue_at_risk,
    churn_run.revenue_at_risk_low,
    churn_run.revenue_at_risk_high,
    found.exposure
from churn_run
cross join (
    select
        count(*) as customers,
        coalesce(sum(case when risk_tier in ('critical', 'high') then 1 else 0 end), 0) as at_risk,
        coalesce(sum(churn_risk), 0) as expected_silent,
        coalesce(sum(revenue_at_risk), 0) as revenue_at_risk,
        coalesce(
            sum(
                case
                    when risk_tier in ('critical', 'high') then value_if_stays - value_if_leaves
                    else 0
                end
            ), 0
        ) as exposure
    from churn_customers
) as found;

-- query: watch_list
-- Grain: one row a customer worth contacting, outside the holdout; the first 50 by expected net
-- value. Save rates are assumed until a campaign with a holdout has measured them.
select
    customer_id,
    name,
    segment,
    risk_tier,
    churn_risk,
    days_since_last_activity,
    usual_gap_days,
    frustration_index,
    revenue_at_risk,
    reason_1,
    action_label,
    action_cost,
    expected_net_value
from churn_customers
where recommended_action <> 'none' and not holdout
order by expected_net_value desc, customer_id
limit 50;

-- query: frustrated_but_silent
-- Grain: one row a customer with a frustration index of 40 or more and no ticket, complaint or
-- request in 90 days. Most revenue at risk first.
select
    customer_id,
    name,
    segment,
    frustration_index,
    frustration_band,
    contacts_90d,
    risk_tier,
    churn_risk,
    revenue_at_risk,
    monthly_revenue,
    reason_1
from churn_customers
where suppressed_frustration
order by revenue_at_risk desc, customer_id;

-- query: movement_between_tiers
-- Grain: one row a pair of tiers, 28 days ago and now, by the same model.
select
    coalesce(nullif(previous_risk_tier, ''), 'not known then') as tier_28_days_ago,
    risk_tier as tier_now,
    count(*) as customers,
    coalesce(sum(revenue_at_risk), 0) as revenue_at_risk
from churn_customers
group by coalesce(nullif(previous_risk_tier, ''), 'not known then'), risk_tier
order by tier_28_days_ago, tier_now;
