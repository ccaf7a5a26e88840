"""The words of a country's name: which carry it, which only join, which say the form of state."""

from __future__ import annotations

import re
from functools import lru_cache

# Articles and particles of the languages that lists are printed in. "El" is not one of them:
# El Salvador is a country, and Salvador is a city.
_PARTICLES = """
    the of and for  de du des la le les et  da do dos das e  del los las y  di della  der und
    van en het  og och i ja ve wa si af au
"""
_JOINING = frozenset(_PARTICLES.split())

# One spelling for a word that lists abbreviate or translate.
_SPELLINGS = """
    republic    rep repub republica republique republik repubblica republiek republika republics
    democratic  dem democratique democratica democratico demokratische demokratik demokratiske
    democratic  democrat demokratiska демократическая демократична ديمقراطية الديمقراطية
    democratic  민주 민주주의
    federal     fed feder federale federated federative
    peoples     peop people ppl populaire popular popolare volksrepublik folkerepublikken rakyat
    peoples     народная народна
    socialist   soc socialista socialiste
    islamic     islamique islamica
    islands     isl isls is island isle isles ile iles islas isla
    territory   ter terr territories territoire
    united      utd unit
    state       sts states st
    us          usa
    british     brit
    north       n nth
    south       s sth
    west        w
    central     c cent
"""
_SPELT = {
    variant: spelling
    for spelling, *variants in (line.split() for line in _SPELLINGS.strip().splitlines())
    for variant in variants
}

# The form of a state, without accents: the nouns that say it, and the words that go with them.
_NOUNS = """
    republic kingdom commonwealth federation confederation principality sultanate emirate union
    empire duchy ir
    royaume principaute duche sultanat emirat  reino principado sultanato ducado
    regno principato  koninkrijk vorstendom
    konigreich furstentum grossherzogtum volksrepublik bundesrepublik
    konungariket kungariket kongeriget kongeriket republiken republikken folkerepublikken
    forbundsrepubliken  rzeczpospolita krolestwo  kralovstvi kralovstvo  koztarsasag kiralysag
    regatul  cumhuriyeti cumhuriyet kralligi prensligi  respublikasi respublikasy respublika
    kerajaan
    республика королевство княжество федерация султанат  республіка королівство федерація
    република кралство  δημοκρατια βασιλειο
    جمهورية الجمهورية مملكة المملكة سلطنة  جمهوری پادشاهی  공화국 왕국 연방 गणराज्य
"""
_BESIDE_NOUNS = """
    democratic peoples socialist islamic arab federal bolivarian plurinational independent hashemite
    sovereign unitary united grand cooperative oriental eastern  unie uni  grande unida unido gran
    sozialistische islamische arabische foderale  islamitische  islamska  halk islam sosyalist
    исламская арабская социалистическая федеративная федеральная
    ісламська арабська федеративна  الشعبية شعبية الإسلامية العربية اسلامی 인민 사회주의
"""
_STATE_NOUNS = frozenset(_NOUNS.split())
_STATE_WORDS = _STATE_NOUNS | frozenset(_BESIDE_NOUNS.split())

# "State of" is as often said of a federal state ("State of Georgia"): not a form by itself.
_STATE = "state estado etat staat stato stat staten negara devleti государство دولة"
STATE = frozenset(_STATE.split())

# Chinese, Japanese and Korean write the form behind the name without a blank.
_CLOSED_FORM = re.compile(
    "(?:社会主义|社会主義|民主主义|民主主義|民主|人民|伊斯兰|伊斯蘭|イスラム|アラブ|联邦|聯邦|連邦)*"
    "(?:共和国|共和國|王国|王國|大公国|大公國|公国|公國|联邦|聯邦|連邦|공화국|왕국)$"
)


@lru_cache(maxsize=64)
def words(key: str) -> tuple[str, ...]:
    """The words of a key that carry meaning, in their order; footnote numbers do not.

    >>> words("republic of the congo"), words("china 1")
    (('republic', 'congo'), ('china',))
    """
    return tuple(
        word
        for word in key.split()
        if word not in _JOINING and not (len(word) <= 2 and word.isdigit())
    )


@lru_cache(maxsize=64)
def spelt(key: str) -> tuple[str, ...]:
    """The same words, each in the one spelling that it is compared under.

    >>> spelt("korea dem peoples rep")
    ('korea', 'democratic', 'peoples', 'republic')
    """
    return tuple(_SPELT.get(word, word) for word in words(key))


def bag(key: str) -> str:
    """The words in one order, so that inversion, brackets and commas do not matter.

    >>> bag("korea rep") == bag("republic of korea")
    True
    """
    return " ".join(sorted(set(spelt(key))))


def without_state_form(key: str) -> tuple[str, set[str]]:
    """The words that do not say the form of the state, and those that do; both empty without one.

    >>> core, form = without_state_form("soc rep of vietnam")
    >>> core, sorted(form)
    ('vietnam', ['republic', 'socialist'])
    """
    meant, spellings = words(key), spelt(key)
    if _STATE_NOUNS.isdisjoint(spellings) and _STATE_NOUNS.isdisjoint(meant):
        if len(meant) == 1 and not key.isascii():
            closed = _CLOSED_FORM.search(meant[0])
            if closed and closed.start():
                return meant[0][: closed.start()], {closed.group()}
        return "", set()
    core, form = [], set()
    for word, spelling in zip(meant, spellings, strict=True):
        if word in _STATE_WORDS or spelling in _STATE_WORDS:
            form.add(spelling)
        else:
            core.append(word)
    return " ".join(core), form
