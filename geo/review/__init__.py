"""Review places once and remember them; check tables for contradictions."""
