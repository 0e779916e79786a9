"""Where a customer stands from week to week: a forward filter over weekly activity."""
