-- Grain: one row a risk tier that has customers.
create view churn_tier_summary as
select
    risk_tier,
    count(*) as customers,
    coalesce(sum(churn_risk), 0) as expected_silent,
    coalesce(sum(revenue_at_risk), 0) as revenue_at_risk,
    coalesce(sum(value_if_stays), 0) as value_if_stays,
    coalesce(sum(case when risk_tier <> 'ended' then monthly_revenue else 0 end), 0)
        as monthly_revenue,
    avg(frustration_index) as mean_frustration
from churn_customers
group by risk_tier;
