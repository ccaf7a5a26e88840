"""The rules that read a country name, in order, each more lenient than the last.

The first rule with an answer wins. A rule that finds several countries lists them as candidates
instead of choosing one. A name accepted on likeness must be unlike every other country and every
known place. Rules that cannot apply are skipped: most texts are only letters and spaces, or have
no word that occurs in a country's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sisterdata.countries.brackets_and_commas import (
    foreign_article,
    in_parts,
    inverted,
    since,
    two_scripts,
    with_code,
    without_elision,
    without_total,
)
from sisterdata.countries.bullets_and_footnotes import (
    without_article,
    without_footnote,
    without_list_marks,
)
from sisterdata.countries.comparison_key import single_letters
from sisterdata.countries.damaged_names import (
    abbreviated,
    closed_up,
    letters_lost,
    mistyped,
    truncated,
    umlauts_spelt_out,
)
from sisterdata.countries.exact_lookup import (
    NOT_RUN,
    UNMATCHED,
    Answer,
    Printed,
    named,
    read_printed,
    reordered,
    translated,
    whole,
)
from sisterdata.countries.formal_names import (
    former,
    glued_region,
    island,
    peoples_republic,
    soviet,
    state_form,
)
from sisterdata.countries.index import known_words
from sisterdata.countries.single_letters_next_to_a_name import (
    undecided,
    with_letters,
    without_letters,
)
from sisterdata.countries.territories import colonial, next_to_its_state, several
from sisterdata.countries.thai_names import (
    thai_inverted,
    thai_island,
    thai_letter,
    thai_spelling,
    thai_state_form,
    thai_territory,
)
from sisterdata.match_result import Doubt

# The longest official names have about 60 letters; remarks may make a text a few times longer.
_LONGEST = 250


def decide(text: str, scheme: str = "iso") -> Answer:
    """Read one country name; `scheme` says which code list two or three capitals belong to.

    >>> decide("Korea, Rep. of").id, decide("Peru, Indiana").id
    ('KR', None)
    """
    if len(text) > _LONGEST:
        return UNMATCHED
    printed = read_printed(text)
    if not printed.key:
        return NOT_RUN
    plain = text.isascii() and text.replace(" ", "").isalpha()
    name = "" if plain else without_list_marks(printed.text)
    if name and name != printed.text.strip():
        return _decide_again(name, scheme)
    letters = single_letters(printed.text, printed.key)
    elided = bool(letters) and not set(letters).issubset(printed.key.split())
    found = None if elided else named(printed, scheme, at_home=bool(letters))
    if found is not None:
        return found
    if letters:
        return _decide_with_letters(printed, letters)
    if not plain:
        if any(len(number) != _YEAR_DIGITS for number in _NUMBERS.findall(text)):
            return UNMATCHED
        name = without_article(without_footnote(printed.text))
        if len(name) < len(printed.text.strip()):
            return _decide_again(name, scheme)
    for rule in _rules_for(printed, marked=not plain):
        found = rule(printed)
        if found is not None:
            return found
    return UNMATCHED


def _decide_with_letters(printed: Printed, letters: tuple[str, ...]) -> Answer:
    found = with_letters(printed, letters) or in_parts(printed)
    if found is not None:
        return found
    ignored = _decide_again(without_letters(printed.text))
    if ignored.id is None and set(letters).issubset(printed.said):
        found = truncated(printed)
        if found is not None:
            return found
    codes = (ignored.id,) if ignored.id is not None else ignored.candidates
    return undecided(letters, codes)


# The same name comes with many footnotes.
_decide_again = lru_cache(maxsize=1 << 14)(decide)

# Footnotes have one or two digits, years four. Next to any other number there is no country.
_NUMBERS, _YEAR_DIGITS = re.compile(r"\d{3,}"), 4


def _rules_for(printed: Printed, *, marked: bool) -> tuple[Callable[[Printed], Answer | None], ...]:
    if printed.thai:
        return _THAI_RULES
    marked = marked and not printed.text.replace(" ", "").isalpha()
    if printed.key.isascii() and known_words().isdisjoint(printed.said):
        return _MARKED_UNKNOWN if marked else _UNKNOWN
    return _MARKED if marked else _PLAIN


def repaired(printed: Printed) -> Answer | None:
    """Text that was decoded with the wrong encoding: "CÃ´te d'Ivoire"."""
    if printed.text.isascii() or not _MOJIBAKE.search(printed.text):
        return None
    from ftfy import fix_text

    text = fix_text(printed.text)
    found = UNMATCHED if text == printed.text else decide(text)
    if found.id is None:
        for text in _misencoded(printed.text):
            found = whole(read_printed(text)) or UNMATCHED
            if found.id is not None:
                break
        else:
            return None
    doubt = Doubt("repaired_text", f"decoded with the wrong encoding; repaired to {text!r}")
    return found._replace(doubts=(*found.doubts, doubt))


def _misencoded(text: str) -> list[str]:
    """The text as other encodings wrote it: DOS's "C“te d'Ivoire", Mac OS's "SÌ£o TomÌ©"."""
    texts = []
    for encodings in _ENCODINGS:
        read = text
        try:
            for written, meant in encodings:
                read = read.encode(written).decode(meant)
        except UnicodeError:
            continue
        texts.append(read)
    return texts


_ENCODINGS = (
    (("cp1252", "cp850"),),
    (("cp1252", "mac_roman"), ("latin-1", "utf-8")),
    (("cp1252", "mac_roman"),),
)
_MOJIBAKE = re.compile("[ÃÂâ€à¸ÐÑÌÅÄ�√“”‚„‡†ŠŒ¡¢£¤§]|(?<=[a-z])[A-ZŽŸ](?=[^a-zA-Z\\s])")

# The order of the rules. Shorter lists leave out rules that cannot apply: to a text of letters and
# spaces only, or to words of no country's name, which can only be a misspelling.
_MARKED = (
    reordered,
    since,
    with_code,
    two_scripts,
    repaired,
    letters_lost,
    closed_up,
    abbreviated,
    in_parts,
    inverted,
    several,
    without_total,
    next_to_its_state,
    former,
    soviet,
    state_form,
    peoples_republic,
    island,
    without_elision,
    glued_region,
    umlauts_spelt_out,
    foreign_article,
    colonial,
    mistyped,
    truncated,
    translated,
)
_OF_MARKS = {since, repaired, letters_lost, abbreviated, inverted, without_elision}
_OF_KNOWN_WORDS = {
    reordered,
    since,
    with_code,
    former,
    soviet,
    state_form,
    peoples_republic,
    island,
    glued_region,
    several,
    without_total,
    next_to_its_state,
    colonial,
}
_PLAIN = tuple(rule for rule in _MARKED if rule not in _OF_MARKS)
_MARKED_UNKNOWN = tuple(rule for rule in _MARKED if rule not in _OF_KNOWN_WORDS)
# Without punctuation and known words, a text has only one part.
_UNKNOWN = tuple(rule for rule in _MARKED_UNKNOWN if rule not in {*_OF_MARKS, in_parts})
_THAI_RULES = (
    reordered,
    with_code,
    two_scripts,
    thai_spelling,
    thai_state_form,
    thai_inverted,
    thai_island,
    in_parts,
    thai_territory,
    several,
    repaired,
    thai_letter,
)
