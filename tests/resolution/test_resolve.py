"""A name is read with the others around it; what is not known is not invented."""

import pytest

from geo.models import Document
from geo.pipeline import annotate

# text, language, {mention: the id it means}
CASES = [
    ("Two died in Zolochiv in the Kharkiv region.", "en", {"Zolochiv": "gn:686895"}),
    ("In Zolochiv in the Lviv region two people died.", "en", {"Zolochiv": "gn:686896"}),
    ("A man from Alexandria, Louisiana, was arrested.", "en", {"Alexandria": "gn:4314550"}),
    (
        "Il villaggio di Stepne vicino a Zaporizhzhia è stato colpito.",
        "it",
        {"Stepne": "gn:692554"},
    ),
    ("Un bombardamento nella regione di Kharkiv.", "it", {"Kharkiv": "gn:706482"}),
    ("Un bombardamento su Kharkiv.", "it", {"Kharkiv": "gn:706483"}),
    (
        "Attaccata la centrale nucleare di Zaporizhzhia.",
        "it",
        {"centrale nucleare di Zaporizhzhia": "region:zaporizhzhia-npp"},
    ),
    ("Des pêcheurs du lac Tchad ont été tués.", "fr", {"lac Tchad": "region:lake-chad"}),
    ("Удар по Білій Церкві, поблизу Білої Церкви троє загиблих.", "uk",
     {"Білій Церкві": "gn:712165", "Білої Церкви": "gn:712165"}),
    ("У Горішніх Плавнях і Кривому Розі гасять пожежі.", "uk",
     {"Горішніх Плавнях": "gn:6559559", "Кривому Розі": "gn:703845"}),
]  # fmt: skip


def resolved(text, lang, gazetteer):
    return annotate(Document(id="x", text=text, language=lang), gazetteer).resolutions


@pytest.mark.parametrize(("text", "lang", "meant"), CASES)
def test_the_words_around_a_name_choose_its_place(text, lang, meant, gazetteer):
    found = {r.mention.text: r.place.id for r in resolved(text, lang, gazetteer) if r.place}
    assert {name: found.get(name) for name in meant} == meant


def test_a_river_is_put_at_its_part_near_the_place_named_with_it(gazetteer):
    found = resolved("Drones hit the port of Izmail on the Danube.", "en", gazetteer)
    danube = next(r for r in found if r.place.feature_code == "STM")
    izmail = next(r for r in found if r.place.feature_class == "P")
    assert abs(danube.lon - izmail.lon) < 1.5
    assert danube.radius_km <= 50
    assert any(izmail.place.name in reason for reason in danube.explanation)


def test_one_name_has_one_sense_in_a_document(gazetteer):
    text = (
        "Stepne was shelled. Officials of the Zaporizhzhia region came to Stepne near Zaporizhzhia."
    )
    ids = {r.place.id for r in resolved(text, "en", gazetteer) if r.mention.text == "Stepne"}
    assert ids == {"gn:692554"}


BULLETIN = (
    "Сумська обл.: авіаудар по с. Миропілля, двоє загиблих.\n"
    "Херсонська обл.: дрон атакував автобус у с. Микільське, семеро поранених."
)


def test_a_line_that_a_region_labels_is_about_that_region(gazetteer):
    """Sumy oblast has a Mykilske, too, near the places that the line before names."""
    found = {r.mention.text: r.place for r in resolved(BULLETIN, "uk", gazetteer) if r.place}
    assert found["Микільське"].admin.admin1 == "08"
    assert found["Миропілля"].admin.admin1 == "21"


LABELLED = [
    (
        "Kharkiv region: a glide bomb hit Ivanivka, two dead.\n"
        "Mykolaiv region: drones over Ochakiv.\nSumy region: a man was killed in Pokrovka.",
        "en",
        {"Ivanivka": "07", "Pokrovka": "21"},
    ),
    (
        "Regione di Dnipropetrovsk: colpita Pokrovske, un morto.\n"
        "Regione di Chernihiv: droni su Semenivka.",
        "it",
        {"Pokrovske": "04", "Semenivka": "02"},
    ),
    (
        "Région de Soumy : une bombe sur Bilopillia.\n"
        "Région de Zaporijjia : Novooleksandrivka bombardée.",
        "fr",
        {"Bilopillia": "21", "Novooleksandrivka": "26"},
    ),
    (
        "Región de Donetsk: bombardeo en Oleksandrivka.\nRegión de Járkov: un dron contra Borova.",
        "es",
        {"Oleksandrivka": "05", "Borova": "07"},
    ),
    (
        "Gebiet Donezk: In Mykolajiwka drei Verletzte.\nGebiet Charkiw: Drohne auf Solotschiw.",
        "de",
        {"Mykolajiwka": "05", "Solotschiw": "07"},
    ),
    (
        "Донецкая область: обстрел Александровки.\nХарьковская область: беспилотник в Боровой.",
        "ru",
        {"Александровки": "05", "Боровой": "07"},
    ),
    (
        "Дніпропетровська область: обстріл Покровського.\n"
        "Чернігівська область: удар по Семенівці. Миколаївщина: обстріляно Первомайське.",
        "uk",
        {"Покровського": "04", "Семенівці": "02"},
    ),
]


@pytest.mark.parametrize(("text", "lang", "regions"), LABELLED)
def test_labels_of_lines_are_read_in_all_languages(text, lang, regions, gazetteer):
    found = {r.mention.text: r.place for r in resolved(text, lang, gazetteer) if r.place}
    assert {name: found[name].admin.admin1 for name in regions} == regions


COUNTRY_WORDS = [
    ("Colpite Khartoum e Omdurman. Il Paese è allo stremo.", "Sudan", "PCLI"),
    ("A Treviso e a Paese, in Veneto, due feriti.", "Paese", "PPLA3"),
]


@pytest.mark.parametrize(("text", "name", "code"), COUNTRY_WORDS)
def test_the_country_is_the_one_the_text_is_about(text, name, code, gazetteer):
    found = {r.mention.text: r.place for r in resolved(text, "it", gazetteer) if r.place}
    if "Paese" in found:  # an early reader may take it for no name at all
        assert (found["Paese"].name, found["Paese"].feature_code) == (name, code)


def test_confidences_of_the_candidates_and_of_none_add_up_to_one(gazetteer):
    for resolution in resolved("Fighting near Ivanivka and Vesele.", "en", gazetteer):
        scores = [ranked.score for ranked in resolution.candidates]
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) <= 1.001
        assert all(ranked.reasons for ranked in resolution.candidates[:1])


def test_an_unknown_village_is_put_near_the_settlement_of_its_sentence(gazetteer):
    text = "Two died in the village of Brumbelino near Kupiansk. The village of Brumbelino burns."
    unknown, kupiansk, again = resolved(text, "en", gazetteer)
    assert (unknown.lon, unknown.lat) == (kupiansk.lon, kupiansk.lat)
    assert (unknown.geo_precision, unknown.radius_km, unknown.method) == (2, 25.0, "unit")
    assert unknown.confidence < 0.5
    assert unknown.place.id == again.place.id == "text:brumbelino" != kupiansk.place.id
    assert "which the document names beside it" in unknown.explanation[0]


NOT_BESIDE = [
    "Two died in the village of Brumbelino. Kupiansk is quiet.",  # another sentence
    "Two died in the village of Brumbelino in the Kharkiv region.",  # far too wide
    "Two died in the village of Brumbelino.",
]


@pytest.mark.parametrize("text", NOT_BESIDE)
def test_an_unknown_village_without_a_neighbour_stays_unresolved(text, gazetteer):
    unknown = resolved(text, "en", gazetteer)[0]
    assert (unknown.place, unknown.geo_precision) == (None, 9)
