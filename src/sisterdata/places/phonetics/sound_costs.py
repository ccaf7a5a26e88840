"""What it costs Thai writers to spell a sound one way or another: learned, and shipped readable.

`data/sound_costs.json` holds, for every unit of a name (a letter group in a language, ``fr:eau``,
or after another unit, ``en:o<w``, or a letter of another script, romanised, ``cyr:zh``), what
each Thai unit costs as its spelling, in hundredths of a nat (minus the log of how often it is
met); ``-`` is the cost of leaving it out, ``*`` of any unit not listed; ``insertion`` what a Thai
unit costs that nothing in the name calls for. ``python -m tools.likeness`` makes it, from pairs
of names in GeoNames and CLDR.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sisterdata.errors import DataError
from sisterdata.places.phonetics.latin_letters_to_sounds import read_latin
from sisterdata.places.phonetics.thai_letters_to_sounds import read_thai
from sisterdata.places.phonetics.translated_words import translated_foreign, translated_thai

PATH = Path(__file__).resolve().parents[2] / "data" / "sound_costs.json"
_NEVER = 99.0  # nats
_OTHER = -1  # "*" among the Thai units
ABJAD = "ara"  # scripts that leave vowels out have insertion costs of their own

# In which language a country's names are read, where it matters to how letters sound.
_LANGUAGES = {
    "en": "US GB AU NZ CA IE JM BB BS TT GY BZ AG GD LC VC DM KN BM KY ZA ZW ZM MW GH NG "
    "SL GM LR KE "
    "UG TZ BW FJ PG SB VU IM JE GG GI FK VG VI GU MP AS MS TC AI SH",
    "zh": "CN TW HK MO SG",
    "ja": "JP",
    "ko": "KR KP",
    "vi": "VN",
    "fr": "FR BE LU MC CD CG CI SN ML BF NE TD CF CM GA GN TG BJ HT GP MQ GF RE NC PF BL "
    "PM DZ MA MG "
    "KM DJ BI RW YT MU SC WF",
    "es": "ES MX AR CL CO PE VE EC BO PY UY CR PA NI HN SV GT CU DO PR GQ PH AD",
    "pt": "PT BR AO MZ CV GW ST TL",
    "it": "IT SM VA MT",
    "de": "DE AT CH LI",
    "nl": "NL SR AW CW SX BQ",
    "pl": "PL",
    "cs": "CZ SK",
    "hu": "HU",
    "ro": "RO MD",
    "tr": "TR AZ",
    "nordic": "SE DK NO FI IS FO GL EE AX SJ",
    "balkan": "SI HR BA RS ME MK XK AL LV LT",
    "ru": "RU BY UA KZ KG BG UZ TJ TM MN GE AM",
    "indic": "IN PK BD NP LK BT MV AF",
    "my": "MM",
    "lo": "LA",
    "km": "KH",
    "ms": "MY ID BN",
    "ar": "SA EG SD LY IQ SY JO LB PS IL YE OM AE QA BH KW IR MR SO SS ER EH TN",
    "el": "GR CY",
    "am": "ET",
}
LANGUAGE = {code: language for language, codes in _LANGUAGES.items() for code in codes.split()}


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """The learned costs, in nats; `table[t, row]` is that of writing Thai unit t for a row.

    `table[0]` is the cost of leaving the row's unit out. The last row stands for what is behind
    the end of a name: it costs nothing to leave out, and no Thai unit is written for it.
    `insertion[c, t]` is the cost of a Thai unit too many, for names of class `c`
    (`classes[row]`; 1: scripts without vowels). `expected[row]` is the likeliest Thai unit, 0 for
    none.
    """

    thai: dict[str, int]
    rows: dict[str, int]
    table: npt.NDArray[np.float32]
    insertion: npt.NDArray[np.float32]
    classes: npt.NDArray[np.uint8]
    expected: npt.NDArray[np.intp]
    letters: tuple[str, ...]  # of each Thai unit in a key


@lru_cache(maxsize=1)
def costs() -> Costs:
    """The shipped costs; raises DataError where the file is missing or damaged."""
    try:
        shipped = json.loads(PATH.read_bytes())
        return costs_of(shipped)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"unreadable: {error}", where=str(PATH), todo="reinstall it") from error


def costs_of(shipped: dict[str, dict[str, dict[str, int]]]) -> Costs:
    """The costs that the content of `data/sound_costs.json` states."""
    thai = {unit: i for i, unit in enumerate(["-", *shipped["insertion"][""]])}
    rows = {name: row for row, name in enumerate(shipped["spelling"])}
    spelling = shipped["spelling"].values()
    table = np.empty((len(thai), len(rows) + 1), dtype=np.float32)
    table[:, -1] = np.where(np.arange(len(thai)), _NEVER, 0)
    table[:, :-1] = [listed["*"] / 100 for listed in spelling]
    positions = thai | {"*": _OTHER}
    listed_thai = np.array([positions[unit] for listed in spelling for unit in listed])
    listed_row = np.repeat(np.arange(len(rows)), [len(listed) for listed in spelling])
    cost = np.array([cost for listed in spelling for cost in listed.values()]) / 100
    own = listed_thai != _OTHER
    table[listed_thai[own], listed_row[own]] = cost[own]
    insertion = np.array(
        [[0, *shipped["insertion"][kind].values()] for kind in ("", ABJAD)], dtype=np.float32
    )
    return Costs(
        thai=thai,
        rows=rows,
        table=table,
        insertion=(insertion / 100).astype(np.float32),
        classes=np.array([*(name.startswith(f"{ABJAD}:") for name in rows), 0], dtype=np.uint8),
        expected=table[:, :-1].argmin(axis=0),
        letters=tuple(_letter(unit) for unit in thai),
    )


# --- names as rows of the table ----------------------------------------------------------------


def thai_readings(name: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a Thai name, also with words that are translated (`translated_words.py`)."""
    readings = [reading for reading in read_thai(name) if reading]
    translated = translated_thai(name)
    if translated is not None:
        readings += [reading + translated[1] for reading in read_thai(translated[0])]
    return tuple(dict.fromkeys(readings))


def latin_readings(name: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The same for a name in Latin script."""
    readings = [read_latin(name, language)]
    words = name.lower().replace("-", " ").split()
    translated = translated_foreign([_unaccented(word) for word in words])
    if translated is not None:
        rest = " ".join(word for word in words if _unaccented(word) in translated[0])
        readings.append(read_latin(rest, language) + translated[1])
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def chain(language: str, before: str, unit: str) -> tuple[str, ...]:
    """The names of the rows that a unit may have, the most telling one first.

    >>> chain("fr", "t", "é")
    ('fr:t<é', 'fr:é', ':é', ':e')
    """
    if language == "th" or unit.startswith("<"):
        return (f"{language}:{unit}" if language == "th" else f":{unit}",)
    own = f"{language}:{unit}"
    return (f"{language}:{before}<{unit}", own, f":{unit}", f":{letters_of(unit)}")


def letters_of(unit: str) -> str:
    """The bare letters of a unit: no accent, no mark of its place in the syllable."""
    return _unaccented(unit.rstrip(".'-"))


def rows(readings: tuple[str, ...], language: str, known: dict[str, int]) -> list[int]:
    """The rows of a reading; units that nothing is known of are left out."""
    found = []
    for before, unit in zip(("", *readings), readings, strict=False):
        for name in chain(language, before, unit):
            if name in known:
                found.append(known[name])
                break
    return found


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    spelt = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in spelt if not unicodedata.combining(letter)) or text


# --- keys: what is compared before anything is weighed ------------------------------------------

# Thai units that writers and scanners exchange most; a key holds one letter for all of a line.
_ALIKE = (
    "คกขฃฅฆ", "จฉชฌ", "ซสศษ", "ทตถฐฑฒธฏ", "ดฎ", "นณ", "พปผภ", "ลฬ", "หฮ", "ยญ", "ฟฝ",
)  # fmt: skip
_ALIKE_VOWELS = {
    "-ะ": "า", "-า": "า", "-ิ": "ี", "-ี": "ี", "-ึ": "ื", "-ื": "ื", "-ุ": "ู", "-ู": "ู", "เ-": "แ",
    "แ-": "แ", "เ-อ": "แ", "โ-": "อ", "-อ": "อ", "เ-าะ": "อ", "ไ-": "ไ",
    "เ-า": "เ", "เ-ีย": "ๆ", "เ-ือ": "ฯ",
    "-ัว": "ั", "เ-ย": "ๅ",
}  # fmt: skip
_KEY = {letter: line[0] for line in _ALIKE for letter in line}


def _letter(unit: str) -> str:
    """The letter of a Thai unit in a key; none for tones."""
    if unit == "-" or unit in "่้๊๋":
        return ""
    if unit.startswith("<"):
        return unit[1].upper() if unit != "<south>" else "Z"
    return _ALIKE_VOWELS.get(unit) or _KEY.get(unit[0], unit[0])


def key(units: npt.NDArray[np.intp] | list[int], letters: tuple[str, ...]) -> str:
    """The key of Thai units: what a reading comes to once like is folded with like."""
    return "".join(letters[unit] for unit in units)
