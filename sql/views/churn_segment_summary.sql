-- Grain: one row a named segment and customer state that have customers.
create view churn_segment_summary as
select
    named_segment,
    customer_state,
    count(*) as customers,
    coalesce(sum(case when risk_tier in ('critical', 'high') then 1 else 0 end), 0) as at_risk,
    coalesce(sum(churn_risk), 0) as expected_silent,
    coalesce(sum(revenue_at_risk), 0) as revenue_at_risk,
    coalesce(sum(case when risk_tier <> 'ended' then monthly_revenue else 0 end), 0)
        as monthly_revenue,
    avg(frustration_index) as mean_frustration
from churn_customers
group by named_segment, customer_state;
