"""What leaves the product as a file or in a database: CSV and the mart for BI."""
