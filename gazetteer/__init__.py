"""Look up place names offline, with candidates and reasons."""
