"""Texts in several parts: brackets, commas, slashes, footnotes, codes next to the name.

All parts must agree on one country. If they name several, there is no answer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sisterdata.countries.comparison_key import accented_key, country_key, single_letters
from sisterdata.countries.exact_lookup import (
    Answer,
    Basis,
    Printed,
    answer_of,
    names_one,
    read_printed,
    whole,
)
from sisterdata.countries.formal_names import former, state_form
from sisterdata.countries.index import english_name, known_words, lookup, lookup_code
from sisterdata.countries.single_letters_next_to_a_name import with_letters
from sisterdata.countries.territories import SOVEREIGN, leaves_whole, sovereign_beside
from sisterdata.countries.thai_names import thai_spelling, thai_state_form
from sisterdata.match_result import Doubt

_SEPARATOR = re.compile(r"[()\[\]{}/|;:,*\n–—]|\s-+\s|--")
_SEPARATING = frozenset("()[]{}/|;:,*\n–—-")
_SCOPING = re.compile("clud|cl[. ]|without", re.IGNORECASE)
_SCOPE = re.compile(r"\s(?=(?:incl\w*|excl\w*|without)\b)", re.IGNORECASE)
_OPEN_PERIOD = re.compile(
    r"(?:from|since|after|post)?[\s-]*\d{4}\s*(?:-|to present|onwards?)?\s*$", re.IGNORECASE
)
_REMARK = re.compile(
    r"^(?:incl\w*|excl\w*|exc|except|without|w o|with|not including|plus|mainland|"
    r"metropolitan|continental|contiguous|country|state|nation|national|independent|sar|s a r|"
    r"urban|rural|unified|reunified|united|disputed|under un|local name|pre 1967 borders|"
    r"european part|(?:since|from|after) \d{4}|(?:until|before) (?:19[5-9]|20)\d|"
    r"special administrative region)\b|"
    r".*\b(?:unscr?|security council|resolution)\b|"
    r"^(?:แผ่นดินใหญ่|เขตบริหารพิเศษ|เขตปกครองพิเศษ|จังหวัดของ|ไม่รวม|รวม)"
)
# What statistics say of a figure, and groups of states: they leave the country whole.
_QUALIFIERS = frozenset(
    """
    total totals all national whole crude net gross exports imports reexports trade shipments
    deliveries production consumption stocks supply demand value volume quantity estimated estimate
    estimates provisional
    preliminary revised projected reported eu efta brics asean oecd nato cis eec eea
    """.split()  # noqa: SIM905
)
# The form of the state in initials, which are some country's code too.
_FORM_INITIALS = frozenset({"pr", "pdr", "dpr", "rb"})


def in_parts(printed: Printed) -> Answer | None:
    """Two or more parts, split at brackets, commas or slashes, that agree on one country."""
    text = _SCOPE.sub(" / ", printed.text) if _SCOPING.search(printed.text) else printed.text
    if _SEPARATING.isdisjoint(text):
        return None
    texts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    if len(texts) < 2:
        return None
    parts = [_read_part(text) for text in texts]
    first = parts[0]
    main, rest = _main(parts)
    if main is None:
        return None
    found = [main]
    remarks = 0
    for said in rest:
        if _QUALIFIERS.issuperset(said.key.split()):
            remarks += 1
            continue
        sovereign = sovereign_beside(said, (main.id,) if main.id else main.candidates)
        if sovereign is not None:
            found.append(Answer(sovereign, "alias", 1.0, "its state"))
            continue
        if main.id and leaves_whole(said, main.id):
            remarks += 1
            continue
        if said.key.replace(" ", "") in _FORM_INITIALS and main.id not in _SHARED_NAMES:
            remarks += 1
            continue
        other = part(said)
        if other is None or other.id != main.id:
            # "Congo, DRC (Kinshasa)": the part belongs to the name before it.
            other = whole(_joined([first, said])) or other
        if other is not None:
            found.append(other)
        elif single_letters(said.text, said.key) and not _SCOPING.search(said.text):
            return None
        elif _REMARK.match(said.key) or _OPEN_PERIOD.match(said.text):
            remarks += 1
        elif not _is_footnote_mark(said):
            return None
    if first.key in _CONGO and "CD" in {said.id for said in found[1:]}:
        found = found[1:]  # "Congo (ex-Zaire)": both are called so
    return _agreed(found, remarks)


_CONGO = frozenset({"congo", "คองโก"})


def _is_footnote_mark(said: Printed) -> bool:
    """A small letter or a number of one or two digits; a capital may be part of the name."""
    mark = said.key
    return (len(mark) <= 1 and not said.text.strip(" .").isupper()) or (
        len(mark) == 2 and mark.isdigit()
    )


# For these, the form of the state tells which country is meant.
_SHARED_NAMES = frozenset({None, "CD", "CG", "CN", "KP", "KR", "US"})


def _main(parts: list[Printed]) -> tuple[Answer | None, list[Printed]]:
    """The longest beginning that is one name ("Korea, Republic of"), and the remaining parts."""
    first = parts[0]
    in_names = not first.key.isascii() or known_words().issuperset(first.said)
    for size in range(min(len(parts) - 1, _PARTS_OF_NAME) if in_names else 0, 1, -1):
        main = whole(_joined(parts[:size]))
        if main is not None:
            return main, parts[size:]
    return part(first), parts[1:]


def _joined(parts: list[Printed]) -> Printed:
    """Several parts as one text; Thai is joined without spaces."""
    blank = "" if parts[0].thai else " "
    return Printed(
        " ".join([said.text for said in parts]),
        blank.join([said.accented for said in parts]),
        blank.join([said.key for said in parts]),
        tuple([word for said in parts for word in said.said]),
        parts[0].thai,
    )


_PARTS_OF_NAME = 3


@lru_cache(maxsize=1 << 14)
def _read_part(text: str) -> Printed:
    """Read one part; cached, because the same country follows many cities."""
    return read_printed(text)


@lru_cache(maxsize=1 << 14)
def part(said: Printed) -> Answer | None:
    """Read one part by itself, without any likeness."""
    letters = single_letters(said.text, said.key)
    if letters:
        return with_letters(said, letters)
    code = said.text.strip()
    if code.isupper() and len(code) in (2, 3) and (entry := lookup_code(code)) is not None:
        return answer_of(entry, "its ISO code")
    if said.thai:
        return whole(said) or thai_spelling(said) or thai_state_form(said)
    if not said.said:
        return None
    return whole(said) or former(said) or state_form(said)


def _agreed(found: list[Answer], remarks: int) -> Answer | None:
    """The one country that all parts can mean; a territory wins over its state."""
    named = tuple(dict.fromkeys(said.id for said in found if said.id is not None))
    territory = False
    if len(named) == 2:
        of_other = tuple(code for code in named if SOVEREIGN.get(code) in named)
        territory = bool(of_other)
        named = of_other or named
    if len(named) > 1:
        return Answer(None, "ambiguous", None, "several countries are named", named, basis="parts")
    if not named:
        return None
    (code,) = named
    unnamed = [said.candidates for said in found if said.id is None]
    for candidates in unnamed:
        # "Virgin Islands (UK)": of the two, the one that belongs to the state named.
        of_it = [other for other in candidates if SOVEREIGN.get(other) == code]
        if len(of_it) == 1 and code not in candidates:
            code, territory = of_it[0], True
    if any(code not in candidates for candidates in unnamed):
        return None
    if found[0].basis == "former":
        return None  # "Yugoslavia (Serbia)" is not Serbia
    doubts = tuple(dict.fromkeys(doubt for said in found for doubt in said.doubts))
    if remarks or (unnamed and not territory):
        doubts += (Doubt("country_variant", "the text says more or less than the country"),)
    basis: Basis = "territory" if territory else "parts"
    return Answer(code, "alias", 1.0, f"{english_name(code)}: {_HOW[basis]}", (), doubts, basis)


_HOW: dict[Basis, str] = {
    "parts": "every part of the text agrees",
    "territory": "a territory, with the state it belongs to",
}


# --- A period, a code or an article around the name


def since(printed: Printed) -> Answer | None:
    """An open period after the name: "Ethiopia 1993-", "Serbia since 2006"."""
    if not _YEAR.search(printed.text):
        return None
    name = _GOES_ON.sub("", printed.text)
    found = None if name == printed.text else part(read_printed(name))
    return _agreed([found], 1) if found else None


_YEAR = re.compile(r"\d{4}")
_GOES_ON = re.compile(
    r"\s+(?:(?:since|from)\s+\d{4}|\d{4}\s*(?:[-–]|onwards?|to present))\s*$", re.IGNORECASE
)


def with_code(printed: Printed) -> Answer | None:
    """A country's code next to its name: "THA Thailand", "Thailand TH", "AW_Aruba"."""
    if not _CODE_BESIDE.search(printed.text):
        return None
    texts = re.split(r"[\s_-]+", printed.text.strip())
    if len(texts) < 2:
        return None
    for code, name in ((texts[0], texts[1:]), (texts[-1], texts[:-1])):
        if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha() and code.isupper()):
            continue
        entry = lookup_code(code)
        found = whole(read_printed(" ".join(name))) if entry else None
        if entry is not None and found is not None and found.id == entry.codes[0]:
            return found
    return None


_CODE_BESIDE = re.compile(r"^\s*[A-Z]{2,3}[\s_-]|[\s_-][A-Z]{2,3}\s*$")


def two_scripts(printed: Printed) -> Answer | None:
    """The same country in two scripts, in any order: "ญี่ปุ่น Japan", "Japan 日本"."""
    if printed.text.isascii() or max(printed.text) <= "ɏ" or not _LATIN_WORD.search(printed.text):
        return None
    texts = [text.strip(" -–/") for text in _SCRIPT_RUN.findall(printed.text)]
    if len(texts) != 2:
        return None
    one, other = texts
    return in_parts(read_printed(f"{one} / {other}")) or in_parts(read_printed(f"{other} / {one}"))


_LATIN_WORD = re.compile("[A-Za-z]{2}")
_SCRIPT_RUN = re.compile("[A-Za-zÀ-ɏ][ -~À-ɏ]*|[^ -~À-ɏ][^A-Za-zÀ-ɏ]*")


def foreign_article(printed: Printed) -> Answer | None:
    """A name behind an article of another language: "el Perú", "la République du Tchad"."""
    article = _FOREIGN_ARTICLE.match(printed.text)
    return part(read_printed(printed.text[article.end() :])) if article else None


_FOREIGN_ARTICLE = re.compile(
    r"^\s*(?:el|la|le|les|los|las|il|lo|os|as|der|die|das|het)\s+(?=[A-ZÀ-Ý])"
)


def inverted(printed: Printed) -> Answer | None:
    """A name in another language with its first words last: "Dominicaine (Rép.)", "Cook, Îles"."""
    parts = [part for part in _INVERTED.split(printed.text) if part.strip()]
    if len(parts) != 2 or printed.thai:
        return None
    name, before = (part.strip() for part in parts)
    shortened = " ".join(_SPELT_FORM.get(word, word) for word in country_key(before).split())
    for first in dict.fromkeys((before, shortened)):
        entry = lookup(accented_key(f"{first} {name}")) or lookup(country_key(f"{first} {name}"))
        if entry is not None and names_one(entry):
            return answer_of(entry)
    return None


_INVERTED = re.compile(r"[()\[\],]")
_SPELT_FORM = {
    "rep": "republique", "dem": "democratique", "pop": "populaire", "is": "iles", "i": "ile",
}  # fmt: skip


def without_total(printed: Printed) -> Answer | None:
    """A figure for the whole country: "Chile total"."""
    name = _TOTAL.sub("", printed.text)
    return None if name == printed.text else part(read_printed(name))


_TOTAL = re.compile(r"(?<=\w)[\s_-]+totals?\s*$", re.IGNORECASE)


def without_elision(printed: Printed) -> Answer | None:
    """An article or preposition joined to a name: "République d'Albanie"."""
    text = _ELISION.sub(" ", printed.text)
    if text == printed.text:
        return None
    plain = read_printed(text)
    return part(plain) or in_parts(plain)


_ELISION = re.compile(r"(?<!\w)(?:d|l|dell|dall|all|nell|sull)['’‘´`]\s*", re.IGNORECASE)
