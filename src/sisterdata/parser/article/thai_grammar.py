"""Thai statements: their chunks, their forms, and what belongs to a name.

Thai has no spaces between words and no capitals. A place begins with the word for its kind
(จังหวัด, เมือง), or is a name that the gazetteer knows, and ends at a blank or at a word that no name
holds; the units and the country printed behind it belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sisterdata.countries.match import may_be_country
from sisterdata.gazetteer import keyed
from sisterdata.parser.article.news_words import chunk_pattern, forms, pattern, words
from sisterdata.parser.article.statements import Agreement, Chunk, Parties, read_statement
from sisterdata.text.thai_letters import THAI_LETTERS


def read_thai(statement: str) -> Agreement | None:
    """The tie that a Thai statement tells of, its dates replaced by `DATE`.

    >>> found = read_thai("จังหวัดตากลงนามบันทึกความเข้าใจกับเมืองเมียวดี รัฐกะเหรี่ยง ประเทศเมียนมา")
    >>> [(pair.first, pair.second) for pair in found.pairs], found.said
    ([('จังหวัดตาก', 'เมืองเมียวดี รัฐกะเหรี่ยง ประเทศเมียนมา')], 'ลงนามบันทึกความเข้าใจ')
    """
    return read_statement(list(_chunks(statement)), forms("thai"), statement, _read_parties)


def clauses(text: str) -> Iterator[tuple[int, str]]:
    """The statements of a Thai paragraph, each with where it begins: Thai prints no full stop.

    >>> [clause for _, clause in clauses("เขาพบกัน ต่อมาได้ลงนาม")]
    ['เขาพบกัน', 'ต่อมาได้ลงนาม']
    """
    start = 0
    for found in pattern("thai", "clause").finditer(text):
        clause = text[start : found.start()].strip()
        # "When" begins a new statement only where the one before it has its own date.
        if clause and (found["when"] is None or _YEAR.search(clause)):
            yield start, clause
            start = found.start() + 1
    if text[start:].strip():
        yield start, text[start:].strip()


def _read_parties(chunks: list[Chunk], listed: bool) -> Parties:
    del listed  # nothing but a list can be meant: what a place lies in is in its chunk
    places = [chunk for chunk in chunks if chunk.kind in "POK"]
    return [(chunk.text, chunk.sure, chunk.end) for chunk in places], None


def _chunks(statement: str) -> Iterator[Chunk]:
    """The chunks of a statement, without venues, witnesses and the officers of a place."""
    venue = False
    before: Chunk | None = None
    at = 0
    while (found := _next(statement, at, before)) is not None:
        chunk, at = _read(found, statement)
        beside = before is not None and statement[before.end : chunk.start].strip() == ""
        if before is not None and beside and before.kind + chunk.kind == "PP" and not venue:
            yield Chunk(",", " ", chunk.start, chunk.start)
        by = chunk.kind == "H" and statement.endswith(
            "โดย", 0, chunk.start
        )  # "led by the mayor of"
        venue = by or chunk.kind == "V" or (venue and chunk.kind in "Px,")
        before = chunk
        if chunk.kind not in "xVH" and not (venue and chunk.kind == "P"):
            yield chunk


def _next(statement: str, at: int, before: Chunk | None) -> re.Match[str] | None:
    """The next chunk; behind "between" or "with", a word without a kind may be a name."""
    found = chunk_pattern("thai").search(statement, at)
    if (before is None or before.kind in "BW&CDH") and (found is None or found.start() > at + 1):
        return pattern("thai", "bare").match(statement, at) or found
    return found


def _read(found: re.Match[str], statement: str) -> tuple[Chunk, int]:
    """A chunk and where to go on: a place is read to the end of what it lies in."""
    kind = found.lastgroup or "x"
    start, end = found.span()
    glued = kind in "PHO" and start > 0 and _LETTER.match(statement[start - 1]) is not None
    if glued and not _joins(statement, start):  # the end of another word: ศาลากลางจังหวัด
        return Chunk("x", found[0], start, end), start + 1 if kind == "H" else end
    if kind == "P" and _GENERIC.match(found["P"].removeprefix(found["kind"] or "")):
        return Chunk("x", found[0], start, end), end
    if kind == "P":
        rank = 3 if found["alone"] else words("thai")["kinds"][found["kind"]]
        name, end = _with_outer(statement, found["P"].strip(), end, rank)
        return Chunk("P", name, start, end, sure=True), end
    if kind == "N":
        return _bare_name(statement, found["N"], found.start("N"))
    letter = {"and": "&", "comma": ",", "office": "H"}.get(kind, kind)
    return Chunk(letter, found[0], start, end), end


def _joins(statement: str, start: int) -> bool:
    """Whether a word that may come before a place ends here: กับ, และ, an office."""
    return pattern("thai", "before").search(statement, max(0, start - 30), start) is not None


def _bare_name(statement: str, name: str, start: int) -> tuple[Chunk, int]:
    """A word without a kind: a place only if a country is behind it or the gazetteer knows it."""
    end = start + len(name)
    if may_be_country(name) and not keyed(name):
        return Chunk("K", name, start, end), end
    whole, whole_end = _with_outer(statement, name, end, 1)
    if pattern("thai", "kinds").search(name, 1):  # other words before a place: คณะจากเมือง
        return Chunk("x", name, start, end), start + 1
    if whole != name or (len(name) > 2 and keyed(name)):
        return Chunk("P", whole, start, whole_end, sure=True), whole_end
    return Chunk("x", name, start, end), start + 1


def _with_outer(statement: str, name: str, end: int, rank: int) -> tuple[str, int]:
    """A name with the larger units, the brackets and the country that are printed behind it."""
    parts = [name]
    while (found := pattern("thai", "outer").match(statement, end)) is not None:
        if found["unit"]:
            outer = words("thai")["kinds"][found["kind"]]
            if outer <= rank:
                break
            rank = outer
        elif found["word"] and not may_be_country(found["word"]):
            break
        parts.append(found["shown"])
        end = found.end()
        if found["word"] or found["country"]:
            break
    return " ".join(parts), end


# Not a name: จังหวัดของไทย ("provinces of Thailand"), จังหวัดต่าง ๆ ("several provinces").
_GENERIC = re.compile(r"\s*(?:ของ|หรือ|ต่าง|ใน|ที่|อื่น|ดังกล่าว|(?:นี้|นั้น)(?:\s|$))")
_YEAR = re.compile(r"[\d๐-๙]{4}|\.\s?[\d๐-๙]{2}\b")
_LETTER = re.compile(f"[{THAI_LETTERS}]")
