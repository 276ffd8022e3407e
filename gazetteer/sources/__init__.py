"""Places in, one small module per source of them."""
