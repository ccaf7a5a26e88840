"""One printed place to its units: type word, name, other names in brackets.

    เขตจี๋ไม๋ เมืองชิงต่าว มณฑลชานตง
    └ district ┘└─ city ──┘└ admin1 ─┘

What a type word says of the level is evidence, not law: lists write เมือง for a prefecture and
จังหวัด for a district. The decision weighs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sisterdata.places.native_script_names import lao_to_thai, with_type_words
from sisterdata.places.type_words import english, levels_of, local_words, meanings, thai_before

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
# Type words so distinct that they open a unit even where the blank before them is missing.
_CONSONANTS = {chr(code) for code in range(ord("ก"), ord("ฮ") + 1)}
_GLUED = re.compile(r"(?<=[\u0e01-\u0e5b]{2})(?<!เทศ)(?=(?:มณฑล(?!ปกครอง)|จังหวัด|เขตปกครองตนเอง))")
# Rivers, lakes, mountains, bodies and persons may be called like a place, and are none.
_NO_PLACE = re.compile(
    "(?:แม่น้ำ|ทะเลสาบ|มหาสมุทร|ช่องแคบ|อ่าว|น้ำตก|อุทยาน|ภูเขา|เทือกเขา|ยอดเขา|"
    "เขื่อน|สะพาน|ถนน|สนามบิน|ท่าอากาศยาน|"
    "มหาวิทยาลัย|วิทยาลัย|โรงเรียน|โรงพยาบาล|โรงแรม|บริษัท|ธนาคาร|สมาคม|มูลนิธิ|กระทรวง|สถานทูต|"
    "พรรค|สโมสร|สถาบัน|ประธานาธิบดี|นายกรัฐมนตรี|"
    "นางสาว|น\\.ส\\.|นาย|นาง|ดร\\.|ด\\.ช\\.)(?=[ก-ฮเ-ไ ])"
)
_BRACKETED = re.compile(r"[(\[{（［【]([^()\[\]{}（）［］【】]*)[)\]}）］】]")
_AROUND = " -–—*'\"“”‘’:"
_SPLIT = re.compile(r"\s*[,;،、，；|\n\t]\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed administrative unit.

    name
        The name without type word and brackets.
    bare
        The same with the type word, since a name can begin with its letters (นครราชสีมา).
    type_word, levels
        The type word and the levels it is used for, the usual one first; empty where there is none.
    others
        The names in brackets.
    longer
        Other forms of the name: what a shorter type word leaves (เมือง + หลวงพระบาง), or the form
        in its own script.
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


def read_toponym(text: str, countries: tuple[str, ...] = ()) -> tuple[Unit, ...]:
    """The units of a printed place, its country taken off: itself first, then what it lies in.

    text
        The printed place.
    countries
        The countries it may lie in: some type words belong to one (-ken), and some mean another
        level in another country (แขวง).

    >>> for unit in read_toponym("เขตจี๋ไม๋ เมืองชิงต่าว มณฑลชานตง"):
    ...     print(unit.name, unit.type_word, unit.levels[0])
    จี๋ไม๋ เขต district
    ชิงต่าว เมือง city
    ชานตง มณฑล admin1
    >>> read_toponym("เมืองจิงหนิง (เชียงรุ่ง)")[0].others
    ('เชียงรุ่ง',)
    >>> [(unit.name, unit.levels) for unit in read_toponym("Jimo District, Qingdao")]
    [('Jimo', ('district', 'admin1')), ('Qingdao', ())]
    >>> read_toponym("Nagano-ken", ("JP",))[0].name
    'Nagano'
    """
    units: list[Unit] = []
    for part in _SPLIT.split(_outside_brackets(text)):
        if part.strip():
            thai = lao_to_thai(part)
            pieces = _thai_pieces(thai) if _THAI.search(thai) else [part]
            read = [_unit(piece, countries) for piece in pieces]
            if thai != part and read and read[0] is not None:
                read[0] = replace(read[0], longer=(*read[0].longer, part.strip()))
            units += [unit for unit in read if unit is not None]
    return tuple(units)


def names_no_place(unit: Unit) -> bool:
    """Whether its first word says that it is a river, a lake, a mountain, a body or a person.

    >>> [names_no_place(read_toponym(text)[0]) for text in ("แม่น้ำโคโลราโด", "แม่สอด")]
    [True, False]
    """
    return _NO_PLACE.match(unit.bare) is not None


def type_agrees(unit: Unit, name: str) -> int:
    """1 if an English name ends in what the unit's type word means, -1 if in another, or 0.

    >>> county = read_toponym("เทศมณฑลอูเตนา")[0]
    >>> [type_agrees(county, name) for name in ("Utena County", "Utena", "Utena Municipality")]
    [1, 0, -1]
    """
    meant, own = meanings(unit.type_word), english()[1].match(name)
    if not meant or own is None:
        return 0
    return 1 if own["word"].lower() in meant else -1


def _outside_brackets(text: str) -> str:
    # A comma inside brackets does not separate units.
    return _BRACKETED.sub(lambda found: "(" + re.sub(r"[,;]", "/", found[1]) + ")", text)


def _thai_pieces(part: str) -> list[str]:
    """Cut at each blank that a type word follows; a word without one continues the name."""
    words = _GLUED.sub(" ", part).split()
    pieces: list[str] = []
    for word in words:
        alone = pieces and thai_before().fullmatch(pieces[-1])
        if pieces and (alone or not thai_before().match(word)):
            pieces[-1] += ("" if alone else " ") + word
        else:
            pieces.append(word)
    return pieces


def _unit(piece: str, countries: tuple[str, ...]) -> Unit | None:
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
    if _THAI.search(bare):
        unit = _thai_unit(bare.strip("."), countries)
    else:
        unit = _latin_unit(bare, countries)
    return replace(unit, others=others)


def _thai_unit(bare: str, countries: tuple[str, ...]) -> Unit:
    found = thai_before().match(bare)
    if found is None or found.end() == len(bare):
        spelt = _SPELT_BEFORE.match(bare) or _SPELT_BEHIND.match(bare)
        if spelt is not None:
            return Unit(spelt["name"], bare, spelt["word"], ("admin1", "district"))
        return _local_unit(bare, countries)
    word = found[0]
    name = bare[found.end() :].strip()
    # A vowel sign or tone cannot open a name: the letters were not a type word.
    if not re.match(r"[ก-ฮเ-ไA-Za-z]", name) or len(name) < 2:
        return Unit(bare, bare)
    shorter = (thai_before().match(word[:end]) for end in range(len(word) - 1, 1, -1))
    lengths = dict.fromkeys(match.end() for match in shorter if match is not None)
    longer = tuple(bare[end:] for end in lengths if bare[end : end + 1] in _CONSONANTS)
    return Unit(name, bare, word, levels_of(word, countries), longer=longer)


def _latin_unit(bare: str, countries: tuple[str, ...]) -> Unit:
    spelt = " ".join(
        _ABBREVIATED.get(word.rstrip(".").lower(), word) if word.endswith(".") else word
        for word in bare.split()
    ).strip(_AROUND + ".")
    for pattern in english():
        found = pattern.match(spelt)
        if found:
            word = found["word"].lower()
            return Unit(found["name"].strip(), spelt, word, levels_of(word, countries))
    return _local_unit(spelt, countries)


def _local_unit(bare: str, countries: tuple[str, ...]) -> Unit:
    """A unit whose type word, if any, is one of its country's own language."""
    for pattern in local_words(countries):
        found = pattern.match(bare)
        if found:
            word = found["word"].lower()
            levels = levels_of(word, countries) or _any_levels(word, countries)
            return Unit(found["name"].strip(), bare, word, levels)
    return Unit(bare, bare, longer=with_type_words(bare, countries))


def _any_levels(word: str, countries: tuple[str, ...]) -> tuple[str, ...]:
    read = (levels_of(word, (code,)) for code in countries)
    return next((levels for levels in read if levels), ())
