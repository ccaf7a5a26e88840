"""Codes of ISO 3166-1 and ISO 3166-2, and what belongs to a country's code, from pycountry.

pycountry is imported on first use: it takes a tenth of a second, which most work does not need. It
says which codes exist, and what countries are called. Levels, dates and names of places come from
the gazetteer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations


@dataclass(frozen=True, slots=True)
class IsoCountry:
    """A country of ISO 3166-1, or Kosovo.

    alpha_2, alpha_3, numeric
        Its codes. Kosovo has the user-assigned XK and XKX, and no numeric code.
    name, official_name
        Its English short name, and its formal name where ISO 3166-1 has one.
    """

    alpha_2: str
    alpha_3: str
    numeric: str | None
    name: str
    official_name: str | None


# ISO 3166-1 has no code for Kosovo; these are user-assigned codes in wide use.
_KOSOVO = IsoCountry("XK", "XKX", None, "Kosovo", None)


def iso_country(alpha_2: str) -> IsoCountry | None:
    """The country with this alpha-2 code, in capitals; None if there is none.

    >>> iso_country("TH").official_name
    'Kingdom of Thailand'
    >>> iso_country("XK").numeric is None
    True
    >>> iso_country("ZZ") is None
    True
    """
    return _countries().get(alpha_2)


def iso_countries() -> tuple[IsoCountry, ...]:
    """All countries, sorted by alpha-2 code.

    >>> len(iso_countries())  # 249 of ISO 3166-1, and Kosovo
    250
    """
    return tuple(_countries().values())


def country_exists(alpha_2: str) -> bool:
    """Whether ISO 3166-1 has this alpha-2 code, in capitals; XK (Kosovo) also counts.

    >>> country_exists("KR"), country_exists("XK"), country_exists("ZZ"), country_exists("kr")
    (True, True, False, False)
    """
    return alpha_2 in _countries()


def subdivision_exists(code: str) -> bool:
    """Whether ISO 3166-2 has this code, or had it: then the gazetteer knows the former unit.

    >>> subdivision_exists("CN-JS"), subdivision_exists("NO-19"), subdivision_exists("ZZ-99")
    (True, True, False)
    """
    if code in _subdivisions():
        return True
    from sisterdata import gazetteer

    return gazetteer.place(f"iso3166-2:{code}") is not None


def iso_name_th(alpha_2: str) -> str | None:
    """The Thai translation of a country's short name; None if there is none.

    >>> iso_name_th("VG")
    'หมู่เกาะบริติชเวอร์จิน'
    """
    country = iso_country(alpha_2)
    return None if country is None else _thai(country.name)


def iso_official_name_th(alpha_2: str) -> str | None:
    """The Thai translation of a country's formal name; None if there is none.

    >>> iso_official_name_th("VN")
    'สาธารณรัฐสังคมนิยมเวียดนาม'
    """
    country = iso_country(alpha_2)
    official = None if country is None else country.official_name
    return None if official is None else _thai(official)


def _thai(name: str) -> str | None:
    translated = _translations().gettext(name)
    # A name with a comma is turned round for sorting: "คองโก, สาธารณรัฐประชาธิปไตย".
    if translated == name or "," in translated:
        return None
    return translated.removeprefix("ประเทศ")


@cache
def _translations() -> NullTranslations:
    import gettext

    import pycountry

    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["th"], fallback=True)


@cache
def iso_translations(language: str) -> tuple[tuple[str, str], ...]:
    """The names of ISO 3166-1 in a language, short and formal, each with its alpha-2 code.

    language
        A language of pycountry's translations: "fr", "pt_BR", "zh_CN". Of a name that is not
        translated there is no pair.

    >>> ("Royaume du Cambodge", "KH") in iso_translations("fr")
    True
    """
    import pycountry

    catalog = _catalog(language)
    names = (
        (name, country.alpha_2)
        for country in pycountry.countries
        for field in ("name", "official_name", "common_name")
        if (name := getattr(country, field, None))
    )
    pairs = ((catalog.gettext(name), name, code) for name, code in names)
    return tuple((translated, code) for translated, name, code in pairs if translated != name)


def iso_name(alpha_2: str, language: str) -> str | None:
    """The common or short name of a country in a language, None if it is not translated.

    >>> iso_name("JP", "th"), iso_name("ZZ", "th")
    ('ญี่ปุ่น', None)
    """
    import pycountry

    country = pycountry.countries.get(alpha_2=alpha_2)
    names = [getattr(country, "common_name", None), getattr(country, "name", None)]
    translated = ((_catalog(language).gettext(name), name) for name in names if name)
    return next((in_language for in_language, name in translated if in_language != name), None)


@cache
def _catalog(language: str) -> NullTranslations:
    import gettext

    import pycountry

    return gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True
    )


@cache
def _countries() -> dict[str, IsoCountry]:
    import pycountry

    listed = [
        IsoCountry(
            country.alpha_2,
            country.alpha_3,
            country.numeric,
            country.name,
            getattr(country, "official_name", None),
        )
        for country in pycountry.countries
    ]
    known = {country.alpha_2: country for country in listed}
    known.setdefault(_KOSOVO.alpha_2, _KOSOVO)
    return dict(sorted(known.items()))


@cache
def _subdivisions() -> frozenset[str]:
    import pycountry

    return frozenset(subdivision.code for subdivision in pycountry.subdivisions)
