"""Decide which place each mention means."""

from geo.resolution.resolve import ResolutionSettings, resolve_mentions

__all__ = ["ResolutionSettings", "resolve_mentions"]
