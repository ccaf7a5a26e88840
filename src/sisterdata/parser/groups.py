"""Headings that part a list by where its entries lie: continents, regions and countries.

Which names are countries is all that the parser asks of the normalizer; nothing is resolved here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sisterdata.normalizer.countries import may_be_country
from sisterdata.parser.claims import without_claims
from sisterdata.script import THAI_LETTERS


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
