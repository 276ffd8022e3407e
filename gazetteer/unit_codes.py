"""Name administrative units by the path of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.models import Place


def unit_path(place: Place) -> str | None:
    """Return ``=UA.26`` for an admin unit or a country, ``None`` for any other place."""
    admin, code = place.admin, place.feature_code
    if code.startswith(("PCL", "TERR")):
        return f"={admin.country}"
    depth = {"ADM1": 1, "ADM2": 2, "ADM3": 3}.get(code)
    parts = (admin.country, admin.admin1, admin.admin2, admin.admin3)[: (depth or 0) + 1]
    if depth is None or parts[-1] is None:
        return None
    return "=" + ".".join(part or "" for part in parts)
