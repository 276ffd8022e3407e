"""Name the columns of the flat event table, their types, and what other tables call them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "day", "json", "count", "integer", "number", "flag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Describe a column: its type, and its HXL tag where it has one.

    ``day`` is an ISO day as text, ``json`` a list or object as JSON text, ``count`` and
    ``integer`` whole numbers or null, ``flag`` true or false and never null.
    """

    name: str
    type: ColumnType
    hxl: str = ""


def _columns(kind: ColumnType, text: str) -> tuple[Column, ...]:
    pairs = (word.partition("|") for word in text.split())
    return tuple(Column(name=name, type=kind, hxl=hxl.replace("&", " ")) for name, _, hxl in pairs)


COLUMNS: tuple[Column, ...] = (
    *_columns("text", "event_id|#event+id event_type|#event+type event_subtype|#event+subtype"),
    *_columns("text", "title|#description+title sentence|#description+sentence"),
    *_columns("text", "weapon|#event+weapon actor1|#group+name+first actor1_role"),
    *_columns("text", "actor2|#group+name+second actor2_role"),
    *_columns("day", "date_start|#date+start date_end|#date+end"),
    *_columns("integer", "date_precision"),
    *_columns("text", "date_basis date_text place_text|#loc+name+reported place_context"),
    *_columns("text", "place_name|#loc+name place_local|#loc+name+local place_id|#loc+code"),
    *_columns("integer", "geonameid|#loc+code+geonames"),
    *_columns("text", "katottg|#loc+code+katottg country|#country+name iso2|#country+code+v_iso2"),
    *_columns("text", "iso3|#country+code+v_iso3 admin1|#adm1+name admin1_code|#adm1+code"),
    *_columns("text", "admin2|#adm2+name admin3|#adm3+name"),
    *_columns("number", "longitude|#geo+lon latitude|#geo+lat"),
    *_columns("integer", "geo_precision|#geo+precision"),
    *_columns("number", "geo_radius_km|#geo+radius+km"),
    *_columns("text", "geo_method"),
    *_columns("number", "geo_confidence geo_margin"),
    *_columns("json", "geo_candidates_json"),
    *_columns("flag", "geo_obfuscated"),
    *_columns("number", "geo_obfuscation_km"),
    *_columns("count", "killed_low|#affected+killed+min killed_best|#affected+killed"),
    *_columns("count", "killed_high|#affected+killed+max injured_low|#affected+injured+min"),
    *_columns("count", "injured_best|#affected+injured injured_high|#affected+injured+max"),
    *_columns("count", "missing_low missing_best|#affected+missing missing_high"),
    *_columns("count", "detained_low detained_best|#affected+detained detained_high"),
    *_columns("count", "displaced_low displaced_best|#affected+displaced displaced_high"),
    *_columns("text", "casualty_status"),
    *_columns("number", "area_km2"),
    *_columns("text", "area_role area_direction area_flank"),
    *_columns("day", "period_start period_end"),
    *_columns("text", "series_id"),
    *_columns("flag", "counts_in_total"),
    *_columns("text", "claimed_by claim_status source_name|#meta+source source_url|#meta+url"),
    *_columns("text", "source_language"),
    *_columns("day", "published|#date+reported"),
    *_columns("integer", "source_count text_start text_stop sentence_index"),
    *_columns("json", "evidence_json"),
    *_columns("number", "extraction_confidence"),
    *_columns("text", "extractor_version gazetteer_version language_pack_version"),
    *_columns("text", "review_status reviewed_by review_note"),
    *_columns("json", "review_json"),
    *_columns("text", "sensitivity duplicate_of"),
    *_columns("json", "merged_ids_json"),
    *_columns("text", "warnings"),
)
NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
FLAGS: dict[str, bool] = {"geo_obfuscated": False, "counts_in_total": True}
DEFAULTS: dict[str, str] = {"review_status": "unreviewed", "sensitivity": "none"}
COUNTED = ("killed", "injured", "missing", "detained", "displaced")
_DTYPES: dict[ColumnType, str] = {
    "text": "str", "day": "str", "json": "str",
    "count": "Int64", "integer": "Int64", "number": "float64", "flag": "bool",
}  # fmt: skip


def dtype_of(column: Column) -> str:
    """Return the pandas dtype of a column.

    >>> dtype_of(COLUMNS[0])
    'str'
    """
    return _DTYPES[column.type]
