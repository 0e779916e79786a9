"""A published simulated run held against its truth: effects, plan, reasons, money, lead time."""
