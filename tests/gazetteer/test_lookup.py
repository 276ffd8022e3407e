import pytest

from gazetteer import Gazetteer, UnknownPlaceError

NAMES = [
    # name, places best-known first, match of the first
    ("Stepne", ["gn:11", "gn:10"], "exact"),
    ("STEPNE", ["gn:11", "gn:10"], "folded"),
    ("Сте́пне", ["gn:11", "gn:10"], "folded"),  # a stress mark
    ("Куп'янськ", ["gn:13"], "folded"),  # another apostrophe
    ("Kupyansk", ["gn:13"], "exact"),
    ("new  york", ["gn:14"], "folded"),
    ("Atlantis", [], None),
    ("", [], None),
]


@pytest.mark.parametrize(("name", "ids", "match"), NAMES)
def test_lookup(tiny: Gazetteer, name: str, ids: list[str], match: str | None) -> None:
    found = tiny.lookup(name)
    assert [candidate.place.id for candidate in found] == ids
    assert not found or (found[0].match, found[0].similarity) == (match, 1.0)


PREFIXES = [
    ("stepne and more", ["stepne"]),
    ("west oblast today", ["west", "west oblast"]),
    ("nowhere", []),
    ("нью-йорк", ["нью-йорк"]),
]


@pytest.mark.parametrize(("text", "names"), PREFIXES)
def test_prefixes(tiny: Gazetteer, text: str, names: list[str]) -> None:
    assert tiny.prefixes(text) == names
    assert all(tiny.contains(name) for name in names)


def test_a_name_goes_on_where_another_word_follows(tiny: Gazetteer) -> None:
    assert tiny.goes_on("west")
    assert tiny.goes_on("нью")
    assert not tiny.goes_on("stepne")
    assert not tiny.goes_on("wes")
    assert not tiny.goes_on("nowhere")


def test_contains_folded_names_only(tiny: Gazetteer) -> None:
    assert tiny.contains("stepne")
    assert not tiny.contains("Stepne")


SOUNDS = [
    # name in another habit, the place it means
    ("Saporischschja", "gn:12"),
    ("Zaporižžja", "gn:12"),
    ("Zaporijia", "gn:12"),
    ("Zaporiyia", "gn:12"),
    ("Zaporoże", "gn:12"),
    ("Запорожье", "gn:12"),
    ("Kup'jansk", "gn:13"),
    ("Koupiansk", "gn:13"),
    ("Купянск", "gn:13"),
    ("Robotino", "gn:15"),
    ("Роботино", "gn:15"),
]


@pytest.mark.parametrize(("name", "place_id"), SOUNDS)
def test_transliterated(tiny: Gazetteer, name: str, place_id: str) -> None:
    first = tiny.transliterated(name)[0]
    assert first.place.id == place_id
    assert first.match == "transliterated"
    assert 0.7 < first.similarity < 1


def test_transliterated_leaves_out_what_lookup_finds(tiny: Gazetteer) -> None:
    assert tiny.transliterated("Kupyansk") == ()


MISSPELT = [
    ("Zaporizhzhai", "gn:12"),  # swapped
    ("Zaporizhia", "gn:12"),
    ("Kupyanks", "gn:13"),
    ("Роботнне", "gn:15"),
    ("Stepnex", "gn:11"),
]


@pytest.mark.parametrize(("name", "place_id"), MISSPELT)
def test_fuzzy(tiny: Gazetteer, name: str, place_id: str) -> None:
    assert tiny.fuzzy(name)[0].place.id == place_id


@pytest.mark.parametrize("name", ["Wst", "Eats", "Xy", "", "Zzzzzzzzzz", "Wast"])
def test_fuzzy_is_strict_with_short_names(tiny: Gazetteer, name: str) -> None:
    assert [c for c in tiny.fuzzy(name) if c.match == "fuzzy"] == []


def test_place_by_id_and_by_code(tiny: Gazetteer) -> None:
    assert tiny.place("gn:15").name == "Robotyne"
    assert tiny.place("katottg=UA23").name == "Robotyne"
    assert tiny.place("=UA.01").name == "West"
    with pytest.raises(UnknownPlaceError, match="gn:999"):
        tiny.place("gn:999")


ANCESTORS = [
    ("gn:10", ["gn:4", "gn:2", "gn:1"]),
    ("gn:12", ["gn:3", "gn:1"]),
    ("gn:4", ["gn:2", "gn:1"]),
    ("gn:1", []),
]


@pytest.mark.parametrize(("place_id", "ids"), ANCESTORS)
def test_ancestors(tiny: Gazetteer, place_id: str, ids: list[str]) -> None:
    place = tiny.place(place_id)
    assert [unit.id for unit in tiny.ancestors(place)] == ids
    assert all(tiny.within(place, unit) for unit in tiny.ancestors(place))


@pytest.mark.parametrize(
    ("place_id", "unit_id"), [("gn:10", "gn:3"), ("gn:2", "gn:2"), ("gn:1", "gn:2")]
)
def test_not_within(tiny: Gazetteer, place_id: str, unit_id: str) -> None:
    assert not tiny.within(tiny.place(place_id), tiny.place(unit_id))


def test_units_at_and_geometry(tiny: Gazetteer) -> None:
    assert [unit.id for unit in tiny.units_at(31, 49)] == ["gn:2"]
    assert tiny.units_at(36, 49) == ()
    assert str(tiny.geometry("gn:2")).startswith("POLYGON ((30 48")
    assert tiny.geometry("gn:10") is None


def test_search_gives_reasons(tiny: Gazetteer) -> None:
    by_size = tiny.search("Stepne")
    assert [s.candidate.place.id for s in by_size[:2]] == ["gn:11", "gn:10"]
    by_nearness = tiny.search("Stepne", near=(31.0, 49.0), country="ua")
    assert by_nearness[0].candidate.place.id == "gn:10"
    assert ("0 km away", 6.0) in by_nearness[0].reasons
    assert by_nearness[0].score == pytest.approx(sum(v for _, v in by_nearness[0].reasons))
    with pytest.raises(UnknownPlaceError, match="Atlantis"):
        tiny.search("Stepne", near="Atlantis")


def test_info(tiny: Gazetteer) -> None:
    info = tiny.info()
    assert (info.version, info.places, info.sources[0].places) == ("tiny", 10, 10)
    assert info.size_bytes > 0
