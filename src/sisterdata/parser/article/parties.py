"""Who stands in a phrase of names: "Busan, Korea and Osaka, Japan" are two parties, not four.

Which names are countries is all that the parser asks of the normalizer; nothing is resolved here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sisterdata.countries.match import may_be_country

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĆČĎĐĘĚĞİĽŁŃŇŐŘŚŞŠŤŮŰŹŻŽ"
# (?>...) and not *+, which Python before 3.11.5 gets wrong where the group has branches.
_WORD = rf"(?:(?:St|Mt|Ft)\.|[{_CAPITAL}](?>(?:[\w'’-]|\.(?=\w))*)(?:(?<=\.[A-Z])\.)?)"
_JOINED = r"(?: (?:of the|of|upon|am|sur|del|de la|de|da|do|la))?"
NAME = rf"{_WORD}(?>(?:{_JOINED} {_WORD})*)"
_BETWEEN = r"(?:[,;]? and |, | & |,? as well as |; )(?:[Tt]he )?(?:both )?"
# A phrase of names, to be put into a larger form; nothing in it can be read in two ways.
PHRASE = rf"{NAME}(?>(?:{_BETWEEN}{NAME})*)"
_SEPARATOR = re.compile(rf"({_BETWEEN})(?=[{_CAPITAL}])")


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties a phrase names, each as it is printed, and why that is not certain, if so."""

    names: tuple[str, ...]
    doubt: str | None = None


def read_parties(phrase: str, *, within: bool = False) -> Parties:
    """The parties of a phrase; a name's country or state behind a comma belongs to the name.

    `within` says that words stand before the phrase: a country that opens it is then theirs
    ("held in Paris, France, Busan and ...").

    >>> read_parties("Busan, Korea and Osaka, Japan").names
    ('Busan, Korea', 'Osaka, Japan')
    >>> read_parties("Busan, Seoul and Tokyo").names
    ('Busan', 'Seoul', 'Tokyo')
    >>> read_parties("Busan, Seoul, Korea and Tokyo").doubt
    'a name before a comma may be a party, or lie in the place behind it'
    """
    pieces = _SEPARATOR.split(phrase)
    names, links = pieces[::2], [""] + [link.strip() for link in pieces[1::2]]
    opening = max((i for i, name in enumerate(names[:-1]) if _ELSEWHERE.match(name)), default=-1)
    names, links = names[opening + 1 :], links[opening + 1 :]
    while (within or opening >= 0) and len(names) > 2 and _is_region(names[0]):
        names, links = names[1:], links[1:]
    if "and" not in " ".join(links[1:]).split() and "&" not in links and ";" not in links[1:]:
        whole = phrase if opening < 0 else ", ".join(names)
        certain = len(names) < 3 or _is_region(names[-1])
        return Parties((whole,), _doubt_of(names[0]) or (None if certain else _IN_OR_BESIDE))
    parties: list[str] = []
    placed: set[int] = set()
    doubt = None
    for name, link in zip(names, links, strict=True):
        if parties and link == "," and _is_region(name):
            parties[-1] += f", {name}"
            placed.add(len(parties) - 1)
        else:
            if parties and link == "," and (name in _STATE_OR_CITY or _REGION_WORD.search(name)):
                doubt = _IN_OR_BESIDE
            parties.append(name)
    if len(parties) > 2 and 0 < len(placed) < len(parties):
        doubt = _IN_OR_BESIDE
    doubts = (_doubt_of(party.split(",")[0]) for party in parties)
    return Parties(tuple(parties), next(filter(None, doubts), doubt))


def names_its_kind(party: str) -> bool:
    """Does a party say that it is a place: by a word for its kind, or by where it lies?

    >>> names_its_kind("Bangkok City of Thailand"), names_its_kind("Busan, Korea")
    (True, True)
    >>> names_its_kind("Busan")
    False
    """
    return _KIND.search(party) is not None or "," in party


def bare_name(party: str) -> str:
    """A party's own name, without the word for its kind and without where it lies.

    >>> bare_name("the City of Austin, Texas"), bare_name("Chongqing Municipality")
    ('Austin', 'Chongqing')
    """
    name = _KIND_BEFORE.sub("", party.split(",", maxsplit=1)[0])
    return _KIND_BEHIND.sub("", name).strip()


_IN_OR_BESIDE = "a name before a comma may be a party, or lie in the place behind it"


def _doubt_of(name: str) -> str | None:
    words = name.split()
    if _NOBODY.match(name):
        return f"{name} is no name of a place"
    if _OFFICE.search(name) or (
        2 <= len(words) <= 3 and _GIVEN_NAME.fullmatch(words[0]) and not _KIND.search(name)
    ):
        return f"{name} is, or may be, a person"
    if _TWO_SENTENCES.search(name):
        return f"{name} may be the end of one sentence and the beginning of another"
    if _BODY.search(name):
        return f"{name} is a body or a company"
    if may_be_country(name) and name not in _CITY_STATES:
        return f"{name} is a country"
    return None


def _is_region(name: str) -> bool:
    if name in _CITY_STATES | _STATE_OR_CITY:
        return False
    return _STATE.fullmatch(name) is not None or may_be_country(name)


# What opens a sentence and says where or when: the parties begin behind it.
_ELSEWHERE = re.compile(r"(?:In|At|On|Near|During|From|By|For|Under|Outside|With)\b")
_NOBODY = re.compile(
    r"(?:he|she|it|they|we|i|you|this|that|these|those|both|all|each|such|some|many|several|two|its"
    r"|their|his|her|our|when|after|before|if|unless|until|whether|why|how|who|where|what|in|at|on"
    r"|for|but|and|or|then|later|there|no|neither|officials?|leaders?|delegates?|representatives?"
    r"|part(?:y|ies)|sides?|cities|towns|provinces|mayors|governors|members|agreements?|sister)\b",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:Governor|Mayor|President|Minister|Premier|Secretary|Ambassador|Consul|Chairman|Chairwoman"
    r"|Chairperson|Mr|Mrs|Ms|Dr|Prof|Professor|Sir)\b"
)
# Names that people are given more often than places are. (A woman or man in common with a place,
# as George, Victoria or Charlotte, is not among them.)
_GIVEN_NAME = re.compile(
    r"James|John|Robert|Michael|William|David|Richard|Joseph|Thomas|Christopher|Daniel"
    r"|Matthew|Mark|Donald|Steven|Stephen|Andrew|Paul|Kenneth|Kevin|Brian|Edward|Ronald"
    r"|Timothy|Jason|Jeffrey|Eric|Peter|Jonathan|Frank|Scott|Raymond|Gregory|Patrick|Dennis"
    r"|Jerry|Henry|Walter|Jane|Mary|Patricia|Jennifer|Linda|Barbara|Susan|Jessica|Sarah|Karen"
    r"|Lisa|Nancy|Betty|Sandra|Margaret|Ashley|Kimberly|Emily|Donna|Michelle|Carol|Amanda"
    r"|Melissa|Deborah|Stephanie|Rebecca|Laura|Helen|Anna|Anne|Emma|Hans|Jean|Pierre|Maria"
    r"|Ahmed|Mohammed|Muhammad|Ivan|Sergei|Vladimir|Hiroshi|Takashi|Kenji|Somchai|Somsak"
    r"|Prasit|Wichai"
)
_BODY = re.compile(
    r"\b(?:Co|Ltd|Inc|Corp|LLC|PLC|GmbH)\b|\b(?:Company|Corporation|Group|Holdings?|Bank"
    r"|University|College|School|Institute|Hospital|Foundation|Airlines?|Airways|Railways?|Ministry"
    r"|Department|Association|Federation|Club|Chamber|Agency|Commission|Committee|Network|Museum|Zoo)"
    r"(?:$| (?:of|for)\b)"
)
_KIND_WORDS = (
    "City|Town|Village|Borough|Province|Prefecture|Municipality|County|State|District|Region"
    "|Governorate|Oblast|Metropolis|Capital|Port"
)
_KIND = re.compile(rf"\b(?:{_KIND_WORDS}|Metropolitan|Municipal)\b")
_KIND_BEFORE = re.compile(rf"^(?:[Tt]he )?(?:(?:{_KIND_WORDS}) of )?")
_KIND_BEHIND = re.compile(
    rf" (?:{_KIND_WORDS}|Metropolitan|Municipal|Government|Administration)\b.*"
)
_TWO_SENTENCES = re.compile(r"\b(?:[A-Z]\.){2,} \w")  # "Washington D.C. Busan"
_REGION_WORD = re.compile(
    r"\b(?:Province|Prefecture|State|Region|County|Island|Oblast|Governorate|Shire)\b"
)
_CITY_STATES = frozenset(("Singapore", "Hong Kong", "Macau", "Macao", "Monaco", "San Marino"))
# What English usage prints behind a city's name: the states and provinces of three federations.
_STATE = re.compile(
    r"Alabama|Alaska|Arizona|Arkansas|California"
    r"|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa"
    r"|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi"
    r"|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|North Carolina"
    r"|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina"
    r"|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming"
    r"|Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland|Nova Scotia|Ontario"
    r"|Prince Edward Island|Saskatchewan|New South Wales|Queensland|South Australia|Tasmania"
    r"|Western Australia"
)
_STATE_OR_CITY = frozenset(("New York", "Washington", "Quebec", "Québec", "Victoria", "D.C."))
