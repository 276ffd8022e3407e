"""Read a document's mentions together: each by its fame first, then in the context of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from gazetteer.models import Place
from geo.languages import LanguagePack
from geo.models import Document, Mention, RankedCandidate, Token
from geo.resolution.before import INSIDE, cues_before
from geo.resolution.choices import Choice, find_choice
from geo.resolution.columns import Priors, Slate, lay_out
from geo.resolution.context import Context, Guess, Scene, gather, scenes_in
from geo.resolution.headings import headings, within_heading
from geo.resolution.heard import hear, to_be_heard
from geo.resolution.peoples import find_peoples
from geo.resolution.ranking import Ranking, rank

if TYPE_CHECKING:
    from gazetteer import Gazetteer


_MOST_READINGS = 3


class Reading(NamedTuple):
    """Hold how the mentions that have candidates are read; ``numbers`` says which those are.

    ``labels`` are the units that label the lines of all mentions, ``None`` for none.
    """

    numbers: list[int]
    ranking: Ranking
    scenes: list[Scene]
    labels: list[Place | None]


def rank_mentions(
    document: Document,
    mentions: Sequence[Mention],
    tokens: Sequence[Token],
    gazetteer: Gazetteer,
    pack: LanguagePack,
    country: str | None,
) -> list[list[RankedCandidate]]:
    """Rank the candidates of all mentions of a document, each in the context of the others.

    A name that stands several times has one sense: that of its surest reading. A mention that
    says itself what it is in ("Springfield, Ohio") keeps its own, and so does one in a line that
    a unit labels.
    """
    reading = read_mentions(document, mentions, tokens, gazetteer, pack, country)
    if reading is None:
        return [[] for _ in mentions]
    senses = list(_agreed(mentions, reading))
    distinct = sorted({sense for sense in senses if sense is not None})
    best = dict(zip(distinct, reading.ranking.best(distinct), strict=True))
    return [
        []
        if sense is None
        else best[sense]
        if label is None
        else within_heading(best[sense], label, reading.ranking, sense)
        for sense, label in zip(senses, reading.labels, strict=True)
    ]


def _agreed(mentions: Sequence[Mention], reading: Reading) -> Iterator[int | None]:
    """Yield for each mention the position in the reading of the sense that it has."""
    chances = [chance for _, chance in reading.ranking.likeliest()]
    own = {number: position for position, number in enumerate(reading.numbers)}
    surest: dict[tuple[str, str | None], int] = {}
    for number, position in own.items():
        name = (mentions[number].text, mentions[number].hint)
        if chances[position] > chances[surest.setdefault(name, position)]:
            surest[name] = position
    for number, mention in enumerate(mentions):
        mine = own.get(number)
        if mine is not None and (reading.scenes[mine].behind or reading.labels[number]):
            yield mine
        else:
            yield surest.get((mention.text, mention.hint))


def read_mentions(
    document: Document,
    mentions: Sequence[Mention],
    tokens: Sequence[Token],
    gazetteer: Gazetteer,
    pack: LanguagePack,
    country: str | None = None,
) -> Reading | None:
    """Read the mentions that have candidates, ``None`` when there are none.

    They are read by fame, then by what those readings speak for, then by what these do, and once
    more where that changed any. Doubtful names are then looked for by their sound in the
    countries found, and all read again. `country` is where the text is known to play.
    """
    reader = _Reader(document, mentions, tokens, gazetteer, pack, country)
    choices = reader.choices()
    if not choices:
        return None
    last = _settle(*reader.laid_out(choices))
    heard = reader.heard(choices, last.guesses)
    if heard:
        known = dict(zip(choices, last.guesses, strict=True))
        choices = dict(sorted((choices | heard).items()))
        slate, setting = reader.laid_out(choices)
        famous = setting.guessed([choice.best_known for choice in slate.choices])
        numbered = zip(choices, famous, strict=True)
        last = _read_in([known.get(number, guess) for number, guess in numbered], slate, setting)
    places = {n: guess.place for n, guess in zip(choices, last.guesses, strict=True)}
    told = list(headings(document.text, mentions, places))
    return Reading(list(choices), last.ranking, last.scenes, told)


class _Reader:
    """Look up the mentions of a document, by their letters and by their sound."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        tokens: Sequence[Token],
        gazetteer: Gazetteer,
        pack: LanguagePack,
        country: str | None,
    ) -> None:
        self._document = document
        self._mentions = mentions
        self._gazetteer = gazetteer
        self._language = pack.code
        self._country = country
        self._cues = cues_before(mentions, tokens, pack)
        self._priors = _priors(document, tokens, gazetteer, pack)

    def choices(self) -> dict[int, Choice]:
        """Return the choices of the mentions that have candidates, by their number."""
        found = ((number, self._choice(number)) for number in range(len(self._mentions)))
        return {number: choice for number, choice in found if choice is not None}

    def heard(self, choices: dict[int, Choice], guesses: Sequence[Guess]) -> dict[int, Choice]:
        """Return the choices of doubtful names that sound like places of the countries told."""
        doubtful = to_be_heard(self._mentions, choices, guesses, self._priors.peoples)
        found = (
            (number, self._choice(number, countries))
            for number, countries in doubtful.items()
            if self._sounds(number, countries)
        )
        return {number: choice for number, choice in found if choice is not None}

    def laid_out(self, choices: dict[int, Choice]) -> tuple[Slate, _Setting]:
        """Return choices as columns, with the setting that they are read in."""
        texts = [self._mentions[number].text for number in choices]
        inside = [INSIDE in cue for cue in self._cues]
        slate = lay_out(texts, list(choices.values()), self._priors)
        numbers = tuple(choices)
        return slate, _Setting(self._document, self._mentions, numbers, inside, self._country)

    def _choice(self, number: int, countries: tuple[str, ...] = ()) -> Choice | None:
        mention = self._mentions[number]
        named = (mention.text, mention.names, mention.hint, self._cues[number])
        return find_choice(*named, self._gazetteer, self._language, countries)

    def _sounds(self, number: int, countries: tuple[str, ...]) -> bool:
        mention = self._mentions[number]
        return bool(hear((mention.text, *mention.names), countries, self._gazetteer))


class _Read(NamedTuple):
    """Hold a ranking, and the guesses that it makes likeliest."""

    ranking: Ranking
    scenes: list[Scene]
    guesses: list[Guess]


def _settle(slate: Slate, setting: _Setting) -> _Read:
    """Read by fame, then by what those readings speak for, until they change no more."""
    famous = setting.guessed([choice.best_known for choice in slate.choices])
    last = _read_in(famous, slate, setting)
    for _ in range(_MOST_READINGS - 1):
        known = [guess.place.id for guess in last.guesses]
        last = _read_in(last.guesses, slate, setting)
        if known == [guess.place.id for guess in last.guesses]:
            break
    return last


def _read_in(guesses: Sequence[Guess], slate: Slate, setting: _Setting) -> _Read:
    """Read all names in the context that guesses make."""
    context, scenes = setting.gathered(guesses)
    ranking = rank(slate, context, scenes)
    likeliest = [(candidate.place, chance) for candidate, chance in ranking.likeliest()]
    return _Read(ranking, scenes, setting.guessed(likeliest))


class _Setting:
    """Gather what readings of the mentions speak for: the context, and the scene of each.

    `numbers` are the mentions that have candidates; `inside` tells which an "in" stands before.
    """

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        numbers: Sequence[int],
        inside: Sequence[bool],
        country: str | None,
    ) -> None:
        self._numbers = numbers
        self._named = [mentions[number] for number in numbers]
        self._inside = [inside[number] for number in numbers]
        self._country = country
        pairs = range(len(mentions) - 1)
        self._followed = {n for n in pairs if _is_followed(document.text, mentions, n)}

    def guessed(self, readings: Sequence[tuple[Place, float]]) -> list[Guess]:
        return [
            Guess(mention=mention, place=place, weight=weight)
            for mention, (place, weight) in zip(self._named, readings, strict=True)
        ]

    def gathered(self, guesses: Sequence[Guess]) -> tuple[Context, list[Scene]]:
        context = gather(guesses, self._country)
        places = {n: guess.place for n, guess in zip(self._numbers, guesses, strict=True)}
        behind = [places.get(n + 1) if n in self._followed else None for n in self._numbers]
        before = [places.get(n - 1) if n - 1 in self._followed else None for n in self._numbers]
        return context, scenes_in(self._named, context, behind, before, self._inside)


def _priors(
    document: Document, tokens: Sequence[Token], gazetteer: Gazetteer, pack: LanguagePack
) -> Priors:
    """Return what speaks for countries before any name is read."""
    outlet = _outlet_country(document.url)
    return Priors(
        peoples=find_peoples(tokens, gazetteer, pack),
        home=pack.section("mentions").get("home", ()),
        outlet=() if outlet is None else (outlet,),
    )


def _outlet_country(url: str | None) -> str | None:
    """Return the country of a web address by its top-level domain (``.it``), if it is one."""
    host = urlsplit(url).hostname if url else None
    domain = (host or "").rsplit(".", 1)[-1].upper()
    return {"UK": "GB"}.get(domain, domain) if len(domain) == 2 else None


def _is_followed(text: str, mentions: Sequence[Mention], number: int) -> bool:
    """Tell whether only a comma or a preposition is between a mention and the next."""
    gap = text[mentions[number].span.stop : mentions[number + 1].span.start]
    if len(gap) > 12 or any(mark in gap for mark in ".;:\n"):
        return False
    return "," in gap or "(" in gap or len(gap.split()) <= 2
