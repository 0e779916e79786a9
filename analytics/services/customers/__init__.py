"""One customer and lists of customers, with what people wrote and took on."""
