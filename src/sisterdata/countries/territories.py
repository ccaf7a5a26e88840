"""Territories and the states they belong to, colonial names, and several countries in one text."""

from __future__ import annotations

import re

from sisterdata.countries.exact_lookup import Answer, Printed, names_one
from sisterdata.countries.index import (
    english_name,
    lookup,
    lookup_adjective,
    lookup_at_home,
    lookup_bag,
)
from sisterdata.countries.name_words import bag_of

# Territory to the state it belongs to, because lists print both: "Bermuda (UK)".
SOVEREIGN = {
    territory: sovereign
    for sovereign, territories in {
        "AU": "CC CX HM NF",
        "CN": "HK MO TW",
        "DK": "FO GL",
        "FI": "AX",
        "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
        "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
        "MA": "EH",
        "NL": "AW BQ CW SX",
        "NO": "BV SJ",
        "NZ": "CK NU TK",
        "RS": "XK",
        "US": "AS GU MP PR UM VI",
    }.items()
    for territory in territories.split()
}

# States to which they once belonged, printed beside them in older lists: "Hong Kong (UK)".
_FORMER_SOVEREIGN = {
    "HK": "GB",
    "MO": "PT",
    "SR": "NL",
    **dict.fromkeys("AG BB BS BZ DM FJ GD KI KN LC SB SC TV VC".split(), "GB"),  # noqa: SIM905
}

# How lists shorten the state to which a territory belongs.
_SHORT = {
    **dict.fromkeys(("fr", "fra", "french", "overseas france", "france overseas"), "FR"),
    **dict.fromkeys(("den", "dk", "danish"), "DK"),
    **dict.fromkeys(("neth", "nl", "ned", "dutch"), "NL"),
    **dict.fromkeys(("uk", "gb", "brit", "british", "br"), "GB"),
    **dict.fromkeys(("us", "usa", "am", "amer", "american"), "US"),
    **dict.fromkeys(("aus", "aust", "austl", "australian"), "AU"),
    **dict.fromkeys(("nz", "new zealand"), "NZ"),
    **dict.fromkeys(("nor", "norw", "norwegian"), "NO"),
    **dict.fromkeys(("fin", "finnish"), "FI"),
}
_WEST_INDIES = frozenset("AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS".split())  # noqa: SIM905
_WEST_INDIES |= frozenset("PR SX TC TT VC VG VI".split())  # noqa: SIM905
# Seas and groups of islands next to the countries that lie in them.
_REGIONS = {
    **dict.fromkeys(("wi", "w i", "west indies", "caribbean", "b w i", "bwi"), _WEST_INDIES),
    **dict.fromkeys(("ci", "c i", "channel islands", "channel isles"), frozenset({"GG", "JE"})),
    "indian ocean": frozenset({"CC", "CX", "IO", "KM", "MU", "MV", "RE", "SC", "TF", "YT"}),
    **dict.fromkeys(("pacific", "pacific ocean", "oceania"), frozenset({"CK", "MP", "NF", "PF"})),
}
_STATUS = re.compile(
    r"^(?P<whose>british|french|dutch|us|u s|american|australian|danish|new zealand)? ?"
    r"(?:(?:overseas|crown|external|unincorporated|organized|dependent|special) )*"
    r"(?:territor(?:y|ies)|terr|colony|dependency|dependencies|department|collectivity|"
    r"commonwealth)(?: of)?(?: the)?$"
)


def sovereign_beside(said: Printed, codes: tuple[str, ...]) -> str | None:
    """The state that a part beside a territory names in short: "(Fr.)", "(Overseas France)"."""
    state = _SHORT.get(said.key)
    return state if state in {SOVEREIGN.get(code, "") for code in codes} else None


def leaves_whole(said: Printed, code: str) -> bool:
    """Whether a part only gives the country's region, the state it belongs to, or its adjective.

    "Jamaica (W.I.)", "Guam (US territory)", "Madagascar (Malagasy)".
    """
    if code in _FORMER_SOVEREIGN and _state(said.said) == _FORMER_SOVEREIGN[code]:
        return True
    region = _REGIONS.get(said.key)
    if region is not None and code in region:
        return True
    status = _STATUS.match(said.key)
    if status is not None and code in SOVEREIGN:
        whose = status["whose"]
        states = (SOVEREIGN[code], _FORMER_SOVEREIGN.get(code))
        return whose is None or _SHORT.get(whose.replace(" ", "")) in states
    adjective = lookup_adjective(said.key)
    return adjective is not None and adjective.codes == (code,)


def next_to_its_state(printed: Printed) -> Answer | None:
    """A territory and its state with nothing between: "China Hong Kong", "French Guadeloupe"."""
    said = printed.said
    if not 2 <= len(said) <= _MOST_WORDS:
        return None
    for at in range(1, len(said)):
        for state, territory in ((said[:at], said[at:]), (said[at:], said[:at])):
            of_state = _state(state)
            if of_state not in _SOVEREIGNS:
                continue
            entry = lookup_at_home(" ".join(territory)) or lookup_bag(bag_of(territory))
            if entry is None or not names_one(entry) or entry.kind == "abbreviation":
                continue
            code = entry.codes[0]
            if SOVEREIGN.get(code) == of_state:
                rule = f"{english_name(code)}: a territory, with the state it belongs to"
                return Answer(code, "alias", 1.0, rule, basis="territory")
    return None


_MOST_WORDS = 8
_SOVEREIGNS = frozenset(SOVEREIGN.values())


def _state(said: tuple[str, ...]) -> str | None:
    name = " ".join(said)
    entry = lookup_at_home(name)
    if entry is not None and names_one(entry):
        return entry.codes[0]
    return _SHORT.get(name)


def colonial(printed: Printed) -> Answer | None:
    """A country under an empire, "French Algeria": it may be more or less than the country."""
    said = printed.said
    if len(said) < 2 or said[0] not in _EMPIRES:
        return None
    entry = lookup_at_home(" ".join(said[1:]))
    if entry is None or not entry.codes:
        return None
    rule = "a name from colonial times, which may cover other land than the country does"
    return Answer(None, "unmatched", None, rule, entry.codes, basis="former")


_EMPIRES = frozenset(
    """
    french british portuguese spanish belgian german italian dutch soviet danish japanese russian
    ottoman netherlands
    """.split()  # noqa: SIM905
)


def several(printed: Printed) -> Answer | None:
    """Two or more countries in one text: "Belgium and Luxembourg", "USA/Canada"."""
    texts = _BETWEEN.split(printed.accented if printed.thai else _MARK.sub(" and ", printed.text))
    names = [" ".join(text.casefold().split()) for text in texts]
    if len(names) < 2:
        return None
    codes: list[str] = []
    for name in names:
        entry = lookup(name.strip(" ."))
        if entry is None or not entry.codes or entry.kind not in _NAMING:
            return None
        codes += entry.codes
    named = tuple(dict.fromkeys(codes))
    if len(named) < 2:
        return None
    return Answer(None, "ambiguous", None, "several countries are named", named, basis="parts")


_BETWEEN = re.compile(r"\s+(?:and|und|et|y|e|og|och)\s+|\s*และ\s*", re.IGNORECASE)
_MARK = re.compile(r"\s*[&+/,;]\s*(?:and\s+)?|\s+[-–]\s+")
_NAMING = frozenset({"name", "official", "alias", "old", "code", "dissolved"})
