"""Claims beside the killed and injured: other figures, who says so, how sure."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.models import Document, Event
from geo.pipeline import extract

FIELDS = ("missing", "detained", "displaced")


def events_of(language: str, text: str) -> tuple[Event, ...]:
    document = Document(id="a", text=text, language=language, published=date(2024, 5, 15))
    return extract(document, open_gazetteer()).events


def figures_of(event: Event) -> dict[str, float | None]:
    return {name: q.best for name in FIELDS if (q := getattr(event, name)) is not None}


FIGURES = [
    ("en", "Some 300 residents were evacuated from Vovchansk on Friday.", {"displaced": 300}),
    ("en", "A missile hit Izium on Monday, killing two people. Three people are missing under the "
     "rubble.", {"missing": 3}),
    ("en", "At least 20,000 people fled El Fasher after clashes on Sunday.", {"displaced": 20000}),
    ("en", "A missile hit a block of flats in Izium on Monday; four people are trapped.",
     {"missing": 4}),
    ("it", "Cinque dispersi e due morti a Dnipro dopo l'attacco missilistico di ieri.",
     {"missing": 5}),
    ("it", "Circa 1.200 abitanti sono stati evacuati lunedì da Pokrovsk, ha detto il sindaco.",
     {"displaced": 1200}),
    ("uk", "З Вовчанська у п'ятницю евакуювали 1200 людей.", {"displaced": 1200}),
    ("uk", "Унаслідок удару по Харкову загинули двоє людей, ще п'ятеро вважаються зниклими "
     "безвісти.", {"missing": 5}),
    ("ru", "В Белгороде задержаны 12 человек.", {"detained": 12}),
    ("ru", "При обстреле Шебекино погибли двое, трое пропали без вести.", {"missing": 3}),
    ("de", "Die Polizei nahm in Tiflis 60 Demonstranten fest.", {"detained": 60}),
    ("de", "Nach dem Raketenangriff auf Charkiw werden drei Menschen vermisst.", {"missing": 3}),
    ("fr", "Quelque 4 000 habitants ont fui Bunagana après les combats de lundi.",
     {"displaced": 4000}),
    ("es", "Unas 700 personas fueron evacuadas de Járkov el lunes.", {"displaced": 700}),
    ("es", "Dos muertos y cuatro desaparecidos en Odesa tras el ataque con misiles, informó la "
     "policía.", {"missing": 4}),
    ("pl", "Z Wołczańska ewakuowano w piątek 300 mieszkańców.", {"displaced": 300}),
    ("pl", "W Mińsku zatrzymano w niedzielę 40 osób.", {"detained": 40}),
    ("pt", "Cerca de 900 moradores foram evacuados de Carcóvia na segunda-feira.",
     {"displaced": 900}),
    # Households are no persons, the killed are not missing, whoever is only to go has not gone.
    ("en", "Some 40 families were evacuated from Kupiansk on Monday.", {}),
    ("en", "A missile struck Izium on Monday, killing two people and wounding five.", {}),
    ("en", "A missile struck Izium on Monday, destroying 40 houses; residents were evacuated.", {}),
    ("en", "A missile struck Izium on Monday; the mayor plans to evacuate 300 residents.", {}),
    ("en", "An Israeli strike hit the refugee camp at Jenin on Monday, killing nine people.", {}),
    ("en", "Troops raided Rafah on Monday to liberate two hostages; strikes killed 67 people.", {}),
    ("en", "Shelling hit Sumy on Friday, where 90 prisoners of war were exchanged.", {}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "figures"), FIGURES)
def test_the_missing_detained_and_displaced(language, text, figures):
    events = events_of(language, text)
    assert events
    told: dict[str, float | None] = {}
    for event in events:
        found = figures_of(event)
        assert not found.keys() & told.keys(), "a number counts once"
        told |= found
    assert told == figures


def test_a_figure_is_a_claim_with_its_sentence():
    (event,) = events_of("en", FIGURES[1][1])
    claim = next(claim for claim in event.claims if claim.kind == "missing")
    assert claim.rule == "number:missing (person, near missing)"
    assert claim.quantity == event.missing
    assert [e.sentence_index for e in event.evidence] == [0, 1]
    assert claim.evidence == event.evidence[1].span


SPEAKERS = [
    ("en", "A drone killed two people in Kupiansk, the regional governor said.",
     "the regional governor"),
    ("en", "Kharkiv governor Oleh Syniehubov said a drone killed two people in Kupiansk, and the "
     "mayor confirmed it.", "Kharkiv governor"),
    ("en", "The Russian defence ministry said its troops captured the village of Robotyne.",
     "The Russian defence ministry"),
    ("en", "Two soldiers died in shelling near Avdiivka, Ukraine's general staff said.",
     "Ukraine's general staff"),
    ("en", "Moscow said its troops captured the village of Robotyne on Monday.", "Moscow"),
    ("en", "A drone killed Olena Koval in Kupiansk, her brother Petro Koval said.", None),
    ("en", "A drone killed two people in Kupiansk on Monday.", None),
    ("en", "A drone strike on Izium killed one woman and injured three people, police said.",
     "police"),
    ("it", "Due morti a Dnipro nell'attacco missilistico di ieri, ha riferito il ministero "
     "dell'Interno ucraino.", "il ministero dell'Interno ucraino"),
    ("it", "Un drone ha ucciso due persone a Kupiansk, ha detto il governatore della regione di "
     "Kharkiv.", "il governatore della regione di Kharkiv"),
    ("uk", "Унаслідок удару по Харкову загинули двоє людей, повідомила обласна прокуратура.",
     "обласна прокуратура"),
    ("ru", "При обстреле Шебекино погибли двое, сообщило министерство обороны России.",
     "министерство обороны России"),
    ("de", "Beim Raketenangriff auf Charkiw starben drei Menschen, teilte das ukrainische "
     "Innenministerium mit.", "das ukrainische Innenministerium"),
    ("fr", "Un drone a tué deux personnes à Koupiansk, selon le ministère de la Défense.",
     "le ministère de la Défense"),
    ("es", "Dos muertos en Odesa tras el ataque con misiles, informó la policía.", "la policía"),
    ("pl", "W ataku drona na Kupiańsk zginęły dwie osoby, poinformował gubernator obwodu "
     "charkowskiego.", "gubernator obwodu charkowskiego"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "speaker"), SPEAKERS)
def test_who_says_so_is_an_office_or_a_body(language, text, speaker):
    event, *_ = events_of(language, text)
    assert event.claimed_by == speaker
    assert {claim.source for claim in event.claims} == {speaker}


STATUS = [
    ("en", "A drone killed two people in Kupiansk, the governor said.", "claimed"),
    ("en", "A drone killed two people in Kupiansk, the mayor confirmed.", "confirmed"),
    ("en", "A drone killed two people in Kupiansk, the mayor said; the army has not confirmed it.",
     "claimed"),
    ("en", "The Russian defence ministry said its troops captured the village of Robotyne; Kyiv "
     "denied it.", "disputed"),
    ("en", "Moscow denied that its missile struck the hospital in Kherson on Monday.", "denied"),
    ("en", "A missile struck the hospital in Kherson on Monday, the mayor said. Moscow denied it.",
     "disputed"),
    ("uk", "Російські війська захопили село Роботине, заявили в Міноборони РФ, але Генштаб ЗСУ це "
     "заперечив.", "disputed"),
    ("it", "Un drone ha ucciso due persone a Kupiansk, conferma il sindaco.", "confirmed"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "status"), STATUS)
def test_how_sure_a_claim_is(language, text, status):
    event, *_ = events_of(language, text)
    assert event.claim_status == status


SIDES = [
    ("en", "Russian artillery shelled Nikopol yesterday, killing two people.",
     {"Russia": "attacker"}, ("artillery",)),
    ("en", "A Ukrainian drone struck Russian troops near Belgorod on Monday.",
     {"Ukraine": "attacker", "Russia": "target"}, ("drone",)),
    ("en", "A missile hit Izium, while a drone struck Kupiansk on Monday.", {}, ("missile",)),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "actors", "weapons"), SIDES)
def test_actors_and_the_weapon_of_the_clause(language, text, actors, weapons):
    event, *_ = events_of(language, text)
    assert (dict(event.actors), event.weapons) == (actors, weapons)
