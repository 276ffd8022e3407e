"""Find the place that a claim names: in the document first, then in our gazetteer.

What an extractor remembers of a place (its usual name, country, unit, kind) may choose among the
gazetteer's candidates. It never places anything: a name that the gazetteer lacks is put at a
place that the document names beside it, with that radius, or nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.events.context import Annotation
from geo.extractors.choosing import Units, fitting, rank_told
from geo.extractors.proposals import PlaceKind, ToldPlace
from geo.extractors.quoting import find_quote
from geo.languages import load_language
from geo.models import Hint, Mention, RankedCandidate, Resolution, Span
from geo.resolution.precision import precision_of

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.models import Candidate

_SHOWN = 5
_LEAST_ALIKE = 0.9
_HINTS: dict[PlaceKind, Hint] = {
    "city": "city", "village": "village", "facility": "site", "admin2": "admin2",
    "admin1": "admin1", "country": "country", "region": "region", "water": "water",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Placer:
    """Place names in one document; ``resolutions`` are our own readings of its mentions."""

    annotation: Annotation
    gazetteer: Gazetteer

    def place(
        self, told: ToldPlace, near: Span, beside: Sequence[Resolution] = ()
    ) -> Resolution | None:
        """Return where a told place is, unresolved where the gazetteer lacks it.

        Of several in one unit that to which a place named `beside` it is near is likeliest.
        ``None`` where the document does not hold its words.
        """
        span = find_quote(self.annotation.document.text, told.text, near)
        if span is None:
            return None
        ours = self._ours(span)
        mention = self._mention(told, span, ours)
        ranked = self._rank(told, mention, ours, beside)
        if not ranked:
            return _nowhere(mention)
        best = ranked[0].candidate.place
        if ours is not None and ours.place is not None and ours.place.id == best.id:
            return replace(ours, mention=replace(ours.mention, literal=True, role=None))
        return _resolved(mention, ranked)

    def _ours(self, span: Span) -> Resolution | None:
        found = [r for r in self.annotation.resolutions if r.mention.span.overlaps(span)]
        return max(found, key=lambda r: _shared(r.mention.span, span), default=None)

    def _mention(self, told: ToldPlace, span: Span, ours: Resolution | None) -> Mention:
        from geo.resolution.given import mentions_at

        annotation = self.annotation
        given = {"start": span.start, "end": span.stop}
        (mention,) = mentions_at(
            annotation.document.text,
            annotation.tokens,
            annotation.sentences,
            load_language(annotation.document.language or ""),
            self.gazetteer,
            [given],
        )
        names = (*mention.names, *(ours.mention.names if ours else ()))
        sector = mention.hint == "sector" and told.kind in ("city", "village", "other")
        hint = mention.hint if sector else _HINTS.get(told.kind, mention.hint)
        return replace(mention, names=tuple(dict.fromkeys(names)), hint=hint, rules=("told",))

    def _rank(
        self,
        told: ToldPlace,
        mention: Mention,
        ours: Resolution | None,
        beside: Sequence[Resolution],
    ) -> list[RankedCandidate]:
        chances = {r.candidate.place.id: r.score for r in ours.candidates} if ours else {}
        found = self._candidates(told, mention)
        return rank_told(told, found, self._units(told), chances, beside)

    def _candidates(self, told: ToldPlace, mention: Mention) -> list[Candidate]:
        found: dict[str, Candidate] = {}
        names = [mention.text, *mention.names, *([told.name] if told.name else [])]
        for name in names:
            for candidate in _exactly(self.gazetteer, name):
                found.setdefault(candidate.place.id, candidate)
        units = self._units(told)
        if not fitting(found.values(), told, units):
            for name in dict.fromkeys(names):
                for candidate in self.gazetteer.fuzzy(name):
                    admin = candidate.place.admin
                    inside = (admin.country, admin.admin1) in units
                    if inside or candidate.similarity >= _LEAST_ALIKE:
                        found.setdefault(candidate.place.id, candidate)
        return [c for c in found.values() if c.place.lon is not None]

    def _units(self, told: ToldPlace) -> Units:
        """Return the codes of the first-level units that the told name of one may mean."""
        if not told.admin1:
            return frozenset()
        words = told.admin1.split()
        shorter = (" ".join(words[:-1]), " ".join(words[1:]))  # "Tahoua Region", "State of Shan"
        for name in (told.admin1, *(s for s in shorter if s)):
            found = frozenset(
                (place.admin.country, place.admin.admin1)
                for candidate in _exactly(self.gazetteer, name)
                for place in [candidate.place]
                if place.feature_code == "ADM1" and told.country in (None, place.admin.country)
            )
            if found:
                return found
        return frozenset()


def _exactly(gazetteer: Gazetteer, name: str) -> list[Candidate]:
    return [c for c in gazetteer.lookup(name) if c.name.kind != "demonym"]


def _resolved(mention: Mention, ranked: Sequence[RankedCandidate]) -> Resolution:
    best, place = ranked[0], ranked[0].candidate.place
    precision, radius = precision_of(place, mention)
    second = ranked[1].score if len(ranked) > 1 else 0.0
    return Resolution(
        mention=mention,
        place=place,
        lon=place.lon,
        lat=place.lat,
        confidence=best.score,
        margin=round(best.score - second, 4),
        geo_precision=precision,
        radius_km=radius,
        method="unit" if place.located == "unit" else "gazetteer",
        candidates=tuple(ranked[:_SHOWN]),
        explanation=tuple(f"{name} {weight:+.2f}" for name, weight in best.reasons),
    )


def _nowhere(mention: Mention) -> Resolution:
    return Resolution(
        mention=mention, place=None, lon=None, lat=None, confidence=0.0, margin=0.0,
        geo_precision=9, radius_km=None, method="unresolved", explanation=("no candidate",),
    )  # fmt: skip


def _shared(one: Span, other: Span) -> int:
    return min(one.stop, other.stop) - max(one.start, other.start)
