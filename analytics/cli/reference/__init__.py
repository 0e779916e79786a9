"""The reference pages of the documentation, each made from the records that the product reads."""
