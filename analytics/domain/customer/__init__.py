"""Where a customer stands: state, tier, segment, and a choice of customers by them."""
