"""The words of country names: meaningful words, joining words, words for a form of state."""

from __future__ import annotations

import re

# Articles and particles in the languages of such lists. "El" is left out: El Salvador is a
# country and Salvador is a city.
_PARTICLES = """
    the of and for  de du des la le les et  da do dos das e  del los las y  di della dello  der und
    van en het  og och i ja ve wa si af au
"""
_JOINING = frozenset(_PARTICLES.split())
_SKIPPED = _JOINING | {f"{mark}" for mark in range(100)} | {f"{mark:02}" for mark in range(10)}

# One spelling for words that lists abbreviate or translate.
_SPELLINGS = """
    republic    республика republiken republikken جمهورية
    republic    rep repub republica republique republik repubblica republiek republika republics
    democratic  dem democratique democratica democratico demokratische demokratik demokratiske
    democratic  democrat demokratiska демократическая демократична ديمقراطية الديمقراطية
    democratic  민주 민주주의
    federal     fed feder federale federated federative
    peoples     peop people ppl pop populaire popular popolare volksrepublik folkerepublikken rakyat
    peoples     народная народна
    socialist   soc socialista socialiste
    islamic     islamique islamica
    islands     isl isls isds is island isle isles ile iles islas isla
    territory   ter terr territories territoire
    united      utd unit
    state       sts states st
    former      fmr frmr
    yugoslav    yug yugo yugosl
    principality  princ
    kingdom     kingd kgdm
    us          usa
    british     brit
    commonwealth  mancomunidad
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

# Words for the form of a state, without accents: nouns, and words that go with them.
_NOUNS = """
    republic kingdom commonwealth federation confederation principality sultanate emirate union
    empire duchy ir
    royaume principaute duche sultanat emirat  reino principado sultanato ducado
    regno principato granducato sultanato sultania emirato  koninkrijk vorstendom
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
    plurinacional plurinationaler plurinazionale federativa federaux federes federados federati
    foderative foderierte kooperative cooperativa cooperativo hachemite hachemita haschemitisches
    hascemita hashemita independant independiente independente indipendente unabhangiger
    bolivariana bolivarienne bolivarische orientale grao araba bolivar
    sozialistische islamische arabische foderale  islamitische  islamska  halk islam sosyalist
    исламская арабская социалистическая федеративная федеральная
    ісламська арабська федеративна  الشعبية شعبية الإسلامية العربية اسلامی 인민 사회주의
"""
_STATE_NOUNS = frozenset(_NOUNS.split())
_STATE_SPELLINGS = _STATE_NOUNS | {word for word, to in _SPELT.items() if to in _STATE_NOUNS}
STATE_WORDS = _STATE_NOUNS | frozenset(_BESIDE_NOUNS.split())
_REPEATED = STATE_WORDS | {"islands", "saint", "state"}

# "State of" often means a federal state ("State of Georgia"), so it is no form of state by itself.
_STATE = "state estado etat staat stato stat staten negara devleti государство دولة" + (
    " estados etats staaten stati"
)
STATE = frozenset(_STATE.split())

# Every word with another spelling, and every word for a form of state.
FORM_SPELLINGS = STATE_WORDS | STATE | _SPELT.keys() | frozenset(_SPELT.values()) | {"pr", "pdr"}

# Chinese, Japanese and Korean write the form of state after the name without a space.
_CLOSED_FORM = re.compile(
    "(?:社会主义|社会主義|民主主义|民主主義|民主|人民|伊斯兰|伊斯蘭|イスラム|アラブ|联邦|聯邦|連邦)*"
    "(?:共和国|共和國|王国|王國|大公国|大公國|公国|公國|联邦|聯邦|連邦|공화국|왕국)$"
)


def words(key: str) -> tuple[str, ...]:
    """The meaningful words of a key, in their order; footnote numbers are left out.

    >>> words("republic of the congo"), words("china 1")
    (('republic', 'congo'), ('china',))
    """
    return tuple([word for word in key.split() if word not in _SKIPPED])


def spelt(said: tuple[str, ...]) -> tuple[str, ...]:
    """Each word in the one spelling under which it is compared.

    >>> spelt(("soc", "rep", "vietnam"))
    ('socialist', 'republic', 'vietnam')
    """
    return tuple([_SPELT.get(word, word) for word in said])


def bag(key: str) -> str:
    """The words in sorted order, so that inversion, brackets and commas do not matter.

    >>> bag("korea rep") == bag("republic of korea")
    True
    """
    return bag_of(words(key))


def bag_of(said: tuple[str, ...]) -> str:
    """The same for words that are already split, each in its one spelling.

    A word for the form of state is often printed twice, and counts once. Other words count as
    often as they occur: "Samoa and American Samoa" is not American Samoa.
    """
    ordered = sorted(spelt(said))
    if len(set(ordered)) < len(ordered):
        ordered = [
            word
            for word, next_word in zip(ordered, [*ordered[1:], ""], strict=True)
            if word != next_word or word not in _REPEATED
        ]
    return " ".join(ordered)


def behind_state_form(key: str) -> str:
    """The name after the words for a form of state; empty if there are none.

    >>> behind_state_form("republique du soudan du sud")
    'soudan du sud'
    """
    said = key.split()
    at = 0
    while at < len(said) and (said[at] in FORM_SPELLINGS or said[at] in _JOINING):
        at += 1
    return " ".join(said[at:]) if at else ""


def without_state_form(key: str, said: tuple[str, ...]) -> tuple[str, set[str]]:
    """The words of the name and the words for its form of state; both empty without such words.

    key, said
        A key, and its meaningful words.

    >>> core, form = without_state_form("soc rep of vietnam", ("soc", "rep", "vietnam"))
    >>> core, sorted(form)
    ('vietnam', ['republic', 'socialist'])
    """
    if _STATE_SPELLINGS.isdisjoint(said):
        if len(said) == 1 and not key.isascii():
            closed = _CLOSED_FORM.search(said[0])
            if closed and closed.start():
                return said[0][: closed.start()], {closed.group()}
        return "", set()
    core, form = [], set()
    for word in said:
        spelling = _SPELT.get(word, word)
        if word in STATE_WORDS or spelling in STATE_WORDS:
            form.add(spelling)
        else:
            core.append(word)
    return " ".join(core), form
