"""One printed place to its units: type word, name, other names in brackets, country.

    เขตจี๋ไม๋ เมืองชิงต่าว มณฑลชานตง สาธารณรัฐประชาชนจีน
    └ district ┘└─ city ──┘└ admin1 ─┘└───── country ─────┘

What a type word says of the level is evidence, not law: lists write เมือง for a prefecture and
จังหวัด for a district. `places.py` weighs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

# Thai type words stand before the name, written together with it. The levels are those the word is
# used for, the usual one first (Royal Society of Thailand, "หลักเกณฑ์การใช้คำนำหน้าชื่อเขตการปกครอง",
# and the practice of the Ministry of Interior's lists).
THAI_TYPES: dict[str, tuple[str, ...]] = {
    "กรุง": ("city",),
    "กำแพงนคร": ("admin1", "city"),
    "ชุมชน": ("district", "city"),
    "ดินแดน": ("admin1",),
    "ดินแดนสหภาพ": ("admin1",),
    "ตำบล": ("district", "city"),
    "เทศบาลนคร": ("city",),
    "เทศบาลเมือง": ("city",),
    "เทศบาล": ("city",),
    "เทศมณฑล": ("district", "admin1"),
    "นคร": ("city",),
    "นครพิเศษ": ("city", "admin1"),
    "นครหลวง": ("city", "admin1"),
    "ภูมิภาค": ("admin1",),
    "ภาค": ("admin1",),
    "มณฑล": ("admin1",),
    "มณฑลปกครองตนเอง": ("prefecture", "admin1"),
    "มหานคร": ("city", "admin1"),
    "เมือง": ("city",),
    "เมืองหลวง": ("city",),
    "รัฐ": ("admin1",),
    "ราชธานี": ("city",),
    "สาธารณรัฐ": ("admin1",),
    "หมู่บ้าน": ("city",),
    "อำเภอ": ("district", "city"),
    "อาณาเขต": ("admin1",),
    "เกาะ": ("admin1", "city"),
    "เขต": ("district", "admin1", "prefecture"),
    "เขตเทศบาล": ("city", "district"),
    "เขตนครหลวง": ("city", "admin1"),
    "เขตเมืองหลวง": ("admin1", "city"),
    "เขตการปกครอง": ("admin1", "prefecture"),
    "เขตการปกครองพิเศษ": ("admin1",),
    "เขตบริหารพิเศษ": ("admin1",),
    "เขตปกครอง": ("admin1", "prefecture"),
    "เขตผู้ว่า": ("admin1",),
    "เขตผู้ว่าการ": ("admin1",),
    "เขตผู้ว่าราชการ": ("admin1",),
    "เขตปกครองตนเอง": ("admin1", "prefecture", "district"),
    "เขตปกครองตนเองชนชาติ": ("prefecture", "admin1", "district"),
    "เขตปกครองพิเศษ": ("admin1",),
    "เขตพิเศษ": ("admin1",),
    "แขวง": ("admin1",),
    "แขวงปกครองตนเอง": ("admin1",),
    "แคว้น": ("admin1",),
    "แคว้นปกครอง": ("admin1",),
    "แคว้นปกครองตนเอง": ("admin1", "prefecture"),
    "จังหวัด": ("admin1",),
    "จังหวัดปกครองตนเอง": ("prefecture", "admin1"),
    "จ.": ("admin1",),
    "อ.": ("district", "city"),
}
# A name can begin with the letters of a type word (นครราชสีมา, กรุงเก่า, เมืองแซ, รัฐกอก); `bare`
# keeps the whole, so that it is looked up too.

# English and romanised type words, before ("City of", "Province of") or behind the name.
LATIN_TYPES: dict[str, tuple[str, ...]] = {
    "administrative region": ("admin1",),
    "aimag": ("admin1",),
    "autonomous county": ("district",),
    "autonomous okrug": ("admin1",),
    "autonomous prefecture": ("prefecture",),
    "autonomous region": ("admin1",),
    "borough": ("district", "city"),
    "canton": ("admin1",),
    "capital": ("city", "admin1"),
    "capital city": ("city", "admin1"),
    "capital region": ("admin1",),
    "capital territory": ("admin1",),
    "city": ("city",),
    "county": ("district", "admin1"),
    "department": ("admin1",),
    "division": ("admin1", "prefecture"),
    "district": ("district", "admin1"),
    "governorate": ("admin1",),
    "island": ("admin1", "city"),
    "krai": ("admin1",),
    "league": ("prefecture",),
    "metropolis": ("city", "admin1"),
    "metropolitan city": ("city", "admin1"),
    "municipal district": ("district",),
    "municipality": ("city", "admin1"),
    "oblast": ("admin1",),
    "okrug": ("admin1", "district"),
    "parish": ("admin1",),
    "prefecture": ("admin1", "prefecture"),
    "province": ("admin1",),
    "raion": ("district",),
    "region": ("admin1",),
    "republic": ("admin1",),
    "special administrative region": ("admin1",),
    "special city": ("city", "admin1"),
    "state": ("admin1",),
    "states": ("admin1",),
    "territory": ("admin1",),
    "town": ("city",),
    "township": ("district", "city"),
    "village": ("city",),
    "ward": ("district",),
}
# What Thai lists call units that carry a type word of their own in English (CLDR's names of the
# subdivisions of ISO 3166-2, in both languages).
_MEANS: dict[str, str] = {
    "จังหวัด": "province prefecture governorate", "แขวง": "province", "มณฑล": "province",
    "เทศมณฑล": "county", "เคาน์ตี้": "county", "คันทรี่": "county",
    "ภาค": "division region", "ภูมิภาค": "region", "แคว้น": "region", "รีเจี้ยน": "region",
    "เขต": "district division region", "อำเภอ": "district", "รัฐ": "state",
    "เทศบาล": "municipality", "เทศบาลนคร": "municipality", "เทศบาลเมือง": "municipality",
    "เมือง": "city", "นคร": "city", "นครหลวง": "city prefecture",
}  # fmt: skip
_ABBREVIATED = {
    "st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point", "is": "island",
    "prov": "province", "pref": "prefecture", "dist": "district", "reg": "region",
    "cty": "city", "isl": "island", "mts": "mountains",
}  # fmt: skip

# English type words spelt in Thai, behind the name or, with "of", before it.
_SPELT = (
    r"เคาน์?ตี้?|คันทรี่|อ็?๊?[อป]บลาสต์?|โอบลาสต์?|โอแบลสต?|อ๊ปลาส|ดิสทริ[คก]ต?|ดิสตริก?ต์|รีเจี้?ยน|รีเจิ้น|"
    r"โกเวอโนเรท|โกเวอร์โนเรต|มูนิซิพัลลิตี้?|มูนิซิปาลิตี้?|เทศบาล|พรี?เฟคเจอร์|โพรวินซ์|พรอวินซ์|โพวิ้น|อะทอลล์|"
    r"ดิพาร์ตเมนต์|ดีพาทเม้น|โบโร"
)
_SPELT_BEHIND = re.compile(rf"^(?P<name>.+[ก-ฮ].*?) ?(?P<word>{_SPELT})$")
_SPELT_BEFORE = re.compile(
    rf"^(?P<word>(?:รอยัล|ลอนดอน)? ?(?:{_SPELT}|ซิตี้?|สเตท)) ?ออ[ฟพ] ?(?P<name>.*[ก-ฮ].+)$"
)
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_LONGEST_FIRST = sorted(THAI_TYPES, key=len, reverse=True)
_THAI_TYPE = re.compile("|".join(map(re.escape, _LONGEST_FIRST)))
# Type words so distinct that they open a unit even where the blank before them is missing.
_CONSONANTS = {chr(code) for code in range(ord("ก"), ord("ฮ") + 1)}
_GLUED = re.compile(r"(?<=[\u0e01-\u0e5b]{2})(?<!เทศ)(?=(?:มณฑล(?!ปกครอง)|จังหวัด|เขตปกครองตนเอง))")
_LATIN_WORDS = "|".join(sorted(map(re.escape, LATIN_TYPES), key=len, reverse=True))
_LATIN_BEHIND = re.compile(rf"^(.+?)[ -]+({_LATIN_WORDS})$", re.I)
_LATIN_BEFORE = re.compile(rf"^(?:the )?({_LATIN_WORDS}) of (?:the )?(.+)$", re.I)
# Rivers, lakes, mountains, bodies and persons may be called like a place, and are none.
_NO_PLACE = re.compile(
    "(?:แม่น้ำ|ทะเลสาบ|มหาสมุทร|ช่องแคบ|ภูเขา|เทือกเขา|ยอดเขา|เขื่อน|สะพาน|ถนน|สนามบิน|ท่าอากาศยาน|"
    "มหาวิทยาลัย|วิทยาลัย|โรงเรียน|โรงพยาบาล|โรงแรม|บริษัท|ธนาคาร|สมาคม|มูลนิธิ|กระทรวง|สถานทูต|"
    "นางสาว|น\\.ส\\.|นาย|นาง|ดร\\.|ด\\.ช\\.)(?=[ก-ฮเ-ไ ])"
)
_BRACKETED = re.compile(r"[(\[{（［【]([^()\[\]{}（）［］【】]*)[)\]}）］】]")
_AROUND = " -–—*'\"“”‘’:"
_SPLIT = re.compile(r"\s*[,;،、，；|\n\t]\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed administrative unit.

    `name` is without type word and brackets, `bare` the same with the type word; `levels` what
    the type word says, the usual one first, empty where there is none; `others` the names in
    brackets; `longer` the names that a shorter type word leaves (เมือง + หลวงพระบาง).
    """

    name: str
    bare: str
    type_word: str = ""
    levels: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every form that may be the name, each once."""
        return tuple(dict.fromkeys((self.name, *self.longer, self.bare, *self.others)))


def read_toponym(text: str) -> tuple[Unit, ...]:
    """The units of a printed place, its country taken off: itself first, then what it lies in.

    >>> for unit in read_toponym("เขตจี๋ไม๋ เมืองชิงต่าว มณฑลชานตง"):
    ...     print(unit.name, unit.type_word, unit.levels[0])
    จี๋ไม๋ เขต district
    ชิงต่าว เมือง city
    ชานตง มณฑล admin1
    >>> read_toponym("เมืองจิงหนิง (เชียงรุ่ง)")[0].others
    ('เชียงรุ่ง',)
    >>> [(unit.name, unit.levels) for unit in read_toponym("Jimo District, Qingdao")]
    [('Jimo', ('district', 'admin1')), ('Qingdao', ())]
    """
    parts = [part for part in _SPLIT.split(_outside_brackets(text)) if part.strip()]
    units: list[Unit] = []
    for part in parts:
        pieces = _thai_pieces(part) if _THAI.search(part) else [part]
        units += [unit for piece in pieces if (unit := _unit(piece)) is not None]
    return tuple(units)


def names_no_place(unit: Unit) -> bool:
    """Is it a river, a lake, a mountain, a body or a person by its first word?

    >>> [names_no_place(read_toponym(text)[0]) for text in ("แม่น้ำโคโลราโด", "แม่สอด")]
    [True, False]
    """
    return _NO_PLACE.match(unit.bare) is not None


def type_agrees(unit: Unit, name: str) -> int:
    """Does an English name end in what the unit's type word means: 1, in another's: -1, or none: 0.

    >>> county = read_toponym("เทศมณฑลอูเตนา")[0]
    >>> [type_agrees(county, name) for name in ("Utena County", "Utena", "Utena Municipality")]
    [1, 0, -1]
    """
    own = _LATIN_BEHIND.match(name)
    if unit.type_word not in _MEANS or own is None:
        return 0
    return 1 if own[2].lower() in _MEANS[unit.type_word].split() else -1


def _outside_brackets(text: str) -> str:
    # A comma inside brackets does not part units.
    return _BRACKETED.sub(lambda found: "(" + re.sub(r"[,;]", "/", found[1]) + ")", text)


def _thai_pieces(part: str) -> list[str]:
    """Cut at each blank that a type word follows; a word without one continues the name."""
    words = _GLUED.sub(" ", part).split()
    pieces: list[str] = []
    for word in words:
        alone = pieces and _THAI_TYPE.fullmatch(pieces[-1])
        if pieces and (alone or not _THAI_TYPE.match(word)):
            pieces[-1] += ("" if alone else " ") + word
        else:
            pieces.append(word)
    return pieces


def _unit(piece: str) -> Unit | None:
    others = tuple(
        other.strip()
        for inside in _BRACKETED.findall(piece)
        for other in re.split(r"\s*[/;]\s*", inside)
        if other.strip()
    )
    bare = " ".join(_BRACKETED.sub(" ", piece).split()).strip(_AROUND)
    if not bare.strip("."):
        if not others:
            return None
        bare, others = others[0], others[1:]
    unit = _thai_unit(bare.strip(".")) if _THAI.search(bare) else _latin_unit(bare)
    return replace(unit, others=others)


def _thai_unit(bare: str) -> Unit:
    found = _THAI_TYPE.match(bare)
    if found is None or found.end() == len(bare):
        spelt = _SPELT_BEFORE.match(bare) or _SPELT_BEHIND.match(bare)
        if spelt is None:
            return Unit(bare, bare)
        return Unit(spelt["name"], bare, spelt["word"], ("admin1", "district"))
    name = bare[found.end() :].strip()
    # A vowel sign or tone cannot open a name: the letters were not a type word.
    if not re.match(r"[ก-ฮเ-ไA-Za-z]", name) or len(name) < 2:
        return Unit(bare, bare)
    longer = tuple(
        bare[len(word) :]
        for word in _LONGEST_FIRST
        if found[0].startswith(word) and word != found[0] and bare[len(word) :][:1] in _CONSONANTS
    )
    return Unit(name, bare, found[0], THAI_TYPES[found[0]], longer=longer)


def _latin_unit(bare: str) -> Unit:
    spelt = " ".join(
        _ABBREVIATED.get(word.rstrip(".").lower(), word) if word.endswith(".") else word
        for word in bare.split()
    ).strip(_AROUND + ".")
    for pattern, name_group, type_group in ((_LATIN_BEFORE, 2, 1), (_LATIN_BEHIND, 1, 2)):
        found = pattern.match(spelt)
        if found:
            word = found[type_group].lower()
            return Unit(found[name_group].strip(), spelt, word, LATIN_TYPES[word])
    return Unit(spelt, spelt)
