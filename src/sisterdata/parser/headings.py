"""Headings of lists: what a list is of, and whose it is ("22 Sister Cities of Bangkok")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sisterdata.countries.match import may_be_country
from sisterdata.parser.claims import without_claims
from sisterdata.parser.line_kinds import LONGEST_HEADING
from sisterdata.text.scripts import THAI_LETTERS

UNITS = (
    r"(?:cit(?:y|ies)|towns?|provinces?|prefectures?|states?|municipalit(?:y|ies)|ports?"
    r"|count(?:y|ies)|districts?|regions?)"
)
# What a place is to the other: "sister city", "twinned towns".
TWIN = (
    r"(?:sister|twin(?:ned|ning)?|friend(?:ship|ly)?|partner(?:ship)?|brother(?:ly)?)"
    rf"[\s-]*{UNITS}"
)
TIE = (
    rf"\b{TWIN}\b|\btwinnings?\b|\bsister[- ]relation"
    r"|(?:เมือง|บ้าน)(?:พี่|คู่|มิตร)|คู่ความสัมพันธ์|คู่มิตร"
)
_TIE = re.compile(rf"{TIE}|\btwinned(?= with\b)", re.I)
_BODIES = re.compile(
    r"\borgani[sz]ations?\b|\bnetworks?\b|\bassociations?\b|\bmemberships?\b|องค์กร|องค์การ|เครือข่าย",
    re.I,
)


def is_of_pairs(heading: str) -> bool:
    """Does a heading speak of sister cities, by any of the words for the tie?

    >>> is_of_pairs("22 Sister Cities of Bangkok"), is_of_pairs("เมืองคู่มิตรของจังหวัดตาก")
    (True, True)
    """
    return _TIE.search(heading) is not None


def is_of_organizations(heading: str) -> bool:
    """Does a heading speak of organizations or networks?

    >>> is_of_organizations("11 organizations Bangkok joins with are :")
    True
    """
    return _BODIES.search(heading) is not None


def home_place(heading: str) -> str | None:
    """The place whose list it is, as the heading prints it; None where it names none.

    >>> home_place("22 Sister Cities of Bangkok"), home_place("Busan's Sister Cities (26 cities)")
    ('Bangkok', 'Busan')
    >>> home_place("เมืองพี่เมืองน้องของกรุงเทพมหานคร 22 เมือง")
    'กรุงเทพมหานคร'
    """
    if len(heading) > LONGEST_HEADING:
        return None
    words = _REMARK.sub("", without_claims(heading))
    for form in _HOME:
        found = form.search(words)
        if found is not None:
            return found["home"].strip()
    return None


_REMARK = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_NAME = r"(?P<home>[A-Z][\w.'’-]*(?:(?: (?:of|de|and|the|upon))? [A-Z][\w.'’-]*){0,5})"
_HOME = (
    re.compile(
        rf"(?:{_TIE.pattern}).{{0,40}}? (?:of|with|for) (?:the (?:city|province) of |the )?"
        rf"(?-i:{_NAME})\s*[.:]?$",
        re.I,
    ),
    re.compile(rf"^(?:The )?{_NAME}['’]s? (?i:.*(?:sister|twin|friend|partner))"),
    re.compile(rf"\b(?i:{_BODIES.pattern}) (?:that |which )?{_NAME} (?:joins|is|belongs|takes)\b"),
    re.compile(
        r"ของ(?!ไทย|ประเทศ|ต่างประเทศ|หน่วย|ท้องถิ่น)"
        rf"(?P<home>[{THAI_LETTERS}]{{2,40}})(?=\s|$)"
    ),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a list; `country` is its name as printed, where all in it lie in one country."""

    name: str
    country: str | None = None


def read_group(heading: str) -> Group | None:
    """The part of the world that is all a heading names; None where it names none, or more.

    >>> read_group("North America (3 cities)"), read_group("ทวีปเอเชีย").country
    (Group(name='North America', country=None), None)
    >>> read_group("Japan:")
    Group(name='Japan', country='Japan')
    >>> read_group("Osaka, Japan") is None, read_group("Busan") is None
    (True, True)
    """
    if len(heading) > _LONGEST_GROUP or "," in heading:
        return None
    name = without_claims(heading).strip(" :.-–")
    if _REGION.fullmatch(name):
        return Group(name)
    return Group(name, name) if may_be_country(name) else None


_LONGEST_GROUP = 60
_REGION = re.compile(
    r"(?:the )?(?:(?:north|south|east|west|central|middle|latin|south-?east"
    r"|north-?east)(?:ern)?[ -](?:and )?)*"
    r"(?:africa|asia|europe|americas?|oceania|australasia|pacific|east|caribbean)"
    r"(?:(?: and | & |[ /-])(?:the )?(?:pacific|oceania|caribbean|africa|asia|middle east))?"
    r"(?: region| continent)?"
    rf"|(?:ทวีป|ภูมิภาค)\s?[{THAI_LETTERS}]+"
    r"|(?:เอเชีย|ยุโรป|แอฟริกา|อเมริกา|โอเชียเนีย)(?:เหนือ|ใต้|กลาง|ตะวันออก|ตะวันตก|เฉียง)*|ตะวันออกกลาง",
    re.I,
)
