"""Errors of the gazetteer, all below :class:`GazetteerError`."""


class GazetteerError(Exception):
    """Say what went wrong with the gazetteer, and what to do next."""


class UnknownPlaceError(GazetteerError, KeyError):
    """Tell that no place has this identifier."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class SourceError(GazetteerError, ValueError):
    """Tell that a source file cannot be read as what it claims to be."""


class BrokenIndexError(GazetteerError, OSError):
    """Tell that the index on disk is missing, broken or of another version."""
