"""Skeletons, romanisation, and which spellings count as names at all."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.names import fold, fold_all
from gazetteer.russian_names import russian_names
from gazetteer.skeletons import skeletons, stored_skeletons
from gazetteer.sources.embedded import is_usable
from gazetteer.sources.embedded_codifier import joined_name
from gazetteer.transliteration import HABITS, romanise

ONE_NAME = [
    "Zaporizhzhia Zaporižžja Saporischschja Zaporijia Zaporiyia Zaporoże Запорожье Запоріжжя",
    "Kharkiv Charkiw Charkiv Járkov Kharkov Charków Харків Харьков",
    "Kupiansk Kup'jansk Koupiansk Kupjansk Купянск Куп'янськ",
    "Klishchiivka Klišćijivka Klischtschijiwka Klichtchiïvka Kliszczijiwka Клещеевка Кліщіївка",
    "Horlivka Gorlovka Gorłówka Горлівка Горловка",
    "Kyiv Kiev Kijów Київ Киев",
    "Chuhuiv Chuguev Tschuhujiw Czuhujiw Чугуїв Чугуев",
    "Jabalia Dschabalija Djabaliya Джабалія",
]


@pytest.mark.parametrize("names", ONE_NAME)
def test_habits_share_a_skeleton(names: str) -> None:
    readings = [set(skeletons(name)) for name in names.split()]
    assert set.intersection(*readings)


@pytest.mark.parametrize(
    "names", ["Kharkiv Kherson", "Lyman Sumy", "Bakhmut Mariupol", "Izium Iziaslav"]
)
def test_other_names_do_not(names: str) -> None:
    first, second = names.split()
    assert not set(skeletons(first)) & set(skeletons(second))


@pytest.mark.parametrize("name", ["", "Al", "北京", "١٢٣", "40", "日本 2"])
def test_nothing_to_compare(name: str) -> None:
    assert skeletons(name) == ()
    assert stored_skeletons([name]) == [""]


RUSSIAN = """
    Олександрівка Александровка, Миколаївка Николаевка, Костянтинівка Константиновка,
    Сергіївка Сергеевка, Кліщіївка Клищеевка, Мар'їнка Марьинка, П'ятихатки Пятихатки,
    Кам'янка Каменка, Верхньокам'янське Верхнекаменское, Степне Степное, Спірне Спорное,
    Шевченкове Шевченково, Садове Садовое, Борова Боровая, Вільне Вольное, Лисичанськ Лисичанск,
    Слов'янськ Славянск, Гусятин Гусятин, Битиця Битица, Західне Западное
"""


@pytest.mark.parametrize("pair", RUSSIAN.split(","))
def test_russian_names_of_ukrainian_places(pair: str) -> None:
    name, russian = pair.split()
    assert russian in russian_names(name)


@pytest.mark.parametrize(
    ("name", "russian", "joined"),
    [
        ("Велика Новосілка", "Великая Новоселка", "Великоновосілка"),
        ("Зелений Гай", "Зеленый Гай", "Зеленогай"),
        ("Новоселівка Перша", "Новоселовка Первая", None),
        ("Степне", "Степное", None),
    ],
)
def test_names_of_two_words(name: str, russian: str, joined: str | None) -> None:
    assert russian in russian_names(name)
    assert joined is None or joined_name(name) == joined


# what GeoNames is made of, and what a hostile table may hold
LETTERS = (
    "abcdghijkoqrstuwxyzžščßøłéïАаЁёЙйїцщь'’`ʼ -北ـخ한"
    "\u0301\u0306\u0323\u00a0\u200b\n\r\0\u2028\x1f"
)
NAMES = st.lists(st.one_of(st.text(LETTERS, max_size=12), st.text(max_size=8)), max_size=8)


@given(NAMES)
@example([])
@example(["", ""])
@example(["a\u0306", "\u0306b", "и\u0306\u0301"])
@example(["a\nb", "c"])
def test_all_at_once_fold_as_one_by_one(names: list[str]) -> None:
    assert fold_all(names) == [fold(name) for name in names]


@given(NAMES)
@example(["Kharkiv", "", "北京", "Cheb", "Жёлтые Воды"])
@example(["dts\ntds", "tsds shsh", "aiaia"])
def test_a_stored_skeleton_is_one_of_the_readings(names: list[str]) -> None:
    stored = stored_skeletons(names)
    assert len(stored) == len(names)
    for name, skeleton in zip(names, stored, strict=True):
        plain = " ".join(name.split()) if "\n" in name else name
        assert skeleton in {"", *skeletons(plain)}


ROMANISED = [
    ("Алчевськ", "Alchevsk"),
    ("Борщагівка", "Borshchahivka"),
    ("Гадяч", "Hadiach"),
    ("Згорани", "Zghorany"),
    ("Єнакієве", "Yenakiieve"),
    ("Жашків", "Zhashkiv"),
    ("Їжакевич", "Yizhakevych"),
    ("Кадиївка", "Kadyivka"),
    ("Короп'є", "Koropie"),
    ("Костянтинівка", "Kostiantynivka"),
    ("Яготин", "Yahotyn"),
    ("Ічня", "Ichnia"),
    ("Часів Яр", "Chasiv Yar"),
    ("Івано-Франківськ", "Ivano-Frankivsk"),
]  # the examples of resolution 55, as far as they are place names, and a few more


@pytest.mark.parametrize(("name", "latin"), ROMANISED)
def test_official_romanisation(name: str, latin: str) -> None:
    assert romanise(name) == latin


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("name", [name for name, _ in ROMANISED])
def test_every_habit_keeps_the_skeleton(name: str, habit: str) -> None:
    assert set(skeletons(romanise(name, habit))) & set(skeletons(name))


USABLE = ["Kyiv", "Rô", "'s-Hertogenbosch", "Київ", "北京", "al-Bāb", "New York"]
NOT_USABLE = ["OZH", "KBP", "zha bo luo re", "40", "", "...", "USA"]


def test_usable_names() -> None:
    assert [name for name in USABLE if not is_usable(name)] == []
    assert [name for name in NOT_USABLE if is_usable(name)] == []
