"""Take positions out of a text that are written in other ways than degrees.

Nothing is computed: what looks like a position finer than a kilometre is taken out, for the row
that it stands in has one that must not be known so exactly.
"""

from __future__ import annotations

import re

WITHHELD = "[position withheld]"
_OLC = "[23456789CFGHJMPQRVWX]"  # the digits of Open Location Code

# Each with a case as it is met.
_NOTATIONS = {
    "MGRS, six digits and more": (  # 37T CN 73112 95271, 37TCN731952
        r"\b\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?"
        r"(?:\d{3}\s?\d{3}|\d{4}\s?\d{4}|\d{5}\s?\d{5})\b"
    ),
    "UTM": (  # 36T 673123 5295712, 36U 0673123mE 5295712mN
        r"\b\d{1,2}\s?[C-HJ-NP-X]\b[\s,]*(?:E\s?)?\d{6,7}(?:[.,]\d+)?\s?(?:m\s?)?E?"
        r"[\s,;/]+(?:N\s?)?\d{6,8}(?:[.,]\d+)?(?:\s?m)?(?:\s?N\b)?"
    ),
    "Open Location Code": (  # 8GVPQ8W7+VP, QWW7+VP
        rf"(?<![\w+])(?=\d*[A-Z]){_OLC}{{4,8}}\+{_OLC}{{2,7}}(?!\w)"
    ),
    "what3words": r"///[^\W\d_]+\.[^\W\d_]+\.[^\W\d_]+",  # ///filled.count.soap
    "degrees, minutes, seconds in one": (  # 474728N 0351844E
        r"\b\d{6}(?:[.,]\d+)?\s?[NS]\s?[,/]?\s?\d{6,7}(?:[.,]\d+)?\s?[EW]\b"
    ),
    "minutes with decimals": (  # N47 47.474 E035 18.741, 47 47.474N 35 18.741E
        r"\b(?:[NS]\s?\d{1,2}[\s-]\d{1,2}[.,]\d{2,}[\s,;/]+[EW]\s?\d{1,3}[\s-]\d{1,2}[.,]\d{2,}"
        r"|\d{1,2}[\s-]\d{1,2}[.,]\d{2,}\s?[NS][\s,;/]+\d{1,3}[\s-]\d{1,2}[.,]\d{2,}\s?[EW])\b"
    ),
    "short links to a pin": (  # https://maps.app.goo.gl/Wq1x
        r"(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl/maps|w3w\.co|(?:www\.)?what3words\.com"
        r"|plus\.codes|(?:www\.)?osm\.org/go)/[^\s)\]>\"]+"
    ),
}
_ANY = re.compile("|".join(f"(?:{pattern})" for pattern in _NOTATIONS.values()))


def withhold_positions(text: str) -> str:
    """Return a text without positions in grids, codes and short links.

    >>> withhold_positions("at 37TCN731952, seen from QWW7+VP (12 dead, 3+4 hurt)")
    'at [position withheld], seen from [position withheld] (12 dead, 3+4 hurt)'
    """
    return _ANY.sub(WITHHELD, text)
