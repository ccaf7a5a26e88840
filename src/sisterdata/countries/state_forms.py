"""Words around the name of a country: its form of state, "formerly", "islands", a region."""

from __future__ import annotations

import re

from sisterdata.countries.answers import Decision, answer, former_state, inferred, names_one
from sisterdata.countries.index import Entry, lookup, lookup_adjective, lookup_bag
from sisterdata.countries.lookup import Printed
from sisterdata.countries.words import (
    STATE,
    STATE_WORDS,
    bag_of,
    behind_state_form,
    without_state_form,
)

_FORMER = frozenset({"former", "formerly", "ex", "previously", "now", "aka", "also", "or"})
_DISSOLVING = frozenset({"former", "ex"})
_AROUND = _FORMER | {"known", "called", "as", "part", "country"}


def former(printed: Printed) -> Decision | None:
    """A name with "formerly" or "former"; but a former Sudan is not Sudan."""
    said = printed.said
    if _FORMER.isdisjoint(said):
        return None
    if len(said) == 3 and said[1] in _FORMER:  # "Myanmar ex-Burma"
        now, before = lookup(said[0]), lookup(said[2])
        if now and before and now.codes == before.codes:
            return answer(now)
    name = tuple(word for word in said if word not in _AROUND)
    entry = lookup(" ".join(name)) or lookup_bag(bag_of(name))
    if entry is None:
        return None
    if entry.kind in {"name", "official", "alias"} and not _DISSOLVING.isdisjoint(said):
        return former_state(" of this name", entry.codes)
    return answer(entry)


# --- The form of the state


def state_form(printed: Printed) -> Decision | None:
    """A form of state that the formal name does not have so: "Kingdom of France"."""
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


# With an adjective these are no state: "British Empire", "Thai Union".
_LOOSE_FORMS = {"union", "empire", "federation", "confederation", "commonwealth", "duchy"}

# Formal names "State of …".
_STATES_OF = frozenset({"BN", "BO", "ER", "FM", "IL", "KW", "LY", "PG", "PS", "QA", "WS"})


def _accented_core(printed: Printed, core: str) -> Entry | None:
    """The entry of a short name that only its accents tell: "República Islâmica do Irã"."""
    if printed.accented == printed.key or " " in core:
        return None
    plain, accented = printed.key.split(), printed.accented.split()
    if len(plain) != len(accented) or plain.count(core) != 1:
        return None
    return lookup(accented[plain.index(core)])


def with_state_form(entry: Entry, form: set[str]) -> Decision | None:
    """The answer for a name that has this form of state beside it."""
    if entry.kind == "abbreviation":
        return None
    if not names_one(entry) and entry.kind not in {"adjective", "ambiguous"}:
        return answer(entry)
    codes = _SHARED.get(entry.codes[0], entry.codes) if len(entry.codes) == 1 else entry.codes
    for said, code in _BY_FORM.get(frozenset(codes), ()):
        if said <= form:
            codes = (code,)
            break
    if len(codes) > 1:
        return Decision(None, "ambiguous", None, "the form of the state does not decide", codes)
    return inferred(codes[0], ", with another form of state than its formal name has")


# States that share a name. Which is meant shows in the form of the state where it is said to be
# one of the people or a democracy, or plainly a republic; "Republic of China" stays open.
_SHARED = {"CG": ("CD", "CG"), "CN": ("CN", "TW"), "DM": ("DM", "DO")}
_BY_FORM: dict[frozenset[str], tuple[tuple[set[str], str], ...]] = {
    frozenset({"CD", "CG"}): (({"democratic"}, "CD"), ({"republic"}, "CG")),
    frozenset({"KP", "KR"}): (({"democratic"}, "KP"), ({"peoples"}, "KP"), ({"republic"}, "KR")),
    frozenset({"CN", "TW"}): (({"peoples"}, "CN"), ({"democratic"}, "CN")),
    frozenset({"DM", "DO"}): (({"commonwealth"}, "DM"),),
}


def peoples_republic(printed: Printed) -> Decision | None:
    """Initials of the form of state behind a name: "Mongolian P.R.", "Bulgaria PR"."""
    if printed.said[-1] not in _PEOPLES_REPUBLIC or len(printed.said) < 2:
        return None
    core = " ".join(printed.said[:-1])
    entry = lookup(core) or lookup_adjective(core)
    return None if entry is None else with_state_form(entry, {"peoples", "republic"})


_PEOPLES_REPUBLIC = frozenset({"pr", "pdr"})


# --- Islands, and regions

# Countries and territories that are an island or a group of islands of their name alone. Ireland,
# Saint Martin and Samoa share theirs.
_ISLANDS = frozenset(
    """
    AG AI AW BB BH BL BM BS BV CC CK CU CV CW CX CY DM FJ FK FO GD GG GL GP GU HM IM IS JE JM KI KM
    KY LC LK MG MH MQ MS MT MU MV NC NF NR NU NZ PF PH PM PN PR PW RE SB SC SG SH TC TK TO TT TV
    TW VC VU WF YT
    """.split()  # noqa: SIM905
)
_ISLAND = frozenset({"island", "islands", "isl", "isls", "is", "ile", "iles", "isla", "islas"})


def island(printed: Printed) -> Decision | None:
    """A country that is an island, called so: "Bermuda Is.", "Île Maurice"."""
    said = printed.said
    if len(said) < 2 or (said[0] not in _ISLAND and said[-1] not in _ISLAND):
        return None
    entry = lookup(" ".join(said[:-1] if said[-1] in _ISLAND else said[1:]))
    return None if entry is None else of_island(entry)


def of_island(entry: Entry) -> Decision | None:
    """The answer for a name that is said to be an island's."""
    if not names_one(entry) or entry.kind == "abbreviation" or entry.codes[0] not in _ISLANDS:
        return None
    return inferred(entry.codes[0], ": said to be an island")


_REGION = re.compile(r"^(\w+) (?:federal )?(?:states?|provinces?|regions?) of (?:the )?\w")


def glued_region(printed: Printed) -> Decision | None:
    """A region named with its country's adjective: "Australian States of Queensland"."""
    said = _REGION.match(printed.key)
    entry = lookup_adjective(said.group(1)) if said else None
    if entry is None or len(entry.codes) > 1:
        return None
    return inferred(entry.codes[0], ": its adjective, before the name of a region")
