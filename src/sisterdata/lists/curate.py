"""Move decisions from a review file to the curated names, after checking all of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sisterdata import gazetteer, human_decisions
from sisterdata.argument_types import as_path
from sisterdata.atomic_write import whole_file
from sisterdata.errors import CuratedError
from sisterdata.human_decisions import (
    NAME_COLUMNS,
    Decision,
    curated_name,
    name_key,
    name_row,
    read_names,
)
from sisterdata.lists.review_file import (
    COLUMNS,
    bare_name,
    is_decided,
    place_ids,
    read_rows,
    refuse,
    write_review_rows,
)
from sisterdata.places.match import match_place


@dataclass(frozen=True, slots=True)
class Curated:
    """What was moved to the curated names, and what was left in the review file and why."""

    moved: tuple[Decision, ...]
    left: tuple[str, ...]


def curate(review: str | Path, into: str | Path | None = None) -> Curated:
    """Move the decisions for one place each from `review` to the curated names.

    review
        A review file with decisions. Each needs a `kind`, a `reason` and an `evidence` (a source
        and line, ``bangkok-iad#L50``, or the address of a page). Its `name` is the name alone.
    into
        The file of curated names; that of the package if omitted.

    Some decisions are left in the review file: those that keep a name open or say that it is not a
    place, which belong in ``curated/corrections.csv``, and those whose `name` is found without
    being curated, because what they need is not in the name.
    Raises `CuratedError` that lists all problems; nothing is moved then.
    """
    review = as_path(review, "review")
    target = human_decisions.NAMES_FILE if into is None else as_path(into, "into")
    there = read_names(target)
    new: dict[tuple[str, str], Decision] = {}
    problems: list[str] = []
    left: list[str] = []
    kept: list[dict[str, str]] = []
    for where, row in read_rows(review):
        if not is_decided(row):
            kept.append(row)
            continue
        try:
            name = _to_curate(row, where)
            known = name and (there.get(name_key(name)) or new.get(name_key(name)))
            if name and known:
                _refuse_another(name, known)
        except CuratedError as error:
            problems.append(str(error))
            continue
        if name is None:
            kept.append(row)
            left.append(f"{where}: {row['verbatim']!r} has no decision for exactly one place")
        elif known is None and (rule := _found_without(name)) is not None:
            kept.append(row)
            printed = name.name.verbatim
            left.append(f"{where}: the rules find {name.place_ids[0]} by {printed!r} alone: {rule}")
        elif known is None:
            new[name_key(name)] = name
    refuse(problems)
    # The target is written first: after an interruption a decision may be in both files, never in
    # neither.
    if new:
        _write(target, [*there.values(), *new.values()])
        human_decisions.curated_names.cache_clear()
    columns = tuple(dict.fromkeys([*COLUMNS, *(name for row in kept for name in row)]))
    write_review_rows(review, columns, [tuple(row.get(c, "") for c in columns) for row in kept])
    return Curated(tuple(new.values()), tuple(left))


def _to_curate(row: Mapping[str, str], where: str) -> Decision | None:
    """The curated name that a decision becomes; None if it is not for one place."""
    ids = place_ids(row, where)
    place = gazetteer.place(ids[0]) if len(ids) == 1 else None
    if place is None:
        return None
    cells = {name: row[name].strip() for name in ("kind", "reason", "evidence")}
    for name, cell in cells.items():
        if not cell:
            raise CuratedError(f"{name} is empty", where=where, todo="fill it in")
    cells["name"] = row["name"].strip() or bare_name(row["verbatim"])
    return curated_name({**cells, "country_code": place.country_code, "place_id": place.id}, where)


def _refuse_another(name: Decision, known: Decision) -> None:
    """Refuse a second meaning of a name in the same country."""
    if known.place_ids != name.place_ids:
        asked = name.name
        raise CuratedError(
            f"{asked.verbatim!r} is curated as {known.place_ids[0]} in {asked.country_code}",
            where=name.where,
            todo="correct one of them",
        )


def _found_without(name: Decision) -> str | None:
    """How the rules find the place without the name being curated; None if they do not."""
    found = match_place(name.name.verbatim, country=name.name.country_code)
    alone = found.id == name.place_ids[0] and found.status in ("exact", "alias")
    return found.rule if alone else None


def _write(path: Path, names: list[Decision]) -> None:
    with whole_file(path) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(NAME_COLUMNS)
        writer.writerows(sorted(map(name_row, names)))
        text.detach()
