"""Write events to files, one module a format."""
