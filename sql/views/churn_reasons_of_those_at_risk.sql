-- Grain: one row a customer in the tiers critical and high and a reason, rank 1 weighing most.
create view churn_reasons_of_those_at_risk as
select
    churn_customers.customer_id,
    churn_customers.segment,
    churn_customers.risk_tier,
    churn_reasons.rank as reason_rank,
    churn_reasons.theme,
    churn_reasons.is_cause,
    churn_reasons.points,
    churn_reasons.risk_at_reference,
    churn_reasons.stable,
    churn_reasons.text as reason
from churn_customers
inner join churn_reasons on churn_reasons.customer_id = churn_customers.customer_id
where churn_reasons.kind = 'risk' and churn_customers.risk_tier in ('critical', 'high');
