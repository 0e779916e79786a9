"""The columns of the customers table, by what they tell of a customer."""
