"""Errors of the event mapper, all below :class:`GeoError`."""


class GeoError(Exception):
    """Say what went wrong, with the input's name and what to do next."""


class InputError(GeoError, ValueError):
    """Tell that an input cannot be read as what it claims to be."""


class UnknownLanguageError(GeoError, LookupError):
    """Tell that there is no language pack for a code."""


class LanguagePackError(GeoError, ValueError):
    """Tell that a language pack breaks its schema."""


class ExportError(GeoError, OSError):
    """Tell that a file could not be written."""


class UnknownFormatError(GeoError, LookupError):
    """Tell that no reader or exporter has this name."""
