"""Headings of lists: what a list is of, and whose it is ("22 Sister Cities of Bangkok")."""

from __future__ import annotations

import re

from sisterdata.parser.claims import without_claims
from sisterdata.parser.shapes import LONGEST_HEADING
from sisterdata.parser.ties import TIE
from sisterdata.script import THAI_LETTERS

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
