"""Why an answer was given or not, in short sentences, and the doubts that it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sisterdata.gazetteer.index import Entry
from sisterdata.human_decisions import curated_names
from sisterdata.match_result import Doubt
from sisterdata.places.parsed_query import THAI_LETTER, Question
from sisterdata.places.prior_probability import NOT_A_CITY, fits
from sisterdata.places.score_candidates import LIKELY, Scored
from sisterdata.places.thai_spelling_distance import is_variant
from sisterdata.text.fold_names import fold

_MENTIONED = 0.02  # least score of a candidate that a rule names as the next
_NAMED = 4  # candidates that the rule of an ambiguous name lists
# Nats per unit of sound up to which a spelling is a variant and no misspelling. Of the Thai names
# of GeoNames in folds 1 and 2, two thirds are as near to their place; of those with an edit, 19 %.
VARIANT = 0.75
_LARGER = 3  # times as many people as the next of the same name: said in the rule


def why_accepted(question: Question, best: Scored, scored: Sequence[Scored]) -> str:
    """What speaks for the answer: its spelling, its region, its population, the next one."""
    fit, entry = best.fit, best.entry
    other = f" ({entry.name_local})" if entry.name_local else ""
    rule = {
        "curated": fit.name,
        "written": f"{fit.spelling} is a name of {entry.name} in the gazetteer",
        "official": f"{fit.spelling} is the official Thai spelling of {entry.name}{other}",
        "cut_short": f"{fit.spelling} is short for {entry.name}",
        "sound": f"{fit.spelling} sounds like {entry.name}{other}",
        "letters": f"{fit.spelling} is spelled much like {fit.name}",
    }[fit.how]
    if question.within and best.agrees:
        rule += f"; region {question.within[-1].bare} agrees"
    others = [s for s in scored if s is not best and s.score >= _MENTIONED]
    if others:
        rule += f"; next {others[0].entry.name} ({others[0].entry.id}, {others[0].score:.2f})"
        if best.entry.population > _LARGER * others[0].entry.population > 0:
            rule += ", which is smaller"
    return rule


def why_ambiguous(rivals: Sequence[Scored]) -> str:
    listed = [f"{s.entry.name} ({s.entry.id}, {s.score:.2f})" for s in rivals[: _NAMED + 1]]
    return f"may be any of {', '.join(listed)}"


def why_unmatched(question: Question, best: Scored | None, needed: float) -> str:
    """How likely the first candidate is, and what is missing."""
    where = "any country" if question.anywhere else ", ".join(question.countries)
    bare = question.place.bare
    if question.is_country:
        return f"{bare} is a country, and no place in it has this name"
    if question.anywhere and question.within and (best is None or not best.agrees):
        return f"{question.within[-1].bare} is not a known region or country"
    if best is None:
        return f"no name in {where} is like {bare}"
    entry, likely = best.entry, "likely" if best.score >= LIKELY else "not likely"
    message = f"{entry.name} ({entry.id}) is {likely} ({best.score:.2f})"
    if needed > 1:
        return f"{message}: its name is not near enough"
    if best.score >= needed and best.region is not None:
        return f"{message}, but it does not lie in {best.region}"
    if best.score >= needed:
        return f"{message}, but {question.place.type_word or question.place.bare} does not fit it"
    return f"{message}, below the {needed:.2f} needed: confirm it in the review"


def why_former(best: Scored, after: Entry | None) -> str:
    entry = best.entry
    when = f"until {entry.valid_to}" if entry.valid_to else f"from {entry.valid_from}"
    message = f"{entry.name} ({entry.id}) is a unit {when} only"
    return message if after is None else f"{message}; {after.name} ({after.id}) took over"


def is_namesake(other: Scored, best: Scored) -> bool:
    """Whether two candidates are a unit and its city, or units, of one name."""
    if other.entry.country is not best.entry.country:
        return False
    kinds = {(s.entry.level, s.entry.is_city) for s in (other, best)}
    if len(kinds) == 1 and best.entry.level != "admin1":
        return False
    written = not other.fit.is_likeness and not best.fit.is_likeness
    return written or fold(other.entry.name) == fold(best.entry.name)


def doubts_of(question: Question, best: Scored, scored: Sequence[Scored]) -> Iterator[Doubt]:
    """What an accepted answer leaves open."""
    entry, wanted, word = best.entry, question.place.levels, question.place.type_word
    if best.region is not None:
        message = f"{entry.name} lies in {entry.admin1}, not in {best.region}"
        yield Doubt("admin1_conflict", message)
    if wanted and word and not question.only and _is_mismatch(entry, wanted, word):
        yield Doubt("level_mismatch", f"{word} says {wanted[0]}, {entry.name} is {entry.level}")
    elif not wanted:
        for other in scored[1:]:
            if is_namesake(other, best):
                message = (
                    f"{entry.name} is {entry.level} ({entry.id}) and {other.entry.level} "
                    f"({other.entry.id})"
                )
                yield Doubt("level_ambiguous", message)
                break
    if len(question.countries) > 1 and not question.anywhere:
        printed = question.country_text or "the name of several countries"
        message = f"{printed} is printed for {entry.country.code}"
        yield Doubt("country_misnamed", message)
    in_use = "" if entry.name_th_origin == "official" else entry.name_th
    known = in_use if THAI_LETTER.search(best.fit.spelling) else entry.name
    spelling = best.fit.spelling
    # A type word may be left out.
    if known and _is_misspelt(best) and fold(spelling) not in fold(known):
        yield Doubt("misspelling", f"{spelling} is read as {known}")


def _is_misspelt(best: Scored) -> bool:
    """Whether the spelling is neither one of the place's names nor a variant of one."""
    fit, code = best.fit, best.entry.country.code
    if fit.how == "sound":
        return fit.far > VARIANT and not is_variant(fit.spelling, code, best.entry.number)
    if fit.how == "curated":
        line = curated_names().get((code, fold(fit.spelling)))
        return line is not None and line.kind == "misspelling"
    return fit.how == "letters"


def _is_mismatch(entry: Entry, wanted: tuple[str, ...], word: str) -> bool:
    """Whether the type word is not one for the level of the entry."""
    if not fits(entry, wanted):
        return True
    unit = entry.level == "admin1"
    strict = wanted == ("city",) or word in NOT_A_CITY
    return unit and strict and entry.is_city == (word in NOT_A_CITY)
