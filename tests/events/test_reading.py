"""What a careful coder reads in a sentence: figures, whose they are, and what is no figure."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer import open_gazetteer
from geo.models import Document
from geo.pipeline import extract

FIGURES = [
    ("en", "Shells killed two people in Nikopol and wounded five in Marhanets.",
     [("Nikopol", 2, None), ("Marhanets", None, 5)]),
    ("en", "Shelling killed a man and his son in Nikopol.", [("Nikopol", 2, None)]),
    ("en", "Rockets killed seven people, including two children, in Kramatorsk.",
     [("Kramatorsk", 7, None)]),
    ("en", "The death toll of the missile strike on Odesa rose from 18 to 21.",
     [("Odesa", 21, None)]),
    ("en", "A drone hit a farm near Kupiansk; nobody was hurt.", [("Kupiansk", 0, 0)]),
    ("en", "Four members of a family were killed by a bomb in Sumy.", [("Sumy", 4, None)]),
    ("en", "Six S-300 missiles hit Kharkiv, killing three people aged 40 to 60.",
     [("Kharkiv", 3, None)]),
    ("it", "Tre morti a Nikopol, due a Marhanets nel bombardamento di ieri.",
     [("Nikopol", 3, None), ("Marhanets", 2, None)]),
    ("it", "Un drone ha ucciso due persone e ne ha ferite sette a Kherson.", [("Kherson", 2, 7)]),
    ("fr", "Dix-huit personnes ont été tuées par un missile à Odessa.", [("Odessa", 18, None)]),
    ("de", "Bei einem Luftangriff auf Sumy starben drei Menschen, fünf wurden verletzt.",
     [("Sumy", 3, 5)]),
    ("uk", "Унаслідок обстрілу Нікополя загинули двоє людей, семеро поранені.",
     [("Нікополя", 2, 7)]),
    ("ru", "При обстреле Никополя погибли двое, пострадавших нет.", [("Никополя", 2, 0)]),
    ("pl", "W ostrzale Nikopola zginęły dwie osoby, a pięć zostało rannych.",
     [("Nikopola", 2, 5)]),
    ("es", "Un misil mató a tres personas e hirió a diez en Odesa.", [("Odesa", 3, 10)]),
    ("es", "Un matrimonio y su hija murieron cerca de Snihurivka al pisar una mina.",
     [("Snihurivka", 3, None)]),
    ("fr", "Un général est mort dans l'explosion d'une voiture piégée à Balachikha.",
     [("Balachikha", 1, None)]),
    ("pl", "W Charkowie zginęło małżeństwo i ich syn.", [("Charkowie", 3, None)]),
    ("ru", "По Бериславу выпустили двадцать снарядов, погибших нет, ранена медсестра.",
     [("Бериславу", 0, 1)]),
    ("uk", "У Нікополі ворог обстріляв склад, потерпілих немає.", [("Нікополі", 0, 0)]),
    # Two places are named, and told apart by words alone.
    ("en", "Rockets hit Lozova and Izium on Monday; three people died in the latter.",
     [("Lozova", None, None), ("Izium", 3, None)]),
    ("de", "Raketen trafen Sumy und Konotop: zwei Tote in der ersten, fünf Verletzte in der "
     "zweiten Stadt.", [("Sumy", 2, None), ("Konotop", None, 5)]),
    ("fr", "L'aviation a visé Jibchit et Zawtar : huit morts dans la première localité, trois "
     "blessés dans la seconde.", [("Jibchit", 8, None), ("Zawtar", None, 3)]),
    ("es", "Drones alcanzaron Izium y Lozova: dos muertos en la primera y cinco heridos en la "
     "segunda.", [("Izium", 2, None), ("Lozova", None, 5)]),
    ("pl", "Rakiety spadły na Sumy i Konotop; w pierwszym zginęły dwie osoby, w drugim ranne są "
     "cztery.", [("Sumy", 2, None), ("Konotop", None, 4)]),
    ("ru", "Ракеты ударили по Сумам и Конотопу: в первом погибли двое, во втором ранены пятеро.",
     [("Сумам", 2, None), ("Конотопу", None, 5)]),
    # As many numbers as places, in their order.
    ("en", "Shells killed nine people in Kupiansk; 9 and 4 people were wounded in Nikopol and "
     "Marhanets, respectively.",
     [("Kupiansk", 9, None), ("Nikopol", None, 9), ("Marhanets", None, 4)]),
    ("it", "A Nikopol e Marhanets sono morte rispettivamente tre e due persone.",
     [("Nikopol", 3, None), ("Marhanets", 2, None)]),
    ("fr", "Trois et deux civils ont été tués à Nikopol et Marhanets respectivement.",
     [("Nikopol", 3, None), ("Marhanets", 2, None)]),
    ("es", "En Níkopol y Marganets murieron tres y dos personas, respectivamente.",
     [("Níkopol", 3, None), ("Marganets", 2, None)]),
    ("pl", "W Nikopolu i Marhańcu zginęły odpowiednio trzy i dwie osoby.",
     [("Nikopolu", 3, None), ("Marhańcu", 2, None)]),
    ("uk", "У Нікополі та Марганці поранено відповідно трьох і п'ятьох людей.",
     [("Нікополі", None, 3), ("Марганці", None, 5)]),
    ("ru", "В Никополе и Марганце ранены соответственно трое и пятеро.",
     [("Никополе", None, 3), ("Марганце", None, 5)]),
    # What is no figure of its own: a day of a month, the number of a school, a victim told twice.
    ("es", "Once civiles murieron en la noche del 31 de julio en Níkopol.",
     [("Níkopol", 11, None)]),
    ("it", "Un raid aereo ha danneggiato la scuola n. 5 di Zlatopil e ferito il bidello.",
     [("Zlatopil", None, 1)]),
    ("uk", "Удар по Кременчуку: постраждала одна людина.", [("Кременчуку", None, 1)]),
    ("uk", "Вранці дрон атакував швидку в Козацькому: фельдшерка загинула, водій не поранений.",
     [("Козацькому", 1, 0)]),
    ("en", "A bomb killed ten people in Mogadishu, among them a journalist.",
     [("Mogadishu", 10, None)]),
    ("it", "Settanta persone, tra cui dieci donne e tre neonati, sono state uccise giovedì a "
     "Pont-Sondé da una banda.", [("Pont-Sondé", 70, None)]),
    ("pl", "W Nikopolu ranny został kierowca karetki.", [("Nikopolu", None, 1)]),
]  # fmt: skip
AREAS = [
    ("en", "Ukrainian troops liberated 3 square kilometres near Bakhmut last week, 40 in total.",
     [(3, "liberated", False), (40, "liberated", True)]),
    ("en", "Russian forces captured 12 square kilometres near Pokrovsk last week.",
     [(12, "captured", False)]),
    ("it", "Dall'inizio dell'offensiva gli ucraini hanno liberato 51 chilometri quadrati a "
     "Bakhmut.", [(51, "liberated", True)]),
    ("uk", "За тиждень росіяни окупували 18 квадратних кілометрів біля Покровська.",
     [(18, "captured", False)]),
    ("es", "En Sumy el dron ha matado a cinco personas y ha herido a veinte. Por otra explosión, "
     "en un mercado de Níkopol, los muertos son dos: una mina, dice el alcalde.", []),
    ("it", "La scorsa settimana i russi hanno occupato 250 ha vicino a Pokrovsk.",
     [(2.5, "captured", False)]),
]  # fmt: skip
NOTHING = [
    ("en", "The army plans to attack Nikopol next week."),
    ("en", "The president met the mayor of Nikopol in Warsaw on Monday."),
    ("it", "Il governatore ha visitato Nikopol lunedì."),
    ("de", "Der Bürgermeister von Sumy sprach am Montag in Berlin."),
]


def events_of(language, text):
    document = Document(id="t", text=text, language=language, published=date(2024, 5, 15))
    return extract(document, open_gazetteer()).events


def best(quantity):
    return None if quantity is None else quantity.best


@pytest.mark.parametrize(("language", "text", "expected"), FIGURES)
def test_figures_and_their_places(language, text, expected):
    read = [
        (e.place.mention.text, best(e.killed), best(e.injured)) for e in events_of(language, text)
    ]
    assert read == expected


@pytest.mark.parametrize(("language", "text", "expected"), AREAS)
def test_areas_with_direction_and_scope(language, text, expected):
    read = [
        (e.area.best, e.area_direction, e.cumulative) for e in events_of(language, text) if e.area
    ]
    assert read == expected


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_nothing_happened(language, text):
    assert events_of(language, text) == ()
