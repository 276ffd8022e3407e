"""Numbers as the news writes them: what each is worth, and which count nothing."""

from __future__ import annotations

import pytest

from geo.annotators.quantities import find_quantities, find_rejected_numbers
from geo.annotators.tokens import find_tokens
from geo.languages import load_language

# language, text, then for each quantity: words, low, best, high
COUNTED = [
    ("en", "3 people", [("3", 3, 3, 3)]),
    ("en", "1,200 dead", [("1,200", 1200, 1200, 1200)]),
    ("fr", "1 200 000 déplacés", [("1 200 000", 1.2e6, 1.2e6, 1.2e6)]),
    ("en", "twenty-one soldiers", [("twenty-one", 21, 21, 21)]),
    ("en", "at least five", [("five", 5, 5, None)]),
    ("en", "up to 40 men", [("40", None, 40, 40)]),
    ("en", "about 30 wounded", [("30", None, 30, None)]),
    ("en", "between 15 and 17 dead", [("15 and 17", 15, 15, 17)]),
    ("en", "15-17 dead", [("15-17", 15, 15, 17)]),
    ("en", "dozens of people", [("dozens", 20, None, None)]),
    ("en", "a couple of men", [("a couple", 2, 2, 2)]),
    ("en", "no casualties", [("no", 0, 0, 0)]),
    ("en", "rose from 18 to 21", [("18 to 21", 21, 21, 21)]),
    ("it", "almeno cinque morti", [("cinque", 5, 5, None)]),
    ("it", "una ventina di feriti", [("una ventina", None, 20, None)]),
    ("fr", "dix-huit blessés", [("dix-huit", 18, 18, 18)]),
    ("fr", "vingt-et-un blessés", [("vingt-et-un", 21, 21, 21)]),
    ("fr", "cent-soixante-et-onze morts", [("cent-soixante-et-onze", 171, 171, 171)]),
    ("fr", "soixante et onze morts", [("soixante et onze", 71, 71, 71)]),
    ("uk", "двоє загиблих", [("двоє", 2, 2, 2)]),
    ("ru", "полтора десятка раненых", [("полтора десятка", None, 15, None)]),
    ("ru", "погибли полтысячи", [("полтысячи", None, 500, None)]),
    ("uk", "дві сотні поранених", [("дві сотні", None, 200, None)]),
    ("uk", "десятки поранених", [("десятки", 20, None, None)]),
    ("uk", "майже тисяча поранених", [("тисяча", None, 1000, None)]),
    ("ru", "двадцать одна тысяча раненых", [("двадцать одна тысяча", 21000, 21000, 21000)]),
    ("ru", "пять тысяч двести", [("пять тысяч двести", 5200, 5200, 5200)]),
    ("pl", "pięć osób", [("pięć", 5, 5, 5)]),
    ("pl", "mówi o dwudziestu pięciu zabitych", [("dwudziestu pięciu", 25, 25, 25)]),
    ("uk", "шістнадцятеро людей", [("шістнадцятеро", 16, 16, 16)]),
    ("it", "tra i 15 e i 17 militari", [("15 e i 17", 15, 15, 17)]),
    ("fr", "de 110 à 180 personnes", [("110 à 180", 110, 110, 180)]),
    ("fr", "le bilan est passé de 110 à 180", [("110 à 180", 180, 180, 180)]),
    ("de", "In Charkiw starben acht. Mehr", [("acht", 8, 8, 8)]),
    ("de", "Splitter verletzten 28.", [("28", 28, 28, 28)]),
    ("en", "Three people, aged 23, 45 and 67, were hurt", [("Three", 3, 3, 3)]),
    ("en", "Two men, 45 and 51, and 3 women", [("Two", 2, 2, 2), ("3", 3, 3, 3)]),
    ("en", "two men (45 and 51) were hurt", [("two", 2, 2, 2)]),
    ("en", "people aged 40 to 60 were hurt", []),
    ("en", "People, 5", [("5", 5, 5, 5)]),
    ("en", "a man, ², was hurt", [("a", 1, 1, 1)]),
    ("de", "zwei Männer (45 und 51)", [("zwei", 2, 2, 2)]),
    ("de", "eine vierköpfige Familie", [("vierköpfige", 4, 4, 4)]),
    ("pl", "czteroosobową rodzinę", [("czteroosobową", 4, 4, 4)]),
    ("es", "y una mujer de 51 resultaron heridos", [("una", 1, 1, 1)]),
    ("it", "e una donna di 51 sono rimasti feriti", [("una", 1, 1, 1)]),
    ("en", "a family of four died", [("four", 4, 4, 4)]),
    ("es", "una familia de cuatro personas", [("cuatro", 4, 4, 4)]),
    ("ru", "семью из четырёх человек", [("четырёх", 4, 4, 4)]),
    ("en", "half a dozen wounded", [("half a dozen", None, 6, None)]),
    ("en", "half a million people", [("half a million", None, 500_000, None)]),
    ("en", "half of the dozen", [("half", 0.5, 0.5, 0.5), ("dozen", None, 12, None)]),
    ("en", "none of the five passengers", [("none of the five", 0, 0, 0)]),
    ("es", "ninguno de los 12 drones", [("ninguno de los 12", 0, 0, 0)]),
    ("es", "mataron a no menos de 150 personas", [("no", 0, 0, 0), ("150", 150, 150, None)]),
    ("en", "an elderly couple", [("couple", 2, 2, 2)]),
    ("en", "half a square mile", [("half a", 0.5, 0.5, 0.5)]),
    ("fr", "un demi-kilomètre", [("un demi-", 0.5, 0.5, 0.5)]),
    ("de", "ein halber Kilometer", [("ein halber", 0.5, 0.5, 0.5)]),
    ("es", "medio centenar de heridos", [("medio centenar", None, 50, None)]),
    ("es", "dos docenas de heridos", [("dos docenas", None, 24, None)]),
    ("es", "decenas de heridos", [("decenas", 20, None, None)]),
    ("fr", "trois centaines de blessés", [("trois centaines", None, 300, None)]),
    ("it", "due decine di feriti", [("due decine", None, 20, None)]),
    ("es", "una media docena", [("una media docena", None, 6, None)]),
    ("fr", "une demi-douzaine de blessés", [("une demi-douzaine", None, 6, None)]),
    ("it", "mezzo centinaio di feriti", [("mezzo centinaio", None, 50, None)]),
    ("de", "ein halbes Dutzend", [("ein halbes Dutzend", None, 6, None)]),
    ("pl", "pół tuzina rannych", [("pół tuzina", None, 6, None)]),
    ("ru", "полдюжины раненых", [("полдюжины", 6, 6, 6)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTED)
def test_what_counts(language, text, expected):
    pack = load_language(language)
    found = find_quantities(find_tokens(text, pack), pack)
    assert [(q.text, q.low, q.best, q.high) for q in found] == expected
    assert all(text[q.span.start : q.span.stop] == q.text for q in found)


# language, text with one number, and why it counts nothing
NOT_COUNTED = [
    ("en", "99999999999999999999 people", "more than there are people"),
    ("fr", "9 999 999 999 999 morts", "more than there are people"),
    ("en", "an S-300 missile", "part of a code"),
    ("en", "at 10:30", "a time"),
    ("it", "due donne di 60 e 72 anni", "an age, a share, a date or a rank"),
    ("es", "dos mujeres de 60 y 72 años", "an age, a share, a date or a rank"),
    ("en", "15% of homes", "a percentage"),
    ("en", "the 3rd brigade", "an ordinal or a code"),
    ("en", "a 72-year-old", "an ordinal or an age"),
    ("en", "the ten-year-old girl", "an ordinal or an age"),
    ("de", "am 28. Mai", "an age, a share, a date or a rank"),
    ("en", "in 2023", "a year"),
    ("en", "Killed in 2023: see below", "a year"),
    ("en", "at 47.7912345 N", "a coordinate"),
    ("en", "Ihor Petrenko, 23, was shot dead", "an age"),
    ("en", "the surgeon, 40, died", "an age"),
    ("en", "a truck driver from Poland, 42, was hurt", "an age"),
    ("it", "il padre, 35, e due figli", "an age"),
    ("de", "Oksana, 61, und ihr Mann", "an age"),
    ("en", "a child of two was hurt", "an age, a number of something or a rank"),
    ("en", "15 of 17 drones", "the whole that a part was given of"),
    ("it", "di 72 anni", "an age, a share, a date or a rank"),
    ("en", "1. Kupiansk: shelling", "the number of an item in a list"),
    ("en", "Shelling.\n\n3. Near Lyman a man died", "the number of an item in a list"),
    ("en", "hit: 2) Lyman", "the number of an item in a list"),
    ("fr", "deux enfants de 4 et 7 ans", "an age, a share, a date or a rank"),
    ("ru", "двое детей 4 и 7 лет", "an age, a share, a date or a rank"),
    ("fr", "15 des 18 drones", "the whole that a part was given of"),
    ("de", "15 der 18 Drohnen", "the whole that a part was given of"),
    ("it", "ha perso due dita", "parts of a body"),
    ("it", "cinque chilometri a nord", "a distance"),
    ("en", "some 5 to 6 miles away", "a distance"),
    ("uk", "за шість кілометрів від кордону", "a distance"),
    ("ru", "в 400 метрах от школы", "a distance"),
    ("de", "sechs Kilometer entfernt", "a distance"),
    ("fr", "à 30 km de la ville", "a distance"),
    ("es", "a unos 30 kilómetros de la frontera", "a distance"),
    ("pl", "sześć kilometrów od granicy", "a distance"),
]


@pytest.mark.parametrize(
    ("language", "text"),
    [("it", "40 chilometri quadrati"), ("en", "12 square km near Lyman"), ("fr", "3 km carrés"),
     ("ru", "12 км кв"), ("pl", "5 kilometrów kwadratowych"), ("en", "(up to 7) people"),
     ("en", "The toll: 7. More died")],
)  # fmt: skip
def test_what_is_no_distance_and_no_list(language, text):
    pack = load_language(language)
    assert len(find_quantities(find_tokens(text, pack), pack)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "el 20 por ciento"), ("it", "novanta per cento"), ("fr", "80 pour cent des foyers"),
     ("pt", "20 por cento das casas")],
)  # fmt: skip
def test_a_percentage_counts_nobody(language, text):
    pack = load_language(language)
    assert find_quantities(find_tokens(text, pack), pack) == ()


@pytest.mark.parametrize(("language", "text", "reason"), NOT_COUNTED)
def test_what_counts_nothing(language, text, reason):
    pack = load_language(language)
    found = find_rejected_numbers(find_tokens(text, pack), pack)
    assert reason in [number.reason for number in found]
    assert all(text[n.span.start : n.span.stop] == n.text for n in found)


def test_no_part_of_a_coordinate_is_a_number_of_people():
    pack = load_language("en")
    tokens = find_tokens("Three were killed at 47.7912345, 35.3123456.", pack)
    assert [q.text for q in find_quantities(tokens, pack)] == ["Three"]
