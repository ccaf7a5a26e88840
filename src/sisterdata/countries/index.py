"""The shipped index of country names, written by `make countries`.

There are two files. The first holds English and Thai names and the codes, and is read at the first
lookup. The second holds CLDR's names in all other languages, and is read when a name is not in
the first. Everything else here is derived from them on first use.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sisterdata.countries.comparison_key import country_key
from sisterdata.countries.name_words import FORM_SPELLINGS, bag, spelt, words
from sisterdata.errors import DataError

# The kinds of entries.
KINDS = (
    "name",  # a short name of ISO 3166-1, the UN's lists or CLDR
    "official",  # a formal name
    "code",
    "alias",  # another name in use
    "abbreviation",
    "old",  # a former name of one present country
    "part",  # a part whose name stands for the country
    "misspelling",
    "ambiguous",  # several countries
    "dissolved",  # a former state: its successors
    "region",  # a region that is no country: the countries it lies in
    "adjective",
    "word",  # a place, a language or another word that is only like a country
    "not_country",
)
_NAMING = {"name", "official", "alias", "abbreviation", "old", "part", "misspelling"}
_DATA = Path(__file__).parents[1] / "data"

_MEANING = _NAMING | {"ambiguous", "dissolved", "region"}


class Entry(NamedTuple):
    """The meaning of one key; `codes` are ISO 3166-1 alpha-2, the likeliest first."""

    codes: tuple[str, ...]
    kind: str
    note: str


def lookup(key: str) -> Entry | None:
    """The entry of a key in any language, or None.

    >>> lookup("burma")
    Entry(codes=('MM',), kind='old', note='old name')
    """
    return lookup_at_home(key) or _lookup_abroad(key)


def lookup_at_home(key: str) -> Entry | None:
    """The entry of a key in English or Thai, or None."""
    line = _home().get(key)
    return None if line is None else _entry(line)


def _lookup_abroad(key: str) -> Entry | None:
    line = _abroad().get(key)
    return None if line is None else _entry_abroad(line)


def lookup_known(key: str) -> Entry:
    """The entry of a key that is known to be in the index."""
    return _entry(_home()[key])


def lookup_code(code: str, scheme: str = "iso") -> Entry | None:
    """The entry of a code: ``iso`` (alpha-2, alpha-3, numeric), ``ioc`` or ``fips``."""
    return lookup_at_home(f"{scheme}:{code}")


def lookup_adjective(word: str) -> Entry | None:
    """The entry of an English adjective: "chinese", "australian"."""
    return lookup_at_home(f"adj:{word}")


def lookup_bag(key_bag: str) -> Entry | None:
    """The entry of the one name that has these words, in any order."""
    key = _bags().get(key_bag)
    return None if key is None else lookup_known(key)


def lookup_closed(key: str) -> Entry | None:
    """The entry of the one name of several words that equals this key without spaces."""
    found = _closed().get(key)
    return None if found is None else lookup_known(found)


def lookup_abroad_like(pattern: re.Pattern[str], length: int) -> Entry | None:
    """The entry of the one country with names in other languages that match a pattern."""
    keys = [key for key in _abroad_of_length().get(length, ()) if pattern.fullmatch(key)]
    entries = [_entry_abroad(_abroad()[key]) for key in keys]
    one = len({entry.codes for entry in entries}) == 1
    return entries[0] if one and entries[0].kind in _NAMING else None


def lookup_translated(key: str) -> Entry | None:
    """The entry of a name in pycountry's translations of ISO 3166-1, or None.

    They hold the formal names that CLDR lacks. Only the languages of the key's script are read.
    A name that the index has is not looked up here: it gives None.

    >>> lookup_translated("республика ангола").codes
    ('AO',)
    """
    for script, languages in _LANGUAGES.items():
        if re.search(script, key):
            return _translated(languages).get(key)
    return None


# The languages in which lists are written, by script. A translation that other countries'
# names are like, in any of them, is left out.
_LANGUAGES = {
    "[\u0400-\u04ff]": "ru uk bg sr be mk kk",
    "[\u0600-\u06ff]": "ar fa ur",
    "[\u3040-\u9fff]": "zh_CN zh_TW zh_HK ja",
    "[\uac00-\ud7a3]": "ko",
    "[\u0370-\u03ff]": "el",
    "[\u0590-\u05ff]": "he",
    "[\u0900-\u097f]": "hi mr ne",
    "[\u10a0-\u10ff]": "ka",
    "[\u0530-\u058f]": "hy",
    "[a-z]": "fr es de it pt pt_BR nl sv da nb_NO pl cs sk hu ro hr sl fi et lv lt tr ca id ms vi",
}


@cache
def _translated(languages: str) -> dict[str, Entry]:
    """Key to entry of every translation that means one country and is not in the index."""
    from sisterdata.iso3166 import iso_translations

    codes: dict[str, set[str]] = {}
    for language in languages.split():
        for name, code in iso_translations(language):
            codes.setdefault(country_key(name), set()).add(code)
    return {
        key: Entry((code,), "official", "a translation of its name in ISO 3166-1 (pycountry)")
        for key, (code, *others) in ((key, sorted(of_key)) for key, of_key in codes.items())
        if not others
        and len(key) >= (_SHORTEST_TRANSLATED if key.isascii() else 2)
        and lookup(key) is None
    }


_SHORTEST_TRANSLATED = 5


@cache
def english_name(code: str) -> str:
    """CLDR's English name of a country."""
    return lookup_known(f"iso:{code}").note


@cache
def vocabulary() -> frozenset[str]:
    """Every word in a present or old English name of a country."""
    return frozenset(
        word
        for key in _english()
        if lookup_known(key).kind in {"name", "official", "old"}
        for word in words(key)
        if word.isalpha()
    )


@cache
def known_words() -> frozenset[str]:
    """Every word of an English entry, in any spelling, and every word for a form of state.

    A text without any of these words cannot be a known name in another order, or a known name
    with more words around it.
    """
    keys = (key.removeprefix("adj:") for key in _home() if key.isascii())
    return FORM_SPELLINGS.union(word for key in keys for word in words(key))


@cache
def adjectives() -> frozenset[str]:
    """The English adjectives, single words."""
    return frozenset(key[4:] for key in _home() if key.startswith("adj:"))


@cache
def thai_keys() -> tuple[str, ...]:
    """The Thai keys that name one country, those of the standards first."""
    kinds = {key: _entry(line).kind for key, line in _home().items() if "ก" <= key[0] <= "๛"}
    return tuple(
        sorted(
            (key for key, kind in kinds.items() if kind in _NAMING),
            key=lambda key: kinds[key] not in {"name", "official"},
        )
    )


@cache
def abbreviated_names() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Words and key of each English name, by the first letters of its words."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in _english():
        parts = words(key)
        names.setdefault("".join(part[0] for part in parts), []).append((parts, key))
    return names


def names_beginning(letters: str) -> list[tuple[tuple[str, ...], str]]:
    """Words and key of each English name whose first two words begin with these two letters.

    A name that begins with its form of state is here with that form at its end, too.
    """
    return _names_by_letters().get(letters, [])


@cache
def _names_by_letters() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in home_keys():
        said = words(key)
        at = next((at for at, word in enumerate(said) if word not in FORM_SPELLINGS), 0)
        for order in dict.fromkeys((said, said[at:] + said[:at])):
            if len(order) > 1:
                name = spelt(order)
                names.setdefault(name[0][0] + name[1][0], []).append((name, key))
    for of_letters in names.values():
        of_letters.sort()
    return names


@cache
def keys_of_length() -> dict[int, list[str]]:
    """The keys in Latin script that name one country, by their length."""
    return _by_length(_english())


@cache
def _abroad_of_length() -> dict[int, list[str]]:
    return _by_length(_abroad())


def _by_length(keys: Iterable[str]) -> dict[int, list[str]]:
    of_length: dict[int, list[str]] = {}
    for key in keys:
        of_length.setdefault(len(key), []).append(key)
    return of_length


@cache
def home_keys() -> tuple[str, ...]:
    """The English keys that name a country, several countries, a former state or a region."""
    return tuple(
        key
        for key, line in _home().items()
        if key.isascii() and ":" not in key and _entry(line).kind in _MEANING
    )


@cache
def _bags() -> dict[str, str]:
    """Sorted words to key; words that several countries share are left out."""
    return _unshared((bag(key), key) for key in home_keys())


@cache
def _closed() -> dict[str, str]:
    """Names of several words, without their spaces, to key."""
    return _unshared(
        (key.replace(" ", ""), key)
        for key in _english()
        if " " in key and lookup_known(key).kind != "abbreviation"
    )


def _unshared(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Form to key, without the forms that several countries share."""
    keys: dict[str, str] = {}
    shared = {""}
    for form, key in pairs:
        other, this = lookup_known(keys.setdefault(form, key)), lookup_known(key)
        if other.codes != this.codes or (other.kind in _NAMING) != (this.kind in _NAMING):
            shared.add(form)
    return {form: key for form, key in keys.items() if form not in shared}


@cache
def _english() -> tuple[str, ...]:
    """The keys in Latin script that name one country."""
    return tuple(
        key
        for key, line in _home().items()
        if ":" not in key and key.isascii() and _entry(line).kind in _NAMING
    )


@cache
def _entry(line: str) -> Entry:
    codes, kind, note = line.split("\t")
    return Entry(tuple(codes.split("|")) if codes else (), kind, note)


@cache
def _entry_abroad(line: str) -> Entry:
    codes, kind, note = _entry(line)
    return Entry(codes, kind, note if kind == "ambiguous" else f"its name in CLDR ({note})")


@cache
def _home() -> dict[str, str]:
    return _read("countries.tsv")


@cache
def _abroad() -> dict[str, str]:
    return _read("countries_cldr.tsv")


def _read(name: str) -> dict[str, str]:
    """Key to the rest of its line; refuses a file that `make countries` did not write."""
    path = _DATA / name
    try:
        content = path.read_bytes()
        provenance = json.loads((_DATA / "countries.json").read_bytes())
        written = provenance["files"][name]["sha256"]
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(path, f"cannot be read: {error}") from error
    if hashlib.sha256(content).hexdigest() != written:
        raise _damaged(path, "differs from the one that was built")
    lines = content.decode("utf-8").split("\n")
    return {key: line for key, _, line in (line.partition("\t") for line in lines[:-1])}


def _damaged(path: Path, what: str) -> DataError:
    return DataError(
        f"the index of country names {what}", where=str(path), todo="run `make countries`"
    )
