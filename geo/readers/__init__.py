"""Read documents and tables from files."""
