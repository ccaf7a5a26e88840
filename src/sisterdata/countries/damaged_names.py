"""Damaged names: lost spaces, words cut short, lost or mistyped letters."""

from __future__ import annotations

import re

from sisterdata.countries import index
from sisterdata.countries.brackets_and_commas import part
from sisterdata.countries.exact_lookup import (
    Answer,
    Printed,
    answer_of,
    likeliest,
    one_country,
    read_printed,
    whole,
)
from sisterdata.countries.formal_names import with_state_form
from sisterdata.countries.index import Entry
from sisterdata.countries.name_words import FORM_SPELLINGS, bag, spelt, without_state_form, words
from sisterdata.countries.typos import respelt
from sisterdata.match_result import Doubt

_CAMEL_CASE = re.compile("(?<=[a-z])(?=[A-Z][a-z])")


def closed_up(printed: Printed) -> Answer | None:
    """Missing or extra spaces: "SriLanka", "Kazakh stan"."""
    text, _, key, _, _ = printed
    if not text.islower() and not text.isupper() and _CAMEL_CASE.search(text):
        found = whole(read_printed(_CAMEL_CASE.sub(" ", text)))
        if found is not None:
            return found
    closed = key.replace(" ", "")
    entry = index.lookup_closed(closed)
    if entry is None and len(closed) >= _LONG_WITHOUT_BLANKS and closed != key:
        entry = index.lookup(closed)
    return None if entry is None else answer_of(entry, "spaces corrected")


# "I ran" is not Iran.
_LONG_WITHOUT_BLANKS = 8

_LOST_LETTERS = re.compile(r"(?<=\w)[?�™]+|[?�]+(?=\w)")


def letters_lost(printed: Printed) -> Answer | None:
    """Question marks for letters an encoding lacked: "Cura?ao", "S?o Tom? and Pr?ncipe"."""
    text = printed.text
    if "?" not in text and "�" not in text and "™" not in text:
        return None
    if not _LOST_LETTERS.search(text):
        return None
    marked = read_printed(_LOST_LETTERS.sub("ʘ", text)).key
    if sum(letter.isalpha() for letter in marked) < 2 * marked.count("ʘ") + 3:
        return None
    pattern = re.compile(re.escape(marked).replace("ʘ", r"\w"))
    keys = [key for key in index.keys_of_length().get(len(marked), ()) if pattern.fullmatch(key)]
    entry = index.lookup_known(keys[0]) if one_country(keys) else None
    if entry is None and not keys:  # "Curac?ao": the letter is there, its accent is lost
        entry = index.lookup_at_home(marked.replace("ʘ", ""))
    if entry is None and not keys:
        entry = index.lookup_abroad_like(pattern, len(marked))
    if entry is None:
        return None
    found = answer_of(entry, "lost letters restored")
    return found._replace(
        doubts=(*found.doubts, Doubt("repaired_text", f"letters were lost: {found.rule}"))
    )


def abbreviated(printed: Printed) -> Answer | None:
    """Words abbreviated with a dot, each the beginning of its word: "Cent. Afr. Rep."."""
    if "." not in printed.text or sum(map(len, printed.said)) < 4:
        return None
    initials = "".join(word[0] for word in printed.said)
    code = one_country(
        [
            key
            for parts, key in index.abbreviated_names().get(initials, ())
            if all(map(str.startswith, parts, printed.said))
        ]
    )
    return answer_of(Entry((code,), "abbreviation", "words cut short")) if code else None


_SPELT_OUT = re.compile("([aou])e")


def umlauts_spelt_out(printed: Printed) -> Answer | None:
    """A German name with umlauts spelled out: "Suedafrika", "Tuerkei"."""
    if "ae" not in printed.key and "oe" not in printed.key and "ue" not in printed.key:
        return None
    return part(read_printed(_SPELT_OUT.sub(r"\1", printed.key)))


def mistyped(printed: Printed) -> Answer | None:
    """Words with one or two wrong letters, if every correction gives the same country."""
    readings, edits = respelt(printed.said)
    if not readings:
        return None
    found = []
    for key in readings:
        entry = index.lookup_at_home(key) or index.lookup_bag(bag(key))
        if entry is not None:
            decision: Answer | None = answer_of(entry)
        else:
            core, form = without_state_form(key, words(key))
            stated = index.lookup_at_home(core) if core else None
            decision = with_state_form(stated, form) if stated else None
        if decision is not None:
            found.append((key, decision))
    return likeliest(found, edits, len(printed.key)) if found else None


def truncated(printed: Printed) -> Answer | None:
    """Words cut short without a dot, as in files of fixed width: "Bosnia Herzg", "Untd Arab Em".

    Each printed word has the first letter of the full word and some of its other letters, in order.
    Only the last words of a name may be missing, and then the text has to be long.
    """
    said = spelt(printed.said)
    length = sum(map(len, said))
    if len(said) < 2 or length < _SHORTEST_TRUNCATED or said[-1] == "nes":
        return None
    size = len(said)
    may_lack_words = length >= _LONG_TRUNCATED and said[-1] not in index.vocabulary()
    keys = []
    first, fits = "", False
    for name, key in index.names_beginning(said[0][0] + said[1][0]):
        if len(name) != size and (len(name) < size or not may_lack_words):
            continue
        if name[0] != first:  # names with one first word follow each other
            first, fits = name[0], _is_short_for(said[0], name[0])
        whole = len(name) == size
        if not fits or not _is_cut_short(said, name):
            continue
        if not whole or index.lookup_known(key).kind != "misspelling":
            keys.append((not whole, key))
    least = min(keys, default=(False, ""))[0]  # a name with as many words is preferred
    entries = [index.lookup_known(key) for longer, key in keys if longer == least]
    codes = {code for entry in entries for code in entry.codes}
    kinds = {entry.kind for entry in entries}
    if len(codes) != 1 or not kinds <= _CUT_KINDS:
        return None
    return answer_of(Entry((codes.pop(),), "abbreviation", "words cut short"))


_SHORTEST_TRUNCATED, _LONG_TRUNCATED = 8, 11
_CUT_KINDS = frozenset({"name", "official", "alias", "abbreviation"})


def _is_cut_short(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a word of the name is cut; the last one, if the words after it are missing.

    The first word is known to be the same or cut.
    """
    if not all(map(_is_short_for, said[1:], name[1:])):
        return False
    return said[-1] != name[len(said) - 1] if len(name) > len(said) else said != name


def _is_short_for(form: str, word: str) -> bool:
    """Whether `form` is the word, its beginning, or its first letter and later ones in order.

    A word for the form of state may be cut to two letters, or to one.
    """
    if form == word:
        return len(form) > 1 or word in FORM_SPELLINGS
    if form[0] != word[0] or len(form) >= len(word):
        return False
    of_state = word in FORM_SPELLINGS
    if len(form) < 2 and not of_state:
        return False
    if word.startswith(form):
        return True
    if len(form) < (2 if of_state else 3):
        return False
    at = 0
    for letter in form:
        at = word.find(letter, at) + 1
        if not at:
            return False
    return True
