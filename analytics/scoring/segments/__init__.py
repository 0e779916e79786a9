"""Groups of customers: RFM and clusters, their names, and who moved between them."""
