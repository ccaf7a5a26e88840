"""Decisions of a review file moved to the curated names, once they are checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from sisterdata import gazetteer
from sisterdata.atomic import whole_file
from sisterdata.errors import CuratedError
from sisterdata.gazetteer import curated_names
from sisterdata.gazetteer.curated_names import FIELDS, KINDS, CuratedName, key_of, read_names
from sisterdata.lists.review import (
    COLUMNS,
    bare_name,
    place_ids,
    read_rows,
    refuse,
    write_review_rows,
)
from sisterdata.places.match import match_place


@dataclass(frozen=True, slots=True)
class Curated:
    """What was moved to the curated names, and what was left in the review file, and why."""

    moved: tuple[CuratedName, ...]
    left: tuple[str, ...]


def curate(review: Path, into: Path | None = None) -> Curated:
    """Move the decisions for one place each from `review` to the curated names.

    `into` is the file of curated names: the library's own where none is named. A decision needs a
    `kind`, a `reason` and an `evidence` (a source and line, ``bangkok-iad#L50``, or a page's
    address); its `name` is that of the place alone. Decisions that keep a name open, or say that it
    is no place, are left: they belong to the line of a source (``curated/corrections.csv``). So are
    those whose `name` alone the rules find: what they need more is not in the name.
    Raises `CuratedError` that lists all that is amiss: then nothing is moved.
    """
    target = into or curated_names.PATH
    there = read_names(target)
    new: dict[tuple[str, str], CuratedName] = {}
    amiss, left, kept = [], [], []
    for where, row in read_rows(review):
        if not row["decision"].strip():
            kept.append(row)
            continue
        try:
            name = _curated_name(row, where)
            known = name and (there.get(key_of(name)) or new.get(key_of(name)))
            if name and known:
                _refuse_another(name, known, where)
        except CuratedError as error:
            amiss.append(str(error))
            continue
        if name is None:
            kept.append(row)
            left.append(f"{where}: {row['verbatim']!r} is not decided for one place")
        elif known is None and (rule := _found_alone(name)) is not None:
            kept.append(row)
            left.append(f"{where}: the rules find {name.place_id} by {name.name!r} alone: {rule}")
        elif known is None:
            new[key_of(name)] = name
    refuse(amiss)
    # First where they go, then where they come from: a decision may be in both, never in neither.
    if new:
        _write(target, [*there.values(), *new.values()])
        curated_names.curated.cache_clear()
    columns = tuple(dict.fromkeys([*COLUMNS, *(name for row in kept for name in row)]))
    write_review_rows(review, columns, [tuple(row.get(c, "") for c in columns) for row in kept])
    return Curated(tuple(new.values()), tuple(left))


def _curated_name(row: Mapping[str, str], where: str) -> CuratedName | None:
    """The line that a decision becomes; None where it is not for one place."""
    ids = place_ids(row, where)
    place = gazetteer.place(ids[0]) if len(ids) == 1 else None
    if place is None:
        return None
    cells = {name: row[name].strip() for name in ("kind", "reason", "evidence")}
    for name, cell in cells.items():
        if not cell or (name == "kind" and cell not in KINDS):
            raise CuratedError(
                f"{name} is {cell!r}" if cell else f"{name} is empty",
                where=where,
                todo=f"give one of {', '.join(KINDS)}" if name == "kind" else "fill it in",
            )
    name = row["name"].strip() or bare_name(row["verbatim"])
    return CuratedName(name, place.country_code, place.id, **cells)


def _refuse_another(name: CuratedName, known: CuratedName, where: str) -> None:
    """A name means one place in its country."""
    if known.place_id != name.place_id:
        raise CuratedError(
            f"{name.name!r} is curated as {known.place_id} in {name.country_code}",
            where=where,
            todo="correct one of them",
        )


def _found_alone(name: CuratedName) -> str | None:
    """How the rules find the place without the name being curated; None where they do not."""
    found = match_place(name.name, country=name.country_code)
    alone = found.id == name.place_id and found.status in ("exact", "alias")
    return found.rule if alone else None


def _write(path: Path, names: list[CuratedName]) -> None:
    with whole_file(path) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(sorted(map(astuple, names)))
        text.detach()
