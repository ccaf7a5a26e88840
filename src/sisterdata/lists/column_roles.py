"""Which columns hold the place, its country and its region, by how their headers are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sisterdata.errors import DataError
from sisterdata.text.repair import repair

# A header's role by its wording, read as words in lower case without marks between them, and Thai
# without spaces; the first that fits the whole header decides. Beside the usual words, the terms
# of Darwin Core (locality, country, countryCode, stateProvince) and of this library's own tables.
_NAMED = r"(?: name| code| id)?"
ROLES = {
    role: re.compile(wording)
    for role, wording in {
        "tie": r"(?:sister|twin(?:ned)?|partner|friend(?:ship|ly)?|foreign)"
        r"(?: (?:cit(?:y|ies)|towns?|places?|provinces?|prefectures?|municipalit(?:y|ies)|units?))?"
        r"(?: name)?|verbatim partner|twinned with"
        r"|คู่.*|(?:ชื่อ)?(?:บ้าน|เมือง)(?:พี่|คู่|มิตร).*|(?:เมือง|หน่วย|จังหวัด).*ต่างประเทศ",
        "place": r"(?:city|town|place|municipality|local(?:ity| government)|toponym|location)"
        r"(?: (?:name|in thai|th|en|english|thai))?|cities|towns|places|verbatim (?:place|name)"
        r"|name of (?:the )?(?:city|town|place)"
        r"|(?:ชื่อ)?(?:เมือง|สถานที่|เทศบาล(?:นคร|เมือง)?|นคร|หน่วยการปกครอง|ท้องถิ่น)",
        "country": rf"(?:(?:partner|foreign|sister) )?(?:country|nation){_NAMED}|cc"
        r"|iso ?(?:alpha ?)?[23]|iso 3166(?: 1)?(?: alpha ?[23])?(?: code)?"
        r"|(?:ชื่อ|รหัส)?ประเทศ(?:คู่.*)?",
        "region": r"(?:admin(?:istrative)?(?: (?:area|level))? ?1|state(?: province)?|region"
        rf"|prefecture|department|governorate|oblast|canton|subdivision|iso 3166 2){_NAMED}"
        r"|(?:ชื่อ)?(?:มณฑล|รัฐ|แขวง|แคว้น|ภูมิภาค|เขตการปกครอง|หรือ)+",
        # The region of the place beside it, or the Thai province whose list it is.
        "province": r"provinces?(?: name)?|(?:ชื่อ)?จังหวัด",
        "name": r"names?(?: (?:in thai|thai|th|in english|english|en))?|title|label|ชื่อ|รายชื่อ",
    }.items()
}
_LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class Roles:
    """The positions of the columns that hold a place, its country and its first-level region."""

    place: int
    country: int | None
    admin1: int | None


def choose_columns(
    headers: Sequence[str],
    *,
    place: str | None = None,
    country: str | None = None,
    admin1: str | None = None,
    where: str = "",
) -> Roles:
    """The columns that are named, and those that their headers tell; "" means that there is none.

    Raises `DataError`, with the option that helps, where a column that is named is not there, and
    where headers leave it open which is meant.

    >>> choose_columns(["ลำดับ", "เมือง", "มณฑล", "ประเทศ"])
    Roles(place=1, country=3, admin1=2)
    >>> choose_columns(["year", "note"])
    Traceback (most recent call last):
    sisterdata.errors.DataError: no header tells where the places are: 'year', 'note'; ...
    """
    taken = {name for name in (place, country, admin1) if name}
    open_to_guess = [
        (at, role)
        for at, header in enumerate(headers)
        if header not in taken and (role := _role(header)) is not None
    ]
    at_place, kind = _place(headers, place, open_to_guess, where)
    return Roles(
        at_place,
        _country(headers, country, open_to_guess, where),
        _region(headers, admin1, at_place, kind, open_to_guess, where),
    )


def _role(header: str) -> str | None:
    if len(header) > _LONGEST_HEADER:
        return None
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", repair(header).text)
    words = re.sub(r"[\s_.:*()/\-]+", " ", words).strip().casefold()
    if re.search("[ก-๛]", words):
        words = words.replace(" ", "")
    return next((role for role, wording in ROLES.items() if wording.fullmatch(words)), None)


def _place(
    headers: Sequence[str], named: str | None, guesses: list[tuple[int, str]], where: str
) -> tuple[int, str]:
    """The column of places, and by which role it was told."""
    if named is not None:
        return _named(headers, named, "--place-column", where), _role(named) or "place"
    for role in ("tie", "place", "region", "province", "name"):
        found = [at for at, guess in guesses if guess == role]
        if len(found) > 1:
            raise _unsure(headers, found, "hold the places", "--place-column", where)
        if found:
            return found[0], role
    listed = ", ".join(map(repr, headers))
    raise DataError(
        f"no header tells where the places are: {listed}", where=where, todo="give --place-column"
    )


def _country(
    headers: Sequence[str], named: str | None, guesses: list[tuple[int, str]], where: str
) -> int | None:
    if named is not None:
        return _named(headers, named, "--country-column", where) if named else None
    found = [at for at, guess in guesses if guess == "country"]
    if len(found) > 1:
        raise _unsure(headers, found, "hold the countries", "--country-column", where)
    return found[0] if found else None


def _region(
    headers: Sequence[str],
    named: str | None,
    place: int,
    kind: str,
    guesses: list[tuple[int, str]],
    where: str,
) -> int | None:
    if named is not None:
        return _named(headers, named, "--admin1-column", where) if named else None
    # Beside sister cities stands the province whose they are.
    roles = ("region",) if kind == "tie" else ("region", "province")
    found = [at for at, guess in guesses if guess in roles and at != place]
    thai_home = [at for at in found if "จังหวัด" in headers[at]]
    if len(found) > 1 or thai_home:
        what = f"hold the region of {headers[place]!r}, or whose list it is"
        raise _unsure(headers, found, what, "--admin1-column", where)
    return found[0] if found else None


def _named(headers: Sequence[str], name: str, option: str, where: str) -> int:
    found = [at for at, header in enumerate(headers) if header == name]
    found = found or [at for at, header in enumerate(headers) if header.strip() == name.strip()]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(map(repr, headers))
    raise DataError(
        f"{len(found)} columns are called {name!r}; there are {listed}"
        if found
        else f"no column is called {name!r}; there are {listed}",
        where=where,
        todo=f"give {option} one of them",
    )


def _unsure(
    headers: Sequence[str], found: list[int], what: str, option: str, where: str
) -> DataError:
    listed = " or ".join(repr(headers[at]) for at in found)
    return DataError(
        f"{listed} may {what}",
        where=where,
        todo=f"tell with {option}" + (' ("" for none)' if option != "--place-column" else ""),
    )
