"""Make the tables of ``gazetteer/data`` from the packages they come from (developers only)."""
