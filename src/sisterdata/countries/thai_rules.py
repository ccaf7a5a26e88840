"""How a printed Thai name is read: spellings, forms of state, islands, one wrong letter."""

from __future__ import annotations

import re

from sisterdata.countries.answers import Decision, answer, likeliest
from sisterdata.countries.index import Entry, lookup, lookup_known
from sisterdata.countries.lookup import Printed, named, read_printed
from sisterdata.countries.state_forms import of_island, with_state_form
from sisterdata.countries.thai import near_in_sound, same_sound, without_thai_state_form


def thai_spelling(printed: Printed) -> Decision | None:
    """Another spelling of the same sounds: อิตาลี่ for อิตาลี."""
    near = same_sound(printed.key)
    return None if near is None else answer(lookup_known(near), "in another Thai spelling")


def thai_state_form(printed: Printed) -> Decision | None:
    """The form of the state before a name: สาธารณรัฐ, ราชอาณาจักร, สหพันธรัฐ …"""
    core, form = without_thai_state_form(printed.key)
    entry = _spelt(core) if form and core else None
    return None if entry is None else with_state_form(entry, _form(form))


def _spelt(key: str) -> Entry | None:
    return lookup(key) or lookup(same_sound(key) or "")


def _form(words: str) -> set[str]:
    """Of Thai words for the form of a state, what tells states of one name apart."""
    return {"democratic"} if "ประชา" in words else {"republic"}


def thai_inverted(printed: Printed) -> Decision | None:
    """The form of the state behind the name: "อิหร่าน (สาธารณรัฐอิสลาม)"."""
    parts = [part for part in _BRACKET.split(printed.text) if part.strip()]
    if len(parts) != 2:
        return None
    formal = read_printed(parts[1] + parts[0])
    return named(formal) or thai_spelling(formal)


_BRACKET = re.compile(r"[()\[\]/,]")


def thai_island(printed: Printed) -> Decision | None:
    """A country that is an island, called so: เกาะไต้หวัน, หมู่เกาะเซเชลส์."""
    name = _ISLAND.sub("", printed.key)
    entry = None if name == printed.key else _spelt(name)
    return None if entry is None else of_island(entry)


_ISLAND = re.compile("^(?:หมู่)?เกาะ(?=.)")


def thai_letter(printed: Printed) -> Decision | None:
    """One letter wrong, as optical reading leaves it; two in a long name."""
    if _is_nationality(printed.key):
        return None
    core, form = without_thai_state_form(printed.key)
    near, edits = near_in_sound(core)
    if not near and form:
        form = ""
        near, edits = near_in_sound(printed.key)
    found = []
    for key in near:
        entry = lookup_known(key)
        decision = with_state_form(entry, _form(form)) if form else answer(entry)
        if decision is not None:
            found.append((key, decision))
    return likeliest(found, edits, len(printed.key))


def _is_nationality(key: str) -> bool:
    """Is it a nationality in Thai letters: โคลอมเบียน (Colombian), เนปาลี (Nepali)?"""
    return any(lookup(key.removesuffix(ending)) for ending in _NATIONAL if key.endswith(ending))


_NATIONAL = ("น", "ี", "นี", "อัน", "เนียน", "เนี่ยน", "ียน", "ิช", "ส์")
