"""Decide which place each mention means."""
