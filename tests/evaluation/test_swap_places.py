"""Swapped items stay gold: offsets, evidence and inflection move along."""

from __future__ import annotations

from random import Random

import pytest

from gazetteer import open_gazetteer
from tests.evaluation.donors import Donor, inflect
from tests.evaluation.swap_places import Swap

INFLECTED = [  # a donor, the pattern's nominative, the surface; what the donor must become
    ("Конотоп", "бахмут", "Бахмутом", None),
    ("Лимант", "бахмут", "Бахмутом", "Лимантом"),
    ("Полтавка", "костянтинівка", "КОСТЯНТИНІВЦІ", "ПОЛТАВЦІ"),
    ("Полтавка", "костянтинівка", "Костянтинівку", "Полтавку"),
    ("Курская область", "харьковская область", "Харьковской области", "Курской области"),
    ("Sumy", "kherson", "KHERSON", "SUMY"),
]


@pytest.mark.parametrize(("donor", "pattern", "surface", "expected"), INFLECTED)
def test_a_donor_is_inflected_as_the_surface_is(donor, pattern, surface, expected):
    assert inflect(donor, pattern, surface) == expected


class OneDonor:
    """Offer one place, whatever is asked for."""

    def __init__(self, donor):
        self.donor = donor

    def of(self, language, country, kind):
        return [self.donor]


def test_offsets_and_evidence_move_along():
    gazetteer = open_gazetteer()
    text = "Quiet day. Shells hit Nikopol on Monday. Nikopol has no water."
    toponyms = [
        {"start": start, "end": start + 7, "surface": "Nikopol", "name": "Nikopol", "kind": "city",
         "lat": 47.57, "lon": 34.40, "literal": True}
        for start in (22, 41)
    ]  # fmt: skip
    item = {
        "id": "x",
        "lang": "en",
        "text": text,
        "toponyms": toponyms,
        "events": [{"place": 0, "evidence": [11, 40]}, {"place": 1, "evidence": [41, 62]}],
    }
    (place,) = [
        c.place for c in gazetteer.lookup("Kryvyi Rih") if (c.place.population or 0) > 100_000
    ][:1]
    region = gazetteer.lookup("Nikopol")
    assert any(c.place.admin.admin1 == place.admin.admin1 for c in region)
    swap = Swap(item, gazetteer, OneDonor(Donor(place=place, name="Kryvyirih")), Random(1))
    swapped = swap.run()
    assert swapped["text"] == text.replace("Nikopol", "Kryvyirih")
    for toponym in swapped["toponyms"]:
        assert swapped["text"][toponym["start"] : toponym["end"]] == "Kryvyirih"
        assert (toponym["lon"], toponym["lat"]) == (place.lon, place.lat)
    quotes = [swapped["text"][slice(*event["evidence"])] for event in swapped["events"]]
    assert quotes == ["Shells hit Kryvyirih on Monday.", "Kryvyirih has no water."]
