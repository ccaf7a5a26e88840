"""Headings of lists: what a list is of, and whose it is ("22 Sister Cities of Bangkok")."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sisterdata import gazetteer
from sisterdata.countries.match import may_be_country, split_country
from sisterdata.parser.line_kinds import LONGEST_HEADING
from sisterdata.parser.stated_counts import without_claims
from sisterdata.parser.table.column_roles import is_thai_province
from sisterdata.text.thai_letters import THAI_LETTERS, has_thai

_WORDS = json.loads((Path(__file__).parent / "words" / "ties.json").read_text(encoding="utf-8"))
UNITS = f"(?:{'|'.join(_WORDS['units'])})"
# What a place is to the other: "sister city", "twinned towns".
TWIN = rf"(?:{'|'.join(_WORDS['ties'])})[\s-]*{UNITS}"
TIE = (
    rf"\b{TWIN}\b|\btwinnings?\b|\b(?:sister|friendship|friendly)[- ]relation"
    rf"|\b(?:sister|twin)s? (?:and|&|or) [\w-]+ {UNITS}\b"
    rf"|{'|'.join(_WORDS['thai_ties'])}"
)
_TIE = re.compile(rf"{TIE}|\btwinned(?= with\b)", re.I)
_LONGEST = 2000
_STEM = re.compile("|".join(_WORDS["stems_of_ties"]))
_JOURNEYS = re.compile("|".join(_WORDS["journeys"]), re.I)
_BODY_STEM = re.compile("organi|network|associat|membership|องค์|เครือข่าย")
_BODIES = re.compile(
    r"\borgani[sz]ations?\b|\bnetworks?\b|\bassociations?\b|\bmemberships?\b|องค์กร|องค์การ|เครือข่าย",
    re.I,
)


def is_of_pairs(heading: str) -> bool:
    """Whether a heading mentions sister cities, in any of the words for them.

    >>> is_of_pairs("22 Sister Cities of Bangkok"), is_of_pairs("เมืองคู่มิตรของจังหวัดตาก")
    (True, True)
    """
    # Parts of the words are looked for first: that is many times faster.
    heading = heading[:_LONGEST]
    return _STEM.search(heading.lower()) is not None and _TIE.search(heading) is not None


def is_of_journeys(text: str) -> bool:
    """Whether a text mentions routes, trains or the like: its pairs of places are no ties.

    >>> is_of_journeys("Air routes from Bangkok"), is_of_journeys("Bangkok - Beijing (1993)")
    (True, False)
    """
    return _JOURNEYS.search(text) is not None


def is_of_organizations(heading: str) -> bool:
    """Whether a heading mentions organizations or networks.

    >>> is_of_organizations("11 organizations Bangkok joins with are :")
    True
    """
    heading = heading[:_LONGEST]
    return _BODY_STEM.search(heading.lower()) is not None and _BODIES.search(heading) is not None


@lru_cache(maxsize=4096)
def home_place(heading: str) -> str | None:
    """The place whose list it is, as the heading prints it; None where it names none.

    >>> home_place("22 Sister Cities of Bangkok"), home_place("Busan's Sister Cities (26 cities)")
    ('Bangkok', 'Busan')
    >>> home_place("เมืองพี่เมืองน้องของกรุงเทพมหานคร 22 เมือง"), home_place("เมืองพี่เมืองน้อง จังหวัดภูเก็ต")
    ('กรุงเทพมหานคร', 'จังหวัดภูเก็ต')
    >>> home_place("Chiang Mai has agreements with four sister cities:")
    'Chiang Mai'
    >>> home_place("Yeosu - Sister Cities"), home_place("International Sister Cities") is None
    ('Yeosu', True)
    """
    if len(heading) > LONGEST_HEADING:
        return None
    counted = without_claims(heading.strip("#=*' "))
    words = _REMARK.sub("", counted)
    texts = dict.fromkeys((words, counted, heading))
    for text in texts:
        for form in _HOME:
            found = form.search(text)
            if found is not None and not _NO_HOME.fullmatch(found["home"].strip()):
                return found["home"].strip()
    for text in texts:
        for form in _KNOWN_HOME:
            found = form.search(text)
            if found is not None and _is_known_place(found["home"].strip()):
                return found["home"].strip()
    return None


def is_place_alone(heading: str) -> bool:
    """Whether a heading is the name of a place only, like the title of a city's page.

    >>> is_place_alone("Yeosu City"), is_place_alone("จังหวัดภูเก็ต"), is_place_alone("Our partners")
    (True, True, False)
    """
    return len(heading) <= 60 and _is_known_place(heading.strip("#=*' "))


def _is_known_place(name: str) -> bool:
    if has_thai(name):
        return _THAI_HOME.fullmatch(name) is not None or is_thai_province(name)
    if not re.fullmatch(_NAME, name) or _NO_HOME.fullmatch(name):
        return False
    bare = re.sub(
        r"^(?:The )?(?:City|Town|Municipality|Province) of |,.*"
        r"| (?:City|Town|Municipality|Prefecture|Province|County|Metropolitan City)"
        r"(?: Government)?$",
        "",
        name,
    )
    return bool(gazetteer.keyed(bare.strip()))


_REMARK = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_NAME = (
    r"(?P<home>[A-Z][\w.'’-]*(?:(?:,? (?:of|de|da|do|di|del|la|le|and|the|upon|am|an der|sur))*,?"
    r" [A-Z][\w.'’-]*){0,5})"
)
_VERBS = "|".join(_WORDS["verbs_of_home"])
# A place in Thai: a type word and what is written together with it.
_THAI_TYPES = (
    r"(?:จังหวัด|จ\.|เทศบาล(?:นคร|เมือง|ตำบล)?|กรุงเทพ|เมือง(?!พี่|คู่|มิตร|น้อง|แฝด)|นคร|อำเภอ|มณฑล|รัฐ|แขวง)"
)
_THAI_NAME = rf"(?P<home>{_THAI_TYPES}\s?[{THAI_LETTERS}]{{2,40}}?)"
_THAI_HOME = re.compile(rf"{_THAI_TYPES}\s?[{THAI_LETTERS}]{{2,40}}")
_THAI_TIES = "|".join(_WORDS["thai_ties"])
_NO_HOME = re.compile(
    r"(?:Our|The|All|Its|Their|This|International|Foreign|Global|World|Thailand|Thai|Current|New"
    r"|Other|Official|Active|List|Overseas|Asian?|European?|African?|Americas?|North America"
    r"|South America)"
    r"(?: (?:City|Cities|Sister|Partner))?|"
    r"(?:เมือง|จังหวัด)(?:ต่างๆ|ต่าง ๆ|ต่างประเทศ|ไทย|พี่|คู่|มิตร).*"
)
_HOME = (
    re.compile(
        rf"(?:{_TIE.pattern}).{{0,40}}? (?:of|with|for|in) "
        rf"(?:the (?:city|province|town|municipality) of |the )?(?-i:{_NAME})\s*[.:]?$",
        re.I,
    ),
    re.compile(rf"^(?:The )?{_NAME}['’]s? (?i:.*(?:sister|twin|friend|partner))"),
    re.compile(
        rf"^(?:[\w ]{{0,20}}\d{{4}}, |(?i:today|currently), )?"
        rf"(?:(?i:The (?:city|town|province|municipality) of ))?{_NAME} "
        rf"(?i:{_VERBS})\b(?i:.{{0,80}}?(?:{_TIE.pattern}|\btwinned\b|\bpaired\b))"
    ),
    re.compile(rf"\b(?i:{_BODIES.pattern}) (?:that |which )?{_NAME} (?:joins|is|belongs|takes)\b"),
    re.compile(
        rf"^(?i:home|host|our|own|local)(?i: (?:city|town|province|municipality|place))?\s?[:：]\s?"
        rf"{_NAME}(?:, Thailand)?$"
    ),
    re.compile(
        rf"^(?:ฝ่ายไทย|จังหวัด|เมือง|เทศบาล|หน่วยงาน)\s?[:：]\s?(?P<home>[{THAI_LETTERS}]{{2,40}})$"
    ),
    re.compile(
        r"ของ(?!ไทย|ประเทศ|ต่างประเทศ|หน่วย|ท้องถิ่น)"
        rf"(?P<home>[{THAI_LETTERS}]{{2,40}}?)(?=\s|$|กับ|และ|มี|ได้|[:(])"
    ),
    re.compile(rf"(?:{_THAI_TIES}).{{0,30}}?ระหว่าง\s?{_THAI_NAME}\s?(?:กับ|และ)"),
    re.compile(rf"(?:{_THAI_TIES}).{{0,30}}?กับ\s?{_THAI_NAME}(?=\s*$|\s?จำนวน|\s*\d|\s*[:(])"),
    re.compile(
        rf"^{_THAI_NAME}\s?(?:{'|'.join(_WORDS['thai_verbs_of_home'])}).{{0,60}}?(?:{_THAI_TIES})"
    ),
    re.compile(
        rf"(?:{_THAI_TIES})[{THAI_LETTERS}]*\s?[-–—:|(]?\s?{_THAI_NAME}\s?\)?(?=\s*$|\s*\d|\s*[:：-])"
    ),
    re.compile(rf"^{_THAI_NAME}\s?[-–—:|]?\s?(?=(?:รายชื่อ|ข้อมูล)?(?:{_THAI_TIES}))"),
)
# Forms that hold for any word: only a place that is known is a home.
_KNOWN_HOME = (
    re.compile(
        rf"^(?:The )?{_NAME}\s?[-–—:|]?\s(?:(?i:international|official|global) )?(?i:{TIE})"
    ),
    re.compile(
        rf"(?i:{TIE})(?i:s| relations(?:hips)?| agreements| program(?:me)?)?"
        rf"\s?[-–—:|(]\s?{_NAME}\s*\)?$"
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
    return _read_group(heading) if len(heading) <= _LONGEST_GROUP else None


@lru_cache(maxsize=1 << 14)
def _read_group(heading: str) -> Group | None:
    name = without_claims(heading).strip(" :.-–")
    if _DIGIT.search(name):
        return None  # no name of a country or a continent has one
    if "," in name:  # "China, People's Republic of", and not "Osaka, Japan"
        before, _, country = split_country(name)
        return Group(name, name) if country is not None and not before.strip() else None
    if _REGION.fullmatch(name):
        return Group(name)
    return Group(name, name) if may_be_country(name) else None


_LONGEST_GROUP = 60
_DIGIT = re.compile(r"\d")
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
