"""Join GeoNames' first-level codes with ISO 3166-2, country by country.

Most units have equal names on both sides; the others are joined if each is the most similar to the
other. `curated/admin1.csv` has the pairs that no rule finds, with evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from rapidfuzz.distance import JaroWinkler

from sisterdata.text.fold_names import fold
from tools.gazetteer.detect_script import script
from tools.gazetteer.read_cldr import Unit
from tools.gazetteer.read_geonames import City

Likeness = Callable[[str, list[str]], float]

# Type words of first-level units in Latin script, as in GeoNames and CLDR.
_TYPE_WORDS = frozenset(
    fold(word)
    for word in re.findall(
        r"\S+",
        """
        province provincia provincie provinz provins provinsi provinsen provincija
        provinca prov region regiunea regional regione región regio regija raion
        rayon raionul district distrito districte distrikt distretto department
        departamento département departament departement county comté condado
        comitat județ județul megye state estado état stat staat bundesland
        governorate muhafazat muhafazah gouvernorat gobernación gubernia wilaya
        wilayat wilayah vilayet oblast oblasts oblast' oblysy oblysi krai kray
        republic republik respublika république república okrug autonomous autonom
        autónoma community comunidad comunitat parish parroquia paroisse prefecture
        préfecture prefectura prefektur prefektura préf division division's canton
        kanton cantone municipality municipio município municipiul municipality-of
        city ciudad stadt ville kota capital special metropolitan metropolis urban
        area territory territoire territorio federal union island islands île îles
        isla islas of the de la le du del da do dos des di d l el al ar as an at and
        y e i und et il velayat viloyati vilojati ili eyaleti eyalet aimag aymag
        aimak emirate imarat mintaqat zone atoll commune comuna komuna opština
        opstina obcina občina obchina local council borough changwat khoueng khwaeng
        tinh thanh pho thành phố tỉnh sheng shi do si ken to fu metropole town
        """,
    )
)


def join(
    named: Mapping[str, str], units: Iterable[Unit], curated: Mapping[str, str]
) -> dict[str, str]:
    """GeoNames code -> ISO 3166-2 code within a country, for certain pairs only.

    `named` has GeoNames' codes and names. `curated` pairs come before any rule; a code that is
    paired with ``-`` has no counterpart.
    """
    joined = dict(curated)
    open_units = {unit.code: _latin(unit) for unit in units if unit.code not in curated.values()}
    open_codes = {code: name for code, name in named.items() if code not in joined}
    for likeness in (_same, _bare, _near):
        pairs = _mutual_best(open_codes, open_units, likeness)
        joined |= pairs
        open_codes = {code: name for code, name in open_codes.items() if code not in pairs}
        open_units = {code: n for code, n in open_units.items() if code not in pairs.values()}
    return {code: unit for code, unit in joined.items() if unit != "-"}


def join_country(
    first: Mapping[str, str],
    second: Mapping[str, str],
    units: list[Unit],
    curated: Mapping[str, str],
) -> dict[str, str]:
    """GeoNames code -> ISO 3166-2 code of the first-level unit, for a whole country.

    `first` and `second` have GeoNames' names of first-level codes and of "first.second" codes. If
    the first level of ISO 3166-2 is finer than GeoNames' (Taiwan, Serbia), it is joined with the
    second level. If ISO 3166-2 has geographical units on top (Indonesia), the level below is used.
    """
    top = [unit for unit in units if unit.parent is None]
    below = [unit for unit in units if unit.parent is not None]
    known = {code: unit for code, unit in curated.items() if "." not in code}
    joined = max((join(first, pool, known) for pool in (top, below)), key=len)
    if joined and not set(joined.values()) & {unit.code for unit in top}:
        return joined
    left = [unit for unit in top if unit.code not in joined.values()]
    finer = {code: n for code, n in second.items() if code.split(".")[0] not in joined}
    return joined | join(finer, left, {})


def unit_of(city: City, joined: Mapping[str, str]) -> str | None:
    """The ISO 3166-2 code of the unit that a place is in."""
    return joined.get(f"{city.admin1}.{city.admin2}") or joined.get(city.admin1)


def bare(name: str) -> str:
    """The name of a unit without type words, folded, letters only.

    >>> bare("Tokat Province"), bare("Région de l'Est")
    ('tokat', 'lest')
    """
    words = [word for word in fold(name).split() if word not in _TYPE_WORDS]
    return "".join(words) or fold(name).replace(" ", "")


def _latin(unit: Unit) -> list[str]:
    return sorted({name for name in unit.names.values() if script(name) == "Latn"})


def _same(name: str, others: list[str]) -> float:
    return float(any(fold(name) == fold(other) for other in others))


def _bare(name: str, others: list[str]) -> float:
    return float(any(bare(name) == bare(other) for other in others))


def _near(name: str, others: list[str]) -> float:
    likeness = max((JaroWinkler.similarity(bare(name), bare(o)) for o in others), default=0.0)
    return likeness if likeness >= 0.88 else 0.0


def _mutual_best(
    codes: Mapping[str, str], units: Mapping[str, list[str]], likeness: Likeness
) -> dict[str, str]:
    """Pairs that are each other's best match, without a tie on either side."""
    scores = {
        (code, unit): score
        for code, name in codes.items()
        for unit, names in units.items()
        if (score := likeness(name, names)) > 0
    }
    pairs = {}
    for (code, unit), score in scores.items():
        rivals = [s for (c, u), s in scores.items() if (c == code) != (u == unit)]
        if all(score > rival for rival in rivals):
            pairs[code] = unit
    return pairs
