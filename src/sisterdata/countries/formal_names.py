"""Words around a country's name: its form of state, "formerly", "islands", a region."""

from __future__ import annotations

import re

from sisterdata.countries.exact_lookup import (
    Answer,
    Printed,
    answer_of,
    former_state,
    inferred,
    names_one,
)
from sisterdata.countries.index import Entry, lookup, lookup_adjective, lookup_bag
from sisterdata.countries.name_words import (
    STATE,
    STATE_WORDS,
    bag_of,
    behind_state_form,
    without_state_form,
)

_FORMER = frozenset(
    {"former", "formerly", "fmr", "ex", "was", "previously", "now", "aka", "also", "or"}
)
_DISSOLVING = frozenset({"former", "ex"})
_AROUND = _FORMER | {"known", "called", "as", "part", "country"}


def former(printed: Printed) -> Answer | None:
    """A name with "formerly" or "former"; a former Sudan is not today's Sudan."""
    said = printed.said
    if _FORMER.isdisjoint(said):
        return None
    if len(said) == 3 and said[1] in _FORMER:  # "Myanmar ex-Burma"
        now, before = lookup(said[0]), lookup(said[2])
        if now and before and now.codes == before.codes:
            return answer_of(now)
    name = tuple(word for word in said if word not in _AROUND)
    entry = lookup(" ".join(name)) or lookup_bag(bag_of(name))
    if entry is None:
        return None
    if entry.kind in {"name", "official", "alias"} and not _DISSOLVING.isdisjoint(said):
        return former_state(" of this name", entry.codes)
    return answer_of(entry)


# --- The form of the state


def state_form(printed: Printed) -> Answer | None:
    """A form of state that differs from the official name: "Kingdom of France"."""
    core, form = without_state_form(printed.key, printed.said)
    if core:
        entry = lookup(core) or _accented_core(printed, core)
        if entry is None:
            entry = lookup(behind_state_form(printed.key))
        if entry is None and not form <= _LOOSE_FORMS:
            entry = lookup_adjective(core)
        return None if entry is None else with_state_form(entry, form)
    if STATE.isdisjoint(printed.said):
        return None
    said = printed.said
    entry = lookup(" ".join(word for word in said if word not in STATE | STATE_WORDS))
    return with_state_form(entry, set()) if entry and _STATES_OF.issuperset(entry.codes) else None


# With an adjective these are not a state: "British Empire", "Thai Union".
_LOOSE_FORMS = {"union", "empire", "federation", "confederation", "commonwealth", "duchy"}

# Countries whose official name is "State of …".
_STATES_OF = frozenset({"BN", "BO", "ER", "FM", "IL", "KW", "LY", "PG", "PS", "QA", "WS"})


def _accented_core(printed: Printed, core: str) -> Entry | None:
    """The entry of a short name known by its accents only: "República Islâmica do Irã"."""
    if printed.accented == printed.key or " " in core:
        return None
    plain, accented = printed.key.split(), printed.accented.split()
    if len(plain) != len(accented) or plain.count(core) != 1:
        return None
    return lookup(accented[plain.index(core)])


def with_state_form(entry: Entry, form: set[str]) -> Answer | None:
    """The answer for a name with this form of state next to it."""
    if entry.kind == "abbreviation":
        return None
    if not names_one(entry) and entry.kind not in {"adjective", "ambiguous"}:
        return answer_of(entry)
    codes = _SHARED.get(entry.codes[0], entry.codes) if len(entry.codes) == 1 else entry.codes
    for said, code in _BY_FORM.get(frozenset(codes), ()):
        if said <= form:
            codes = (code,)
            break
    if len(codes) > 1:
        return Answer(
            None, "ambiguous", None, "the form of state does not tell which is meant", codes
        )
    return inferred(codes[0], ", with a form of state that its official name does not have")


# States that share a name. "People's" and "Democratic" tell which one is meant, and so does a
# plain "Republic" for Congo and Korea; "Republic of China" stays open.
_SHARED = {"CG": ("CD", "CG"), "CN": ("CN", "TW"), "DM": ("DM", "DO")}
_BY_FORM: dict[frozenset[str], tuple[tuple[set[str], str], ...]] = {
    frozenset({"CD", "CG"}): (({"democratic"}, "CD"), ({"republic"}, "CG")),
    frozenset({"KP", "KR"}): (({"democratic"}, "KP"), ({"peoples"}, "KP"), ({"republic"}, "KR")),
    frozenset({"CN", "TW"}): (({"peoples"}, "CN"), ({"democratic"}, "CN")),
    frozenset({"DM", "DO"}): (({"commonwealth"}, "DM"),),
}


def soviet(printed: Printed) -> Answer | None:
    """A Soviet republic under any name of its country: "Tadzhik SSR", "Ukraine SSR"."""
    name = _SSR.sub("", " ".join(printed.said))
    if name == " ".join(printed.said):
        return None
    entry = lookup(name) or lookup_adjective(name)
    if entry is None or len(entry.codes) != 1 or entry.codes[0] not in _SOVIET:
        return None
    return answer_of(Entry(entry.codes, "old", "as a Soviet republic"))


_SSR = re.compile("^(?:ssr|soviet socialist republic) | (?:ssr|soviet socialist republic)$")
_SOVIET = frozenset("AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ".split())  # noqa: SIM905


def peoples_republic(printed: Printed) -> Answer | None:
    """Initials of the form of state after a name: "Mongolian P.R.", "Bulgaria PR"."""
    if printed.said[-1] not in _PEOPLES_REPUBLIC or len(printed.said) < 2:
        return None
    core = " ".join(printed.said[:-1])
    entry = lookup(core) or lookup_adjective(core)
    return None if entry is None else with_state_form(entry, {"peoples", "republic"})


_PEOPLES_REPUBLIC = frozenset({"pr", "pdr"})


# --- Islands, and regions

# Countries and territories that are an island or islands of that name, and share it with no other
# country (as Ireland, Saint Martin and Samoa do).
_ISLANDS = frozenset(
    """
    AG AI AW BB BH BL BM BS BV CC CK CU CV CW CX CY DM FJ FK FO GD GG GL GP GU HM IM IS JE JM KI KM
    KY LC LK MG MH MQ MS MT MU MV NC NF NR NU NZ PF PH PM PN PR PW RE SB SC SG SH TC TK TO TT TV
    TW VC VU WF YT
    """.split()  # noqa: SIM905
)
_ISLAND = frozenset(
    """
    island islands isl isls isds isld isle isles is ile iles isla islas ilha ilhas isola isole
    insel inseln
    """.split()  # noqa: SIM905
)


def island(printed: Printed) -> Answer | None:
    """An island country with a word for island: "Bermuda Is.", "Île Maurice"."""
    said = printed.said
    if len(said) < 2 or (said[0] not in _ISLAND and said[-1] not in _ISLAND):
        return None
    entry = lookup(" ".join(said[:-1] if said[-1] in _ISLAND else said[1:]))
    return None if entry is None else of_island(entry)


def of_island(entry: Entry) -> Answer | None:
    """The answer for a name with a word for island next to it."""
    if not names_one(entry) or entry.kind == "abbreviation" or entry.codes[0] not in _ISLANDS:
        return None
    return inferred(entry.codes[0], ": called an island")


_REGION = re.compile(r"^(\w+) (?:federal )?(?:states?|provinces?|regions?) of (?:the )?\w")


def glued_region(printed: Printed) -> Answer | None:
    """A region after its country's adjective: "Australian States of Queensland"."""
    said = _REGION.match(printed.key)
    entry = lookup_adjective(said.group(1)) if said else None
    if entry is None or len(entry.codes) > 1:
        return None
    return inferred(entry.codes[0], ": from its adjective before a region")
