"""Errors of the extractors that are not ours."""

from __future__ import annotations

from geo.errors import GeoError, InputError


class ExtractorError(GeoError, RuntimeError):
    """Tell that an extractor gave no usable answer for a document, and why."""


class UnknownExtractorError(InputError):
    """Tell that there is no extractor of this name, and which there are."""
