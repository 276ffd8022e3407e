"""Errors of batch runs."""

from geo.errors import GeoError


class BatchError(GeoError):
    """Say why a batch stopped, and how to go on."""
