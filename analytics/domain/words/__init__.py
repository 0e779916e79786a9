"""What is said in sentences, in the same words on every page and in the report."""
