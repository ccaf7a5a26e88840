"""Thai country names: spelling variants, forms of state, islands, and one wrong letter."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from sisterdata.countries.exact_lookup import (
    Answer,
    Printed,
    answer_of,
    likeliest,
    named,
    read_printed,
)
from sisterdata.countries.formal_names import of_island, with_state_form
from sisterdata.countries.index import Entry, english_name, lookup, lookup_known, thai_keys
from sisterdata.countries.territories import SOVEREIGN
from sisterdata.countries.typos import extractor


def thai_spelling(printed: Printed) -> Answer | None:
    """Another spelling of the same sounds: อิตาลี่ for อิตาลี."""
    near = same_sound(printed.key)
    if near is None:
        return None
    found = answer_of(lookup_known(near), "in another Thai spelling")
    return found._replace(status="alias") if found.status == "exact" else found


def thai_state_form(printed: Printed) -> Answer | None:
    """A form of state before the name: สาธารณรัฐ, ราชอาณาจักร, สหพันธรัฐ …"""
    core, form = without_thai_state_form(printed.key)
    entry = _spelt(core) if form and core else None
    return None if entry is None else with_state_form(entry, _form(form))


def _spelt(key: str) -> Entry | None:
    return lookup(key) or lookup(same_sound(key) or "")


def _form(words: str) -> set[str]:
    """The Thai word for a form of state that tells apart states of one name."""
    return {"democratic"} if "ประชา" in words else {"republic"}


def thai_inverted(printed: Printed) -> Answer | None:
    """A form of state after the name: "อิหร่าน (สาธารณรัฐอิสลาม)"."""
    parts = [part for part in _BRACKET.split(printed.text) if part.strip()]
    if len(parts) != 2:
        return None
    formal = read_printed(parts[1] + parts[0])
    return named(formal) or thai_spelling(formal) or thai_state_form(formal)


_BRACKET = re.compile(r"[()\[\]/,]|\s+(?=สา?ธารณรัฐ|สหพันธ|ราช|รัฐ|สห)")


def thai_island(printed: Printed) -> Answer | None:
    """An island country with a word for island: เกาะไต้หวัน, หมู่เกาะเซเชลส์."""
    name = _ISLAND.sub("", printed.key)
    entry = None if name == printed.key else _spelt(name)
    found = None if entry is None else of_island(entry)
    if found is not None:
        return found
    name = _ISLANDS.sub("", printed.key)
    if name == printed.key and len(name) < _LONG_ISLAND:
        return None  # "คุก" is a prison, though หมู่เกาะคุก are the Cook Islands
    key = _named_islands().get(thai_sound(name))
    return None if key is None else answer_of(lookup_known(key), "with another word for island")


_ISLAND = re.compile("^(?:หมู่)?เกาะ(?=.)")
_ISLANDS = re.compile("(?:หมู่)?เกาะ(?=.)")
_LONG_ISLAND = 10


@cache
def _named_islands() -> dict[str, str]:
    """Sound without the words for island to key, of the names that have such a word."""
    keys: dict[str, str] = {}
    shared = set()
    for key in thai_keys():
        if _ISLANDS.search(key):
            sound = thai_sound(_ISLANDS.sub("", key))
            if lookup_known(keys.setdefault(sound, key)).codes != lookup_known(key).codes:
                shared.add(sound)
    return {sound: key for sound, key in keys.items() if sound not in shared}


def thai_territory(printed: Printed) -> Answer | None:
    """A territory with the state it belongs to behind it: โพลินีเซียของฝรั่งเศส."""
    if not printed.key.endswith(_names_of_states()):
        return None
    for name, state in _states():
        if not printed.key.endswith(name) or len(printed.key) == len(name):
            continue
        rest = _OF.sub("", printed.key.removesuffix(name))
        entry = _spelt(rest)
        codes = () if entry is None else entry.codes
        of_it = [code for code in codes if SOVEREIGN.get(code) == state]
        if len(of_it) == 1:
            rule = f"{english_name(of_it[0])}: a territory, with the state it belongs to"
            return Answer(of_it[0], "alias", 1.0, rule, basis="territory")
    return None


_OF = re.compile("(?:มณฑล|จังหวัด|เขตบริหารพิเศษ|เขตปกครองพิเศษ|ดินแดน|อาณานิคม)?(?:ของ|แห่ง|ใน|-)?$")


@cache
def _states() -> tuple[tuple[str, str], ...]:
    """The Thai names of states that have territories, and the adjectives used for them."""
    of_states = set(SOVEREIGN.values())
    names = [(key, codes[0]) for key in thai_keys() if (codes := lookup_known(key).codes)]
    adjectives = {"บริติช": "GB", "อเมริกัน": "US", "ยูเอส": "US", "ดัตช์": "NL", "เฟรนช์": "FR"}
    return (*((key, code) for key, code in names if code in of_states), *adjectives.items())


@cache
def _names_of_states() -> tuple[str, ...]:
    return tuple(name for name, _ in _states())


def thai_letter(printed: Printed) -> Answer | None:
    """One wrong letter, as OCR leaves it; two in a long name."""
    if _is_nationality(printed.key):
        return None
    core, form = without_thai_state_form(printed.key)
    near, edits = near_in_sound(core)
    if not near and form:
        form = ""
        near, edits = near_in_sound(printed.key)
    found = []
    for key in near:
        entry = lookup_known(key)
        decision = with_state_form(entry, _form(form)) if form else answer_of(entry)
        if decision is not None:
            found.append((key, decision))
    return likeliest(found, edits, len(printed.key))


def _is_nationality(key: str) -> bool:
    """Whether it is a nationality in Thai letters: โคลอมเบียน (Colombian), เนปาลี (Nepali)."""
    return key.endswith(_NATIONAL) and any(
        lookup(key.removesuffix(ending)) for ending in _NATIONAL if key.endswith(ending)
    )


_NATIONAL = ("น", "ี", "นี", "อัน", "เนียน", "เนี่ยน", "ียน", "ิช", "ส์")


# Letters that transcribers use for one another, mapped to one of them.
_EXCHANGED = str.maketrans(
    {
        "ซ": "ส", "ศ": "ส", "ษ": "ส", "ช": "ส", "ฌ": "ส", "ฉ": "ส",
        "ข": "ค", "ฆ": "ค", "ก": "ค", "ฐ": "ท", "ฑ": "ท", "ฒ": "ท", "ธ": "ท", "ถ": "ท",
        "ฏ": "ต", "ฎ": "ด", "ณ": "น", "ฬ": "ล", "ญ": "ย", "ผ": "พ", "ภ": "พ", "ฝ": "ฟ",
        "ใ": "ไ", "ี": "ิ", "ื": "ึ", "ู": "ุ", "ะ": "า",
        "่": None, "้": None, "๊": None, "๋": None, "็": None,
    }
)  # fmt: skip
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_DOUBLED = re.compile("([ก-ฮ])\\1+")

_STATE_FORM = re.compile(
    "^(?:ราชอาณาจักร|ราชรัฐ|เครือรัฐ|สหภาพ|สมาพันธรัฐ|สมาพันธ์รัฐ|สหพันธรัฐ|สหพันธ์รัฐ|สหพันธ์|"
    "รัฐสุลต่าน|สุลต่าน|รัฐเอกราช|รัฐอิสลาม|เอมิเรตอิสลาม|แกรนด์ดัชชี|สหสาธารณรัฐ|สาธารณรัฐ|สาธารณะรัฐ|รัฐเอมิเรตส์)"
    "(?:สาธารณรัฐ|สาธารณะรัฐ|ประชาธิปไตย|ประชาชน|สังคมนิยม|อิสลาม|อาหรับ|เอกราช|สหกรณ์|รวม|สหภาพ|แห่ง)*"
)


def without_thai_state_form(key: str) -> tuple[str, str]:
    """The name without its form of state, and the form of state.

    >>> without_thai_state_form("สหพันธ์สาธารณรัฐประชาธิปไตยเนปาล")
    ('เนปาล', 'สหพันธ์สาธารณรัฐประชาธิปไตย')
    """
    form = _STATE_FORM.match(key)
    return (key[form.end() :], form.group()) if form else (key, "")


def thai_sound(key: str) -> str:
    """The key without the differences between spellings of one name.

    >>> thai_sound("เนเธอร์แลนด์") == thai_sound("เนเธอแลนด์")
    True
    """
    key = _SILENT.sub("", key.replace("สาธารณะ", "สาธารณ")).translate(_EXCHANGED)
    return _DOUBLED.sub(r"\1", key)


def same_sound(key: str) -> str | None:
    """The Thai key of the index that differs only in spelling, or None.

    >>> same_sound("อิตาลี่"), same_sound("มะลิ")
    ('อิตาลี', None)
    """
    sound = thai_sound(key)
    near = _sounds().get(sound)
    if near is None and len(sound) > _SHORTEST:
        near = _sounds_without_r().get(_without_r(sound))
    # In few letters sound says little: there only a tone or the length of a vowel may differ.
    if near is None or len(sound) >= _SHORTEST or _without_length(key) == _without_length(near):
        return near
    return None


def near_in_sound(key: str) -> tuple[list[str], int]:
    """The keys one letter away (two or three in long names), and the number of letters.

    Keys one letter further away are included: a likely answer must be nearer than they are.

    >>> keys, letters = near_in_sound("มองโกเลีบ")
    >>> keys[0], letters
    ('มองโกเลีย', 1)
    """
    sound = thai_sound(key)
    if len(sound) < _SHORTEST:
        return [], 0
    alike = [_alike().get(end, []) for end in (sound[:2], sound[0] + sound[-3:])]
    if not any(alike):
        return [], 0
    extract, letters_apart = extractor()
    limit = 1 if len(sound) < 12 else 2

    def within(distance: int, sounds: list[str]) -> list[tuple[int, str]]:
        near = extract(
            sound, sounds, scorer=letters_apart, score_cutoff=distance, limit=None, processor=None
        )
        return [(int(apart), other) for other, apart, _ in near]

    if not any(within(limit, sounds) for sounds in alike):
        return [], 0
    # A key one letter further away shares its beginning or end: few people mistype both.
    ends = (sound[0], sound[-2:])
    near = sorted({hit for end in ends for hit in within(limit + 1, _ending().get(end, []))})
    least = near[0][0]
    keys = [_sounds()[other] for apart, other in near if apart <= least + 1]
    if _COMPASS.findall(key) != _COMPASS.findall(keys[0]):
        return [], 0  # ติมอร์ตะวันตก is not ติมอร์ตะวันออก
    letters = int(letters_apart(key, keys[0]))
    return (keys, letters) if letters <= 1 + (len(key) >= 8) + (len(key) >= 14) else ([], 0)


_COMPASS = re.compile("เหนือ|ใต้|ตะวันออก|ตะวันตก|กลาง")

# In a shorter sound, one letter is too much.
_SHORTEST = 5

_LENGTHS = str.maketrans({"ี": "ิ", "ื": "ึ", "ู": "ุ", **dict.fromkeys("่้๊๋็")})


def _without_length(key: str) -> str:
    return _DOUBLED.sub(r"\1", key.translate(_LENGTHS))


@cache
def _sounds() -> dict[str, str]:
    """Sound to key; sounds that several countries share are left out."""
    sounds: dict[str, str] = {}
    shared = set()
    for key in thai_keys():
        other = sounds.setdefault(thai_sound(key), key)
        if lookup_known(other).codes != lookup_known(key).codes:
            shared.add(thai_sound(key))
    return {sound: key for sound, key in sounds.items() if sound not in shared}


def _without_r(sound: str) -> str:
    """ร and ล as one letter, as many speakers say them, and แ as เ."""
    return sound.replace("ร", "ล").replace("แ", "เ")


@cache
def _sounds_without_r() -> dict[str, str]:
    """The same with ร as ล and แ as เ; what several countries share is left out."""
    keys: dict[str, str] = {}
    shared = set()
    for sound, key in _sounds().items():
        other = keys.setdefault(_without_r(sound), key)
        if lookup_known(other).codes != lookup_known(key).codes:
            shared.add(_without_r(sound))
    return {sound: key for sound, key in keys.items() if sound not in shared}


@cache
def _alike() -> dict[str, list[str]]:
    """Sounds by their first two letters, and by the first and the last three."""
    alike: dict[str, list[str]] = defaultdict(list)
    for sound in _sounds():
        alike[sound[:2]].append(sound)
        alike[sound[0] + sound[-3:]].append(sound)
    return dict(alike)


@cache
def _ending() -> dict[str, list[str]]:
    """Sounds by their first letter, and by their last two."""
    ending: dict[str, list[str]] = defaultdict(list)
    for sound in _sounds():
        ending[sound[0]].append(sound)
        ending[sound[-2:]].append(sound)
    return dict(ending)
