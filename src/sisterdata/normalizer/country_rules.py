"""How a printed country name is read: rules in order, each more lenient than the last.

The first rule that has an answer gives it. A rule that finds several countries answers with
them as candidates rather than with one of them, and what is found on likeness alone has to be
unlike every other country and every known place.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import NamedTuple

from sisterdata.normalizer import country_index as index
from sisterdata.normalizer.country_index import Entry
from sisterdata.normalizer.country_key import accented_key, country_key, without_accents
from sisterdata.normalizer.country_thai import (
    near_in_sound,
    same_sound,
    without_thai_state_form,
)
from sisterdata.normalizer.country_typing import respelt
from sisterdata.normalizer.country_words import STATE, bag, without_state_form, words
from sisterdata.normalizer.match import Doubt, Status


class Decision(NamedTuple):
    """What the rules say of one text: a `Match` without the text and the candidates' names."""

    id: str | None
    status: Status
    score: float | None
    rule: str
    candidates: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


NOT_RUN = Decision(None, "not_run", None, "there is no name")
_UNMATCHED = Decision(None, "unmatched", None, "no country is written like this")
PARTS_AGREE = "every part of the text agrees"
OF_A_SOVEREIGN = "a territory, with the state it belongs to"
PARTS_DISAGREE = "several countries are named"

# The longest formal names have some 60 letters; with remarks, a few times that.
_LONGEST = 250


class _Printed(NamedTuple):
    """One text as the rules see it."""

    text: str
    accented: str
    key: str
    thai: bool


def decide(text: str, scheme: str = "iso") -> Decision:
    """Read one printed name; `scheme` says whose codes two and three capitals are.

    >>> decide("Korea, Rep. of").id, decide("Peru, Indiana").id
    ('KR', None)
    """
    if len(text) > _LONGEST:
        return _UNMATCHED
    printed = _printed(text)
    if not printed.key:
        return NOT_RUN
    found = _named(printed, scheme)
    if found is None and _NUMBER.search(printed.text):
        return _UNMATCHED
    if found is None:
        found = _reordered(printed)
    for rule in _THAI_RULES if printed.thai else _LATIN_RULES:
        if found is not None:
            return found
        found = rule(printed)
    return found or _UNMATCHED


# Footnotes have one or two digits, years four; what has another number beside it is no country.
_NUMBER = re.compile(r"(?<!\d)(?:\d{3}|\d{5,})(?!\d)")


def _printed(text: str) -> _Printed:
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if text.isascii():
        accented = key = country_key(text)
        thai = False
    else:
        text = _FLAG.sub(_letters_of_flag, text)
        accented = accented_key(text)
        key = without_accents(accented)
        thai = _THAI.search(key) is not None
    return _Printed(text, accented, key, thai)


_THAI = re.compile("[ก-๎]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def _letters_of_flag(flag: re.Match[str]) -> str:
    """A flag is two regional indicator symbols: 🇹🇭 is T and H."""
    return " " + "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag.group()) + " "


# --- Names as they stand in the index

# Lower-case two- and three-letter codes that are words of a European language: codes in capitals
# only.
_WORDS_LIKE_CODES = frozenset(
    """
    ad ai al am an are as at be by can com con col da de del den der do don es fin for ga gin go
    he hr id il im in ir is it je jam la li lie ma man mar me met mi mo ms my na ne no non nor nu
    og om pa pan par per pm pol por que ps pt re sa se sen si so som su sun ta to ton tun tv um
    and ago ben bel bra cod cog cub dom est guy gum ken mac nam pry vat  eh hm ba mm va vu ye
    """.split()  # noqa: SIM905
)


def _named(printed: _Printed, scheme: str = "iso") -> Decision | None:
    """A code, or a key of the index."""
    code = printed.text.strip()
    if len(code) <= 3 and code.isascii() and code.isalnum():
        entry = index.lookup_code(code, scheme)
        if entry is None and code.islower() and code not in _WORDS_LIKE_CODES:
            entry = index.lookup_code(code.upper(), scheme)
        if entry is not None:
            return _answer(entry, f"its {scheme.upper()} code")
    entry = index.lookup(printed.accented)
    if entry is None and printed.key != printed.accented:
        entry = index.lookup(printed.key)
    return _unless_a_word(printed, entry)


def _reordered(printed: _Printed) -> Decision | None:
    """The words of one name in another order, with footnote marks, articles or brackets."""
    return _unless_a_word(printed, index.lookup_bag(bag(printed.key)))


def _unless_a_word(printed: _Printed, entry: Entry | None) -> Decision | None:
    """The entry's answer; but "CAR" is the name of a country, and "car" is not."""
    if entry is None:
        return None
    if entry.kind == "abbreviation" and len(words(printed.key)) == 1:
        text = printed.text.strip()
        if text.islower() or (text.istitle() and text.isalpha()):
            return None
    return _answer(entry)


_STATUS: dict[str, Status] = {
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


@cache
def _answer(entry: Entry, how: str = "") -> Decision:
    """The decision that an entry of the index stands for."""
    codes, kind, note = entry
    if kind in _STATUS:
        rule = index.english_name(codes[0])
        if kind != "code":
            rule = f"{rule}: {note}"
        if how:
            rule = f"{rule}; {how}"
        doubts = (Doubt(_DOUBTED[kind], rule),) if kind in _DOUBTED else ()
        return Decision(codes[0], _STATUS[kind], 1.0, rule, (), doubts)
    if kind == "ambiguous":
        return Decision(None, "ambiguous", None, note, codes)
    if kind == "dissolved":
        return Decision(None, "unmatched", None, f"a former state, {note}", codes)
    return Decision(None, "unmatched", None, f"no country of its own: {note}", codes)


def _with_code(printed: _Printed) -> Decision | None:
    """A code beside the name it is for: "THA Thailand", "Thailand TH"."""
    texts = printed.text.replace("-", " ").split()
    if len(texts) < 2:
        return None
    for code, name in ((texts[0], texts[1:]), (texts[-1], texts[:-1])):
        if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha() and code.isupper()):
            continue
        entry = index.lookup_code(code)
        found = _whole(_printed(" ".join(name))) if entry else None
        if entry is not None and found is not None and found.id == entry.codes[0]:
            return found
    return None


# --- Blanks, encodings, abbreviations


_CAMEL_CASE = re.compile("(?<=[a-z])(?=[A-Z])")


def _closed_up(printed: _Printed) -> Decision | None:
    """Blanks lost or strayed: "SriLanka", "Kazakh stan"."""
    if _CAMEL_CASE.search(printed.text):
        found = _whole(_printed(_CAMEL_CASE.sub(" ", printed.text)))
        if found is not None:
            return found
    closed = printed.key.replace(" ", "")
    entry = index.lookup_closed(closed)
    if entry is None and closed != printed.key and len(closed) >= _LONG_WITHOUT_BLANKS:
        entry = index.lookup(closed)
    return None if entry is None else _answer(entry, "blanks corrected")


# "I ran" is no Iran.
_LONG_WITHOUT_BLANKS = 8


_MOJIBAKE = re.compile("[ÃÂâ€à¸ÐÑÌÅÄ�√]")


def _repaired(printed: _Printed) -> Decision | None:
    """Text once read in the wrong encoding: "CÃ´te d'Ivoire"."""
    if printed.text.isascii() or not _MOJIBAKE.search(printed.text):
        return None
    from ftfy import fix_text

    repaired = fix_text(printed.text)
    if repaired == printed.text:
        return None
    found = decide(repaired)
    if found.id is None:
        return None
    doubt = Doubt("repaired_text", f"read in a wrong encoding: {repaired!r} is meant")
    return found._replace(doubts=(*found.doubts, doubt))


_LOST_LETTERS = re.compile(r"(?<=\w)[?�]+|[?�]+(?=\w)")


def _letters_lost(printed: _Printed) -> Decision | None:
    """Question marks where an encoding had no letter: "Cura?ao", "S?o Tom? and Pr?ncipe"."""
    if "?" not in printed.text and "�" not in printed.text:
        return None
    if not _LOST_LETTERS.search(printed.text):
        return None
    marked = _printed(_LOST_LETTERS.sub("ʘ", printed.text)).key
    if sum(letter.isalpha() for letter in marked) < 2 * marked.count("ʘ") + 3:
        return None
    pattern = re.compile(re.escape(marked).replace("ʘ", "[a-z]"))
    keys = [key for key in index.keys_of_length().get(len(marked), ()) if pattern.fullmatch(key)]
    codes = {code for key in keys for code in index.lookup_known(key).codes}
    if len(codes) != 1:
        return None
    found = _answer(index.lookup_known(keys[0]), "letters lost")
    doubt = Doubt("repaired_text", f"letters are lost: {keys[0]!r} is meant")
    return found._replace(doubts=(*found.doubts, doubt))


def _abbreviated(printed: _Printed) -> Decision | None:
    """Words cut short with a dot: "Cent. Afr. Rep.", each a beginning of the word it is for."""
    if "." not in printed.text or sum(map(len, words(printed.key))) < 4:
        return None
    initials = "".join(word[0] for word in words(printed.key))
    names = [
        key
        for parts, key in index.abbreviated_names().get(initials, ())
        if all(map(str.startswith, parts, words(printed.key)))
    ]
    codes = {code for key in names for code in index.lookup_known(key).codes}
    if len(codes) != 1:
        return None
    return _answer(Entry(tuple(codes), "abbreviation", "words cut short"))


# --- Several statements in one text

_SEPARATOR = re.compile(r"[()\[\]{}/|;:,*\n–—]|\s-+\s|--")
_SEPARATING = frozenset("()[]{}/|;:,*\n–—-")
_SCOPING = re.compile("clud|cl[. ]|without", re.IGNORECASE)
_SCOPE = re.compile(r"\s(?=(?:incl|excl|including|excluding|without)\b)", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=[^\s\d])(?:\s+[a-z]/|\s*\d{1,2}[/)]?)$")
_OPEN_PERIOD = re.compile(
    r"(?:from|since|after|post)?[\s-]*\d{4}\s*(?:-|to present|onwards?)?\s*$", re.IGNORECASE
)
_REMARK = re.compile(
    r"^(?:incl|including|excl|excluding|exc|except|without|w o|with|not including|plus|mainland|"
    r"metropolitan|continental|country|state|nation|national|independent|sar|s a r|urban|rural|"
    r"disputed|under un|special administrative region)\b|"
    r".*\b(?:unscr?|security council|resolution)\b|"
    r"^(?:แผ่นดินใหญ่|เขตบริหารพิเศษ|เขตปกครองพิเศษ|จังหวัดของ|ไม่รวม|รวม)"
)

# Whose territory each is, since lists print both: "Bermuda (UK)", "Hong Kong, China".
_SOVEREIGN = {
    territory: sovereign
    for sovereign, territories in {
        "AU": "CC CX HM NF",
        "CN": "HK MO TW",
        "DK": "FO GL",
        "FI": "AX",
        "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
        "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
        "MA": "EH",
        "NL": "AW BQ CW SX",
        "NO": "BV SJ",
        "NZ": "CK NU TK",
        "RS": "XK",
        "US": "AS GU MP PR UM VI",
    }.items()
    for territory in territories.split()
}


def _in_parts(printed: _Printed) -> Decision | None:
    """Text in two or more parts, by brackets, commas or strokes, that agree on one country."""
    text = _SCOPE.sub(" / ", printed.text) if _SCOPING.search(printed.text) else printed.text
    if _SEPARATING.isdisjoint(text):
        return None
    texts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    if len(texts) < 2:
        return None
    first = texts[0]
    main, rest = _main(texts)
    if main is None:
        return None
    found = [main]
    remarks = 0
    for part in map(_printed, rest):
        other = _part(part)
        if other is None or other.id != main.id:
            # "Congo, DRC (Kinshasa)": the part belongs to the name before it.
            other = _whole(_printed(f"{first} {part.text}")) or other
        if other is not None:
            found.append(other)
        elif _REMARK.match(part.key) or _OPEN_PERIOD.match(part.text):
            remarks += 1
        elif len(part.key) > 1 and not (len(part.key) == 2 and part.key.isdigit()):
            return None  # what is shorter is the mark of a footnote
    return _agreed(found, remarks)


def _without_footnote(printed: _Printed) -> Decision | None:
    """The mark of a footnote behind the name: "Angola a/", "จีน 2/"."""
    text = printed.text.strip()
    if text[-1] not in "0123456789/)":
        return None
    name = _FOOTNOTE.sub("", text)
    return None if name == text else _part(_printed(name))


def _main(texts: list[str]) -> tuple[Decision | None, list[str]]:
    """The longest beginning that is one name ("Korea, Republic of"), and the parts behind it."""
    for size in range(min(len(texts) - 1, _PARTS_OF_NAME), 1, -1):
        main = _whole(_printed(" ".join(texts[:size])))
        if main is not None:
            return main, texts[size:]
    return _part(_printed(texts[0])), texts[1:]


_PARTS_OF_NAME = 3


def _whole(printed: _Printed) -> Decision | None:
    return _named(printed) or _reordered(printed)


def _part(part: _Printed) -> Decision | None:
    """One part read on its own, without likeness."""
    rules = (_thai_spelling, _thai_state_form) if part.thai else (_former, _state_form)
    return _whole(part) or rules[0](part) or rules[1](part)


def _agreed(found: list[Decision], remarks: int) -> Decision | None:
    """The one country that all parts may mean; a territory goes before its sovereign."""
    named = tuple(dict.fromkeys(part.id for part in found if part.id is not None))
    if len(named) == 2:
        named = tuple(code for code in named if _SOVEREIGN.get(code) in named) or named
    if len(named) > 1:
        return Decision(None, "ambiguous", None, PARTS_DISAGREE, named)
    if not named:
        return None
    (code,) = named
    sovereign = _SOVEREIGN.get(code)
    territory = sovereign in {part.id for part in found}
    for part in found:
        if part.id not in {code, sovereign} and code not in part.candidates:
            return None
    if found[0].id is None and found[0].rule.startswith("a former state"):
        return None  # "Yugoslavia (Serbia)" is not Serbia
    doubts = tuple(dict.fromkeys(doubt for part in found for doubt in part.doubts))
    if remarks or any(part.id is None for part in found):
        doubts += (Doubt("country_variant", "the text says more or less than the country"),)
    rule = f"{index.english_name(code)}: {OF_A_SOVEREIGN if territory else PARTS_AGREE}"
    return Decision(code, "alias", 1.0, rule, (), doubts)


# --- Words around the name

_FORMER = frozenset({"former", "formerly", "ex", "previously", "now", "aka", "also", "or", "old"})
_DISSOLVING = frozenset({"former", "ex"})
_AROUND = _FORMER | {"known", "called", "as", "part", "country"}


def _former(printed: _Printed) -> Decision | None:
    """A name with "formerly" or "former"; but a former Sudan is not Sudan."""
    said = words(printed.key)
    if _FORMER.isdisjoint(said):
        return None
    name = " ".join(word for word in said if word not in _AROUND)
    entry = index.lookup(name) or index.lookup_bag(bag(name))
    if entry is None:
        return None
    if entry.kind in {"name", "official", "alias"} and not _DISSOLVING.isdisjoint(said):
        return Decision(None, "unmatched", None, "a former state of this name", entry.codes)
    return _answer(entry)


def _state_form(printed: _Printed) -> Decision | None:
    """A form of state that the formal name does not have so: "Kingdom of France"."""
    core, form = without_state_form(printed.key)
    if core:
        entry = index.lookup(core) or index.lookup_adjective(core)
        return None if entry is None else _with_state_form(entry, form)
    if STATE.isdisjoint(words(printed.key)):
        return None
    entry = index.lookup(" ".join(word for word in words(printed.key) if word not in STATE))
    return _with_state_form(entry, set()) if entry and entry.codes[0] in _STATES_OF else None


def _with_state_form(entry: Entry, form: set[str]) -> Decision | None:
    """The answer for a name that has this form of state beside it."""
    if entry.kind == "abbreviation":
        return None
    if entry.kind not in _STATUS and entry.kind not in {"adjective", "ambiguous"}:
        return _answer(entry)
    codes = _SHARED.get(entry.codes[0], entry.codes) if len(entry.codes) == 1 else entry.codes
    popular, plain = _BY_FORM.get(frozenset(codes), ("", ""))
    if popular and not form.isdisjoint(_OF_THE_PEOPLE):
        codes = (popular,)
    elif plain and form == {"republic"}:
        codes = (plain,)
    if len(codes) > 1:
        return Decision(None, "ambiguous", None, "the form of the state does not decide", codes)
    rule = f"{index.english_name(codes[0])}, with another form of state than its formal name has"
    return Decision(codes[0], "inferred", 0.9, rule, (), (Doubt("country_variant", rule),))


# States that share a name. Which is meant shows in the form of the state where it is said to be
# one of the people or a democracy, or plainly a republic; "Republic of China" stays open.
_SHARED = {"CG": ("CD", "CG"), "CN": ("CN", "TW"), "DM": ("DM", "DO")}
_OF_THE_PEOPLE = frozenset({"democratic", "peoples"})
_BY_FORM = {
    frozenset({"CD", "CG"}): ("CD", "CG"),
    frozenset({"KP", "KR"}): ("KP", "KR"),
    frozenset({"CN", "TW"}): ("CN", ""),
}

# Formal names "State of …".
_STATES_OF = frozenset({"ER", "IL", "KW", "LY", "PS", "QA"})

_REGION = re.compile(r"^(\w+) (?:federal )?(?:states?|provinces?|regions?) of (?:the )?\w")


def _glued_region(printed: _Printed) -> Decision | None:
    """A region named with its country's adjective: "Australian States of Queensland"."""
    said = _REGION.match(printed.key)
    entry = index.lookup_adjective(said.group(1)) if said else None
    if entry is None or len(entry.codes) > 1:
        return None
    rule = f"{index.english_name(entry.codes[0])}: its adjective, before the name of a region"
    return Decision(entry.codes[0], "inferred", 0.9, rule, (), (Doubt("country_variant", rule),))


# --- Typing errors


def _respelt(printed: _Printed) -> Decision | None:
    """Words of one or two wrong letters, where every reading gives the same country."""
    readings, edits = respelt(words(printed.key))
    found = []
    for reading in map(_printed, readings):
        core, form = without_state_form(reading.key)
        entry = index.lookup_at_home(reading.key) or index.lookup_bag(bag(reading.key))
        stated = index.lookup_at_home(core) if core and entry is None else None
        decision = _answer(entry) if entry else _with_state_form(stated, form) if stated else None
        if decision is not None:
            found.append((reading.key, decision))
    return _likeliest(found, edits, len(printed.key))


def _likeliest(found: list[tuple[str, Decision]], edits: int, length: int) -> Decision | None:
    """The country that all readings give; where they differ, none, with all as candidates."""
    codes = tuple(
        dict.fromkeys(
            code for _, decision in found for code in (decision.id, *decision.candidates) if code
        )
    )
    if not codes:
        return None
    reading, first = found[0]
    if len(codes) > 1 or first.id is None:
        return Decision(None, "unmatched", None, "not near enough to any one country", codes)
    letters = "one letter" if edits == 1 else f"{edits} letters"
    rule = f"{index.english_name(codes[0])}: {letters} from {reading!r}"
    score = round(1 - edits / length, 3)
    return Decision(codes[0], "inferred", score, rule, (), (Doubt("misspelling", rule),))


# --- Thai


def _thai_spelling(printed: _Printed) -> Decision | None:
    """Another spelling of the same sounds: อิตาลี่ for อิตาลี."""
    near = same_sound(printed.key)
    return None if near is None else _answer(index.lookup_known(near), f"a spelling of {near}")


def _thai_state_form(printed: _Printed) -> Decision | None:
    """The form of the state before a name: สาธารณรัฐ, ราชอาณาจักร, สหพันธรัฐ …"""
    core, form = without_thai_state_form(printed.key)
    entry = (index.lookup(core) or index.lookup(same_sound(core) or "")) if form and core else None
    if entry is None:
        return None
    return _with_state_form(entry, _thai_form(form))


def _thai_form(form: str) -> set[str]:
    """Of Thai words for the form of a state, what tells states of one name apart."""
    return {"democratic"} if "ประชา" in form else {"republic"}


def _thai_inverted(printed: _Printed) -> Decision | None:
    """The form of the state behind the name: "อิหร่าน (สาธารณรัฐอิสลาม)"."""
    parts = [part for part in _SEPARATOR.split(printed.text) if part.strip()]
    if len(parts) != 2:
        return None
    formal = _printed(parts[1] + parts[0])
    return _named(formal) or _thai_spelling(formal)


def _thai_letter(printed: _Printed) -> Decision | None:
    """One letter wrong, as optical reading leaves it; two in a long name."""
    core, form = without_thai_state_form(printed.key)
    near, edits = near_in_sound(core)
    found = []
    for key in near:
        entry = index.lookup_known(key)
        decision = _with_state_form(entry, _thai_form(form)) if form else _answer(entry)
        if decision is not None:
            found.append((key, decision))
    return _likeliest(found, edits, len(printed.key))


_LATIN_RULES = (
    _without_footnote,
    _with_code,
    _repaired,
    _letters_lost,
    _closed_up,
    _abbreviated,
    _in_parts,
    _former,
    _state_form,
    _glued_region,
    _respelt,
)
_THAI_RULES = (
    _without_footnote,
    _thai_spelling,
    _thai_state_form,
    _thai_inverted,
    _in_parts,
    _repaired,
    _thai_letter,
)
