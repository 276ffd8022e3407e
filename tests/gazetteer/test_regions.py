"""The table of regions is well formed, and says what is approximate."""

from collections import Counter
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.errors import SourceError
from gazetteer.regions import _read_line as read_line
from gazetteer.regions import members_of, read_regions, sector_of

REGIONS = list(read_regions())


def test_ids_are_unique() -> None:
    assert [i for i, n in Counter(place.id for place, _ in REGIONS).items() if n > 1] == []


@pytest.mark.parametrize("place_id", [place.id for place, _ in REGIONS])
def test_every_region_has_names_in_all_languages(place_id: str) -> None:
    place, names = next(region for region in REGIONS if region[0].id == place_id)
    assert {name.language for name in names} == {"en", "it", "de", "fr", "es", "pl", "uk", "ru"}
    assert all(name.name == name.name.strip() and name.name for name in names)
    assert place.radius_km
    assert place.radius_km > 0


def test_what_is_not_the_sum_of_units_says_it_is_approximate() -> None:
    for place, _ in REGIONS:
        assert bool(members_of(place)) != ("approximate" in dict(place.codes)), place.id


def test_members_are_units(embedded: Gazetteer) -> None:
    for place, _ in REGIONS:
        for path in members_of(place):
            assert embedded.find_place("=" + ".".join(path)), place.id


def test_lines_are_lines(embedded: Gazetteer) -> None:
    import shapely

    for place, _ in REGIONS:
        if "line" in dict(place.codes):
            line = shapely.from_wkt(embedded.geometry(place.id))
            assert line.is_valid, place.id
            assert line.distance(shapely.Point(place.lon, place.lat)) < 2, place.id


def test_a_bad_line_is_named() -> None:
    with pytest.raises(SourceError, match=r"regions\.tsv, line 7: 3 fields, not 16"):
        read_line("a\tb\tc", 7)


def test_sector(embedded: Gazetteer) -> None:
    anchor = embedded.place("gn:692554")
    sector = sector_of(anchor)
    assert (sector.lon, sector.radius_km, sector.feature_code) == (anchor.lon, 25.0, "RGN")
    assert ("anchor", anchor.id) in sector.codes
    assert sector.id != anchor.id


def test_the_file_is_found_beside_the_code() -> None:
    assert (Path(__file__).parents[2] / "gazetteer" / "data" / "regions.tsv").exists()
