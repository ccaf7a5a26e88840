"""A single capital letter next to a name, which may tell one country from another.

"Congo (K)" is not "Congo (B)", and "Germany, E." is not Germany. A letter is never dropped:
either it is the first letter of a missing word of one known name, or the answer stays open.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from sisterdata.countries.exact_lookup import Answer, Printed, answer_of, names_one
from sisterdata.countries.index import Entry, home_keys, lookup_bag, lookup_known
from sisterdata.countries.name_words import FORM_SPELLINGS, bag_of, spelt, words


def with_letters(printed: Printed, letters: tuple[str, ...]) -> Answer | None:
    """The answer for a text in which single letters stand for words; None if no name has them."""
    named = _names_with(printed, letters)
    codes = tuple(dict.fromkeys(code for entry in named for code in entry.codes))
    if not codes:
        return None
    if len(codes) == 1 and all(entry.kind not in _OPEN_KINDS for entry in named):
        return answer_of(Entry(codes, "abbreviation", f"{_shown(letters)} stands for a word"))
    return undecided(letters, codes)


def undecided(letters: tuple[str, ...], codes: tuple[str, ...]) -> Answer:
    """No country, since single letters may tell which of these, or which other, is meant."""
    rule = f"the letter {_shown(letters)} may tell one country from another"
    return Answer(None, "ambiguous" if len(codes) > 1 else "unmatched", None, rule, codes)


def _shown(letters: tuple[str, ...]) -> str:
    return ", ".join(letters).upper()


_OPEN_KINDS = frozenset({"ambiguous", "dissolved", "region"})


def without_letters(text: str) -> str:
    """The text without its single letters, and without the marks around them.

    >>> without_letters("Congo (K)"), without_letters("Germany, E."), without_letters("N. Korea")
    ('Congo', 'Germany', 'Korea')
    """
    return _MARKED_LETTER.sub(" ", text).strip()


_MARKED_LETTER = re.compile(r"[\s(\[,;/-]*(?<![^\W_])[A-Za-z](?![^\W_]|['’‘´`])[\s.)\],;/-]*")


def _names_with(printed: Printed, letters: tuple[str, ...]) -> list[Entry]:
    """The entries that have each whole word of the text, and one more word for each short form.

    Short forms are the single letters and the words cut with a dot ("Fr. S. Antarctic Lands").
    If the whole words alone are a country ("Congo (K)"), a letter may only stand for a word that
    tells countries of one name apart, or that says the form of the state. Of a compass point's
    letter, only the compass point is meant, if there is such a name.
    """
    dotted = set(_DOTTED.findall(printed.text.lower())).intersection(printed.key.split())
    said = [word for word in words(_longer_words(printed.key)) if word not in dotted]
    cut = [*letters, *(word for word in dotted if spelt((word,)) == (word,))]
    said += [word for word in spelt(tuple(dotted)) if word not in dotted]
    whole = Counter(spelt(tuple(said)))
    if not whole or (_GENERIC.issuperset(whole) and not any(len(form) > 1 for form in cut)):
        return []
    alone = lookup_bag(bag_of(tuple(said)))
    if alone is not None and not names_one(alone) and max(map(len, cut), default=0) > 2:
        alone = None  # "Papua N.Guin." has more words than the region of Papua
    found: list[tuple[tuple[str, ...], Entry]] = []
    size = whole.total() + len(cut)
    for name, key in min((_names_by_word().get(word, ()) for word in whole), key=len):
        if len(name) != size:
            continue
        more = tuple((Counter(name) - whole).elements())
        if _begin(cut, more):
            entry = lookup_known(key)
            goes_on = _AND.search(printed.text) and alone is not None and entry.codes == alone.codes
            if alone is None or goes_on or _TELLING.union(FORM_SPELLINGS).issuperset(more):
                found.append((more, entry))
    compass = [entry for more, entry in found if _COMPASS.intersection(more)]
    return compass or [entry for _, entry in found]


_AND = re.compile(r"(?:&|\band)\s+(?:the\s+)?[A-Z]\b", re.IGNORECASE)
_GENERIC = (FORM_SPELLINGS | {"islands", "territory", "saint"}) - {"united"}
_DOTTED = re.compile(r"(?<![^\W_])([a-z]{2,})\.")
_COMPASS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western"}
)


def _longer_words(key: str) -> str:
    return " ".join(word for word in key.split() if len(word) > 1)


def _begin(cut: list[str], words_left: tuple[str, ...]) -> bool:
    """Whether each short form begins a different word, and no word is left over."""
    left = list(words_left)
    for form in sorted(cut, key=len, reverse=True):
        word = next((word for word in left if len(word) > 2 and word.startswith(form)), None)
        if word is None:
            return False
        left.remove(word)
    return not left


# Words that tell apart countries of one name.
_TELLING = _COMPASS | {"equatorial", "american", "kinshasa", "brazzaville", "bissau"}


@cache
def _names_by_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Word to the names that have it, each as its words and its key."""
    names: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for key in home_keys():
        said = spelt(words(key))
        for word in set(said):
            names[word].append((said, key))
    return dict(names)
