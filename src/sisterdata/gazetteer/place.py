"""A place of the gazetteer, and the kinds of names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sisterdata.vocabulary import NAME_TH_ORIGINS

ORIGINS = ("", *NAME_TH_ORIGINS)  # in the index by position, "" for places without a Thai name


class NameKind(IntEnum):
    """The origin of a name, which decides how it is used."""

    PRIMARY = 0  # the English or romanised main name
    ALTERNATE = 1  # another Latin-script name of GeoNames
    LOCAL = 2  # in a script of the country itself
    CLDR = 3  # a Latin-script name of CLDR
    THAI = 4  # a Thai name of GeoNames or of the Department of Provincial Administration
    CLDR_THAI = 5  # a Thai name of CLDR, checked by its sound
    CURATED = 6  # a name of `curated/units.csv`
    GENERATED_THAI = 7  # spelt in Thai by rule; only used for sounds
    HISTORIC = 8  # the name of the unit before it changed
    OFFICIAL_THAI = 9  # spelt in Thai by official rules: evidence, not a name known to be in use


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    id
        The canonical CURIE: ``iso3166-2:CN-JS``, ``geonames:1787093``, ``gb2260:513400`` or
        ``dopa:1007``.
    name, name_th, name_local
        The romanised name, the Thai name, and the name in the local script, if known.
    level
        ``admin1`` (first-level unit), ``prefecture`` (second-level unit), ``city``, ``district``
        or ``subdistrict``.
    admin1_code, admin1_name, admin1_name_th
        The first-level unit that it is in (or is): ISO 3166-2 code and names.
    former_admin1
        The ISO 3166-2 code of the unit that it was in before that became part of `admin1_code`.
    parent_id
        The id of the unit it belongs to, if known: the prefecture or prefecture-level city of a
        Chinese place, the province of a Thai district, the district of a subdistrict.
    latitude, longitude
        Degrees, WGS 84. For a unit, the position of its largest place; for a Thai district or
        subdistrict, that of the place with its name.
    population
        From GeoNames; for a unit, the sum of its places. Good enough for matching, not for
        statistics.
    valid_from, valid_to
        Reduced ISO 8601 dates: the unit existed from the first until before the second.
    replaced_by
        The id of the successor of a former unit.
    name_th_origin
        Where `name_th` comes from: ``geonames``, ``cldr``, ``curated`` or ``dopa`` (a name in
        use), or ``official`` (spelt by the rules of the Royal Society, or by rules like them).
    dopa_code
        The code of a Thai province, district or subdistrict at the Department of Provincial
        Administration.
    """

    id: str
    name: str
    name_th: str | None
    name_local: str | None
    level: str
    country_code: str
    admin1_code: str | None
    iso3166_2: str | None
    geonames_id: str | None
    gb2260_code: str | None
    latitude: float | None
    longitude: float | None
    population: int
    valid_from: str | None = None
    valid_to: str | None = None
    former_admin1: str | None = None
    parent_id: str | None = None
    replaced_by: str | None = None
    name_th_origin: str | None = None
    dopa_code: str | None = None
    admin1_name: str | None = None
    admin1_name_th: str | None = None
