"""Make ``geo/languages/persons.txt.gz``: given and family names that tell persons from places.

Run ``python -m tests.fits.make_persons`` (needs Faker, MIT licence, from the group ``fit``).
Ukrainian names are also written in Latin letters, in the habits of other languages.
"""

from __future__ import annotations

import gzip
import importlib
from pathlib import Path

from gazetteer.names import fold
from gazetteer.transliteration import HABITS, romanise

TARGET = Path(__file__).parents[2] / "geo" / "languages" / "persons.txt.gz"
LOCALES = (
    "it_IT en_US en_GB uk_UA ru_RU de_DE de_AT fr_FR es_ES es_CO pl_PL ro_RO pt_PT tr_TR "
    "hu_HU cs_CZ nl_NL sv_SE az_AZ"
).split()
SHORTEST = 3
# Written by us: what the locales lack and war reports are full of.
MORE = {
    "first": """
        Oleksandr Oleksandra Serhii Serhiy Sergei Sergey Volodymyr Vladimir Andrii Andriy Andrei
        Andrey Mykola Nikolai Nikolay Viktor Vitalii Vitaliy Vitali Vitaly Yurii Yuriy Yuri Yury
        Iryna Irina Oksana Olena Elena Natalia Nataliia Tetiana Tatiana Yulia Yuliia Svitlana
        Svetlana Kateryna Ekaterina Liudmyla Lyudmila Halyna Galina Nadiia Nadezhda Oleh Oleg Ihor
        Igor Dmytro Dmitri Dmitry Dmitriy Maksym Maxim Denys Denis Yevhen Yevgeny Evgeny Valerii
        Valery Valentyn Valentin Anatolii Anatoly Vasyl Vasily Bohdan Taras Ostap Roman Ruslan
        Artem Kyrylo Kirill Mykhailo Mikhail Pavlo Pavel Petro Pyotr Stepan Yaroslav Alexei Alexey
        Oleksii Oleksiy Aleksandr Aleksei Anton Arseniy Vadym Vadim Gennady Leonid Rinat Ramzan
        Mohammed Muhammad Mohamed Mohammad Ahmed Ahmad Mahmoud Ali Hassan Hussein Hussain Ibrahim
        Ismail Khalil Khaled Khalid Omar Osama Yasser Yousef Youssef Yusuf Abdullah Abdul Abdel
        Abdelfattah Abu Umm Fatima Aisha Amina Mariam Maryam Layla Leila Noor Nour Rania Samir
        Sami Tariq Walid Ziad Bashar Hafez Hamid Karim Mustafa Mehmet Recep Benjamin Itamar Yoav
        Naftali Avi Moshe Shlomo David Yair Isaac Ismael Moussa Mamadou Amadou Boubacar Souleymane
        Seydou Ousmane Abdoulaye Oumar Fatou Aminata Kwame Kofi Emeka Chidi Ngozi Chinedu Musa
        Aung Min Joao Jose Jair Xi Li Wang Zhang Kim Park
        Олександр Олександра Сергій Володимир Андрій Микола Віктор Віталій Юрій Ірина Оксана Олена
        Наталія Наталя Тетяна Юлія Світлана Катерина Людмила Галина Надія Олег Ігор Дмитро Максим
        Денис Євген Валерій Валентин Анатолій Василь Богдан Тарас Остап Роман Руслан Артем Кирило
        Михайло Павло Петро Степан Ярослав Олексій Вадим Геннадій Леонід Марія Марко Іван Ольга
        Вікторія Анна Ганна Софія Анастасія Дарина Дарія Христина Любов Віра Лариса Орест Мирон
        Владимир Андрей Николай Виктор Виталий Юрий Наталья Татьяна Юлия Екатерина Сергей Алексей
        Александр Александра Дмитрий Евгений Валентин Василий Михаил Павел Пётр Кирилл Вячеслав
        Светлана Ольга Мария Анна Елена Ирина Полина Дарья Ксения Вера Любовь Валентина Раиса
        Мохаммед Ахмед Махмуд Али Хасан Хусейн Ибрагим Усама Башар Рамзан Биньямин Дональд Джо
        Джон Джордж Майкл Роберт Уильям Эммануэль Олаф Фридрих Дональд Джозеф Джеймс Томас
        Алла Зоя Эдуард Артур Рустам Тимур Марат Станислав Вячеслав Святослав Всеволод Георгий
    """,
    "last": "",
}


def collect(kind: str) -> list[str]:
    """Return the folded names of one kind (``first`` or ``last``) of all locales, sorted."""
    found = {fold(name) for name in MORE[kind].split()}
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if f"{kind}_names" not in attribute:
                continue
            names = {str(name) for name in getattr(provider, attribute)}
            if locale == "uk_UA":
                names |= {romanise(name, habit) for name in names for habit in HABITS}
            found |= {fold(name) for name in names if " " not in name}
    return sorted(name for name in found if len(name) >= SHORTEST)


def main() -> None:
    """Write the file, the same bytes each time."""
    version = importlib.import_module("faker").VERSION
    lines = [f"# Made by tests/fits/make_persons.py from Faker {version} (MIT); folded"]
    for kind, title in (("first", "given"), ("last", "family")):
        lines += [f"[{title}]", *collect(kind)]
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode() + b"\n", mtime=0))
    print(f"{TARGET.name}: {len(lines) - 3} names, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
