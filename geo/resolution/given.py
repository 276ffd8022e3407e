"""Make mentions where the recognition is given: spans in, mentions to resolve out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.annotators.cues import compile_cues
from geo.annotators.inflection import combined_forms, nominative_forms
from geo.annotators.mentions import hint_of
from geo.annotators.spotted import Spotted
from geo.languages import LanguagePack
from geo.models import Mention, Span, Token

if TYPE_CHECKING:
    from gazetteer import Gazetteer

_MOST_FORMS = 8


def mentions_at(
    text: str,
    tokens: Sequence[Token],
    sentences: Sequence[Span],
    pack: LanguagePack,
    gazetteer: Gazetteer,
    toponyms: Sequence[Mapping[str, Any]],
) -> tuple[Mention, ...]:
    """Return a mention for each ``{start, end}`` of `toponyms`, in their order."""
    cues = compile_cues(pack)
    found = []
    for toponym in toponyms:
        span = Span(int(toponym["start"]), int(toponym["end"]))
        inside = [i for i, t in enumerate(tokens) if t.start < span.stop and span.start < t.stop]
        names = _names([tokens[i].folded for i in inside], pack, gazetteer)
        hint = None
        if inside:
            item = Spotted(first=inside[0], last=inside[-1], names=(), match="given")
            hint = hint_of(tokens, item, cues)
        found.append(Mention(span=span, text=span.of(text), names=names, hint=hint))
    return tuple(found)


def mentions_in(
    text: str,
    tokens: Sequence[Token],
    sentences: Sequence[Span],
    pack: LanguagePack,
    gazetteer: Gazetteer,
    spans: Sequence[Span],
    ours: Sequence[Mention],
) -> tuple[Mention, ...]:
    """Return a mention for each span, in text order; what our own stage knows of it is kept.

    A span that overlaps one of our mentions keeps its reading: literal or not, role, hint and
    names. The others are literal. Mentions of ours that no span overlaps are left out.
    """
    given = [{"start": span.start, "end": span.stop} for span in sorted(spans)]
    made = mentions_at(text, tokens, sentences, pack, gazetteer, given)
    return tuple(_with_ours(mention, ours) for mention in made)


def _with_ours(mention: Mention, ours: Sequence[Mention]) -> Mention:
    twin = next((m for m in ours if m.span.overlaps(mention.span)), None)
    if twin is None:
        return replace(mention, rules=("recognised",))
    if twin.span == mention.span:
        return replace(twin, rules=(*twin.rules, "recognised"))
    return replace(
        mention,
        names=tuple(dict.fromkeys((*mention.names, *twin.names))),
        hint=mention.hint or twin.hint,
        literal=twin.literal,
        role=twin.role,
        rules=("recognised",),
    )


def _names(words: list[str], pack: LanguagePack, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return what the words may be forms of; the country that a demonym stands for last."""
    if len(words) == 1:
        forms = list(nominative_forms(words[0], pack))
    elif 2 <= len(words) <= 3 and "-" not in words:
        forms = combined_forms(tuple(words), (" ",) * (len(words) - 1), pack, gazetteer.begins)
        forms += nominative_forms(words[0], pack)
    else:
        forms = []
    known = [form for form in dict.fromkeys(forms) if gazetteer.contains(form)][:_MOST_FORMS]
    people = next(filter(None, map(gazetteer.demonym, (" ".join(words), *words))), None)
    return (*known, people.name) if people else tuple(known)
