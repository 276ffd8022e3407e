"""Names are known by their sound, whichever language's habit spells them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.sounds import likeness, sounds

SAME = [
    ("Jabrud", "Yabrud"), ("Dschasim", "Jasim"), ("Manbidż", "Manbij"), ("Хавіджа", "Hawija"),
    ("Haouija", "Hawija"), ("Hauiya", "Hawija"), ("Чаусе", "Kyaukse"), ("Чаукме", "Kyaukme"),
    ("Ash-Shati", "Esz-Szati"), ("Azzawayda", "Az Zawayda"), ("Мьинджан", "Myingyan"),
    ("Khan Scheichun", "Хан-Шейхун"), ("Zindjibar", "Sindschibar"), ("Yisr", "Jisr"),
    ("Achalgori", "Akhalgori"), ("Łoldija", "Woldia"), ("Butheidaung", "Butidaung"),
]  # fmt: skip
OTHER = [
    ("Azawad", "Bamako"), ("Homs", "Hama"), ("Kirkuk", "Karbala"), ("Mezzeh", "Homs"),
    ("Bachoura", "Nabatiye"), ("Gboko", "Chibok"), ("Batrun", "Aitaroun"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_spelt_by_two_habits_are_alike(one: str, other: str) -> None:
    assert likeness(*sounds([one, other])) >= 0.8


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_names_are_not(one: str, other: str) -> None:
    assert likeness(*sounds([one, other])) < 0.8


HEARD = st.text("abdehijklmnostuvwyzSCZJHGTDPNQXLx", max_size=10)


@given(HEARD, HEARD)
def test_likeness_is_a_share_and_whole_for_itself(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, one) == 1.0


@given(st.lists(st.text(max_size=12), max_size=20))
def test_names_sound_together_as_they_do_alone(names: list[str]) -> None:
    assert sounds(names) == [sounds([name])[0] for name in names]


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("Dżasim", "SY", "Jāsim"),
        ("Чаусе", "MM", "Kyaukse"),
        ("Haggia", "YE", "Ḩajjah"),
        ("Kirjat Szemona", "IL", "Qiryat Shmona"),
    ],
)
def test_a_countrys_places_are_heard(
    embedded: Gazetteer, name: str, country: str, place: str
) -> None:
    found = embedded.heard(name, country)
    assert found[0].place.name == place
    assert {c.match for c in found} == {"heard"}
    assert {c.place.admin.country for c in found} == {country}
    assert [c.similarity for c in found] == sorted((c.similarity for c in found), reverse=True)


@pytest.mark.parametrize(
    ("name", "country"),
    [("Kharkiw", "UA"), ("Ru", "MM"), ("Kyaukse", "ZZ"), ("北京", "MM"), ("", "MM")],
)
def test_nothing_is_heard_of_short_names_or_in_the_largest_countries(
    embedded: Gazetteer, name: str, country: str
) -> None:
    assert embedded.heard(name, country) == ()


def test_a_small_index_is_heard(tiny: Gazetteer) -> None:
    assert [c.place.name for c in tiny.heard("Ştepneh", "UA")] == ["Stepne", "Stepne"]
