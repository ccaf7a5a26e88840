"""How a printed country name is read: rules in order, each more lenient than the last.

The first rule that has an answer gives it. A rule that finds several countries answers with
them as candidates rather than with one of them, and what is found on likeness alone has to be
unlike everything else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sisterdata.normalizer.country_index import (
    Entry,
    abbreviated_names,
    english_name,
    lookup,
    lookup_adjective,
    lookup_bag,
    lookup_closed,
    lookup_code,
)
from sisterdata.normalizer.country_key import accented_key, country_key
from sisterdata.normalizer.country_thai import (
    one_letter_from,
    sounding_like,
    without_thai_state_form,
)
from sisterdata.normalizer.country_typing import respelt
from sisterdata.normalizer.country_words import bag, without_state_form, words
from sisterdata.normalizer.match import Doubt, Status


class Decision(NamedTuple):
    """What the rules say of one text."""

    id: str | None
    status: Status
    score: float | None
    rule: str
    candidates: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


NOT_RUN = Decision(None, "not_run", None, "there is no name")
_UNMATCHED = Decision(None, "unmatched", None, "no country is written like this")

# The longest formal names have some 60 letters; with remarks, twice that.
_LONGEST = 250

_ACCEPTED: dict[str, Status] = {
    "name": "exact",
    "official": "exact",
    "code": "exact",
    "alias": "alias",
    "abbreviation": "alias",
    "old": "alias",
    "part": "alias",
    "misspelling": "alias",
}
_DOUBTED = {
    "abbreviation": "country_variant",
    "old": "country_variant",
    "part": "country_variant",
    "misspelling": "misspelling",
}

# Lower-case two- and three-letter codes that are words of a European language: read as codes
# in capitals only.
_WORDS_LIKE_CODES = frozenset(
    "ad ai al am an are as at be by can com con col da de del den der do don es fin for ga gin go "
    "he hr id il im in ir is it je jam la li lie ma man mar me met mi mo ms my na ne no non nor nu "
    "og om pa pan par per pm pol por que ps pt re sa se sen si so som su sun ta to ton tun tv um "
    "and ben bel bra cub dom ken mac nam vat".split()
)


def decide(text: str, scheme: str = "iso") -> Decision:
    """Read one printed name; `scheme` says whose codes two and three capitals are."""
    if len(text) > _LONGEST:
        return _UNMATCHED
    key = country_key(text)
    if not key:
        return NOT_RUN
    return (
        _named(text, key, scheme)
        or _reordered(key)
        or (_read_thai(text, key) if _is_thai(key) else _read_latin(text, key))
        or _UNMATCHED
    )


def _read_latin(text: str, key: str) -> Decision | None:
    return (
        _repaired(text)
        or _closed_up(key)
        or _abbreviated(text)
        or _in_parts(text)
        or _former(key)
        or _state_form(key)
        or _glued_region(key)
        or _respelt(key)
    )


def _read_thai(text: str, key: str) -> Decision | None:
    return (
        _thai_spelling(key)
        or _thai_state_form(key)
        or _thai_inverted(text)
        or _in_parts(text)
        or _repaired(text)
        or _thai_letter(key)
    )


# --- Names as they stand in the index


def _named(text: str, key: str, scheme: str = "iso") -> Decision | None:
    """A code, or a key of the index."""
    code = text.strip()
    if len(code) <= 3 and code.isascii() and code.isalnum():
        entry = lookup_code(code, scheme)
        if entry is None and code.islower() and code not in _WORDS_LIKE_CODES:
            entry = lookup_code(code.upper(), scheme)
        if entry is not None:
            return _answer(entry, f"{scheme.upper()} code")
    entry = (None if key.isascii() and text.isascii() else lookup(accented_key(text))) or lookup(
        key
    )
    return None if entry is None else _answer(entry)


def _reordered(key: str) -> Decision | None:
    """The words of one name in another order, with footnote marks, articles or brackets."""
    entry = lookup_bag(bag(key))
    return None if entry is None else _answer(entry)


def _closed_up(key: str) -> Decision | None:
    """Blanks lost or strayed: "SriLanka", "Kazakh stan"."""
    entry = lookup_closed(key)
    if entry is None and " " in key and len(key) >= 9:
        entry = lookup(key.replace(" ", ""))
    return None if entry is None else _answer(entry, "blanks corrected")


def _answer(entry: Entry, how: str = "", doubts: tuple[Doubt, ...] = ()) -> Decision:
    """The decision that an entry stands for."""
    codes, kind, note = entry
    if kind in _ACCEPTED and len(codes) == 1:
        rule = (
            f"{english_name(codes[0])}: {note}" if kind != "code" else f"{english_name(codes[0])}"
        )
        if how:
            rule = f"{rule}; {how}"
        if kind in _DOUBTED:
            doubts += (Doubt(_DOUBTED[kind], rule),)
        return Decision(codes[0], _ACCEPTED[kind], 1.0, rule, (), doubts)
    if kind == "ambiguous":
        return Decision(None, "ambiguous", None, note, codes, doubts)
    if kind in {"not_country", "place"}:
        return Decision(None, "unmatched", None, f"no country: {note}")
    what = "a former state, " if kind == "dissolved" else "no country of its own: "
    return Decision(None, "unmatched", None, what + note, codes, doubts)


# --- Marks, mojibake, abbreviations

_MOJIBAKE = re.compile("[ÃÂâ€à¸�ÐÑ]|Ì|Å|Ä")


def _repaired(text: str) -> Decision | None:
    """Text once read in the wrong encoding: "CÃ´te d'Ivoire"."""
    if text.isascii() or not _MOJIBAKE.search(text):
        return None
    from ftfy import fix_text

    repaired = fix_text(text)
    if repaired == text:
        return None
    found = decide(repaired)
    if found.id is None:
        return None
    doubt = Doubt("repaired_text", f"{text!r} was read in a wrong encoding: {repaired!r}")
    return found._replace(doubts=(*found.doubts, doubt))


def _abbreviated(text: str) -> Decision | None:
    """Words cut short with a dot: "Cent. Afr. Rep.", each a beginning of the word it is for."""
    if "." not in text:
        return None
    printed = words(country_key(text))
    letters = sum(len(word) for word in printed)
    if letters < 4:
        return None
    found = {
        (lookup(key) or _NOTHING).codes
        for parts, key in abbreviated_names().get("".join(word[0] for word in printed), ())
        if all(part.startswith(word) for part, word in zip(parts, printed, strict=True))
    }
    if len(found) != 1:
        return None
    (codes,) = found
    return _answer(Entry(codes, "abbreviation", "words cut short"))


_NOTHING = Entry((), "", "")


# --- Several statements in one text

_SEPARATOR = re.compile(r"[()\[\]{}/|;:,*]|\s[-–—]+\s|[–—]|\n")
_OPEN_PERIOD = re.compile(r"(?:from|since|after|post)? ?\d{4}(?: ?(?:-|–|to|present|onwards))* ?$")
_SCOPE = re.compile(
    r"^(?:incl|including|excl|excluding|exc|except|without|w o|with|not including|plus|"
    r"mainland|metropolitan|continental|country|state|nation|national|independent|"
    r"fed|federation|sar|special administrative region|s a r)\b|"
    r"^(?:ส่วนของ|แผ่นดินใหญ่|เขตบริหารพิเศษ|เขตปกครองพิเศษ|จังหวัดของ|ไม่รวม|รวม)"
)

# Whose territory each is. Lists print both: "Bermuda (UK)", "Hong Kong, China".
_SOVEREIGN = {
    code: sovereign
    for sovereign, territories in {
        "AU": "CC CX HM NF",
        "CN": "HK MO TW",
        "DK": "FO GL",
        "FI": "AX",
        "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
        "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
        "IL": "PS",
        "MA": "EH",
        "NL": "AW BQ CW SX",
        "NO": "BV SJ",
        "NZ": "CK NU TK",
        "RS": "XK",
        "US": "AS GU MP PR UM VI",
    }.items()
    for code in territories.split()
}


def _in_parts(text: str) -> Decision | None:
    """Text in two or more parts, by brackets, commas or strokes, that agree on one country."""
    parts = [part for part in _SEPARATOR.split(text) if country_key(part)]
    if len(parts) < 2:
        return None
    read = [_part(part) for part in parts]
    main = read[0]
    codes = [found.id for found in read if found is not None and found.id is not None]
    if main is None or not codes:
        return None
    doubts = tuple(doubt for found in read if found is not None for doubt in found.doubts)
    scoped = False
    for part, found in zip(parts[1:], read[1:], strict=True):
        if found is None:
            if not _SCOPE.match(country_key(part)) and not _OPEN_PERIOD.match(part.strip()):
                return None
            scoped = True
        elif found.id is None and main.id not in found.candidates:
            return None
    named = set(codes)
    if len(named) == 2:
        territories = {code for code in named if _SOVEREIGN.get(code) in named}
        named = territories or named
    if len(named) > 1:
        several = tuple(dict.fromkeys(codes))
        return Decision(None, "ambiguous", None, "several countries are named", several)
    (code,) = named
    if main.id is None and code not in main.candidates:
        return None
    if scoped or len(codes) < len(parts):
        doubts += (Doubt("country_variant", f"{text} says more than the country"),)
    rule = f"{english_name(code)}: every part of the text agrees"
    return Decision(code, "alias", 1.0, rule, (), tuple(dict.fromkeys(doubts)))


def _part(part: str) -> Decision | None:
    """One part read on its own, without likeness."""
    key = country_key(part)
    found = _named(part, key) or _reordered(key)
    if found is None and _is_thai(key):
        return _thai_spelling(key) or _thai_state_form(key)
    return found or _former(key) or _state_form(key)


# --- Words around the name

_FORMER = re.compile(
    r"^(?:the )?(?:former|formerly|ex|previously|now|or|aka|also|called|i e|old) (.+)$"
)


def _former(key: str) -> Decision | None:
    """ "Formerly Swaziland", "former Yugoslavia"; a former France is not France."""
    said = _FORMER.match(key) or re.match(r"^(.+) (?:former|formerly)$", key)
    if said is None:
        return None
    found = lookup(said.group(1)) or lookup_bag(bag(said.group(1)))
    if found is None:
        return None
    if found.kind in {"name", "official", "alias"} and "former" in key.split():
        return Decision(None, "unmatched", None, "a former state of this name", found.codes)
    return _answer(found)


def _state_form(key: str) -> Decision | None:
    """The form of the state before or behind a name that does not have it so: "Kingdom of France"."""
    core, form = without_state_form(key)
    if not form or not core:
        return None
    entry = lookup(core) or lookup_adjective(core)
    if entry is None or entry.kind == "abbreviation":
        return None
    if entry.kind not in _ACCEPTED and entry.kind != "adjective":
        return _answer(entry)
    return _with_state_form(entry)


def _with_state_form(entry: Entry) -> Decision:
    codes = tuple(dict.fromkeys(c for code in entry.codes for c in (code, *_TWINS.get(code, ()))))
    if len(codes) > 1:
        return Decision(None, "ambiguous", None, "the form of the state does not decide", codes)
    rule = f"{english_name(codes[0])}, with another form of state than its formal name has"
    return Decision(codes[0], "inferred", 0.9, rule, (), (Doubt("country_variant", rule),))


# Two states share the name, and only a formal name in full says which is meant.
_TWINS = {
    code: tuple(twin for twin in pair if twin != code)
    for pair in (
        ("CD", "CG"),
        ("CN", "TW"),
        ("DM", "DO"),
        ("GN", "GQ", "GW"),
        ("KP", "KR"),
        ("SD", "SS"),
    )
    for code in pair
}

_REGION = re.compile(
    r"^(\w+) (?:federal )?(?:states?|provinces?|regions?|territor(?:y|ies)) of (?:the )?\w"
)


def _glued_region(key: str) -> Decision | None:
    """A region named with its country's adjective: "Australian States of Queensland"."""
    said = _REGION.match(key)
    entry = lookup_adjective(said.group(1)) if said else None
    if entry is None or len(entry.codes) > 1:
        return None
    rule = f"{english_name(entry.codes[0])}: its adjective, before the name of a region"
    doubt = Doubt("country_variant", rule)
    return Decision(entry.codes[0], "inferred", 0.9, rule, (), (doubt,))


# --- Typing errors


def _respelt(key: str) -> Decision | None:
    """Words of one or two wrong letters, where every reading gives the same country."""
    readings = respelt(key)
    decisions = []
    for spelt, edits in readings:
        found = _named(spelt, spelt) or _reordered(spelt) or _state_form(spelt)
        if found is not None:
            decisions.append((found, edits, spelt))
    codes = {found.id for found, _, _ in decisions}
    if not decisions:
        return None
    if len(codes) > 1 or None in codes:
        near = tuple(
            dict.fromkeys(code for f, _, _ in decisions for code in (f.id, *f.candidates) if code)
        )
        return Decision(None, "unmatched", None, "not near enough to any one country", near)
    found, edits, spelt = decisions[0]
    score = round(1 - edits / len(key), 3)
    rule = f"{english_name(found.id or '')}: read as {spelt!r}, {edits} letter{'s' * (edits > 1)} apart"
    return Decision(found.id, "inferred", score, rule, (), (Doubt("misspelling", rule),))


# --- Thai


def _thai_spelling(key: str) -> Decision | None:
    """Another spelling of the same sounds: อิตาลี่ for อิตาลี."""
    near = sounding_like(key)
    entry = lookup(near) if near else None
    return None if entry is None else _answer(entry, f"spelt {near}")


def _thai_state_form(key: str) -> Decision | None:
    """The form of the state before a name: สาธารณรัฐ, ราชอาณาจักร, สหพันธรัฐ …"""
    core, form = without_thai_state_form(key)
    if not form or not core:
        return None
    entry = lookup(core) or lookup(sounding_like(core) or "")
    if entry is None:
        return None
    if entry.kind not in _ACCEPTED:
        return _answer(entry)
    return _with_state_form(entry)


def _thai_inverted(text: str) -> Decision | None:
    """The form of the state behind the name: "อิหร่าน (สาธารณรัฐอิสลาม)"."""
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    if len(parts) != 2:
        return None
    key = country_key(parts[1] + parts[0])
    return _named(key, key) or _thai_spelling(key)


def _thai_letter(key: str) -> Decision | None:
    """One letter wrong, as optical reading leaves it."""
    near, edits = one_letter_from(key)
    core, form = without_thai_state_form(key)
    if not near and form:
        near, edits = one_letter_from(core)
    entries = [entry for entry in map(lookup, near) if entry is not None]
    codes = tuple(dict.fromkeys(code for entry in entries for code in entry.codes))
    if not codes:
        return None
    if len(codes) > 1:
        return Decision(None, "unmatched", None, "not near enough to any one country", codes)
    rule = f"{english_name(codes[0])}: read as {near[0]}, letters apart: {edits}"
    score = round(1 - edits / len(key), 3)
    return Decision(codes[0], "inferred", score, rule, (), (Doubt("misspelling", rule),))


def _is_thai(key: str) -> bool:
    return any("ก" <= letter <= "๛" for letter in key)
