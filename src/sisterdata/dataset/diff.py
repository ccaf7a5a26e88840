"""What changed from one list of pairs to another: the list of 2020 and that of 2022."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sisterdata import gazetteer, schemas
from sisterdata.dataset.package import DESCRIPTOR, read_table
from sisterdata.errors import DataError
from sisterdata.lists.documents import document_in, parse_table
from sisterdata.normalizer.document import normalize
from sisterdata.parser import parse
from sisterdata.tabular.formats import form_of, open_table
from sisterdata.tabular.table import Table
from sisterdata.text.repair import repair
from sisterdata.vocabulary import INSTRUMENTS, STAGES

# What can become of a pair, in the order in which it is told.
KINDS = {
    "appeared": "only the new list has the pair",
    "vanished": "only the old list has it",
    "advanced": "it has come further: another instrument, or another stage",
    "receded": "it is stated at an earlier stage, or less is stated",
    "succeeded": "a unit took the place of another (a province that was merged)",
    "redated": "its first year is another",
    "respelt": "it is printed otherwise",
}
COLUMNS = (
    "kind",
    "place",
    "partner",
    "country_code",
    "before",
    "after",
    "verbatim_place",
    "verbatim_partner",
    "relation_id",
)
_NEEDED = ("verbatim_place", "verbatim_partner", "place_id", "partner_id", "relation_id")


def diff(old: str | Path, new: str | Path) -> pd.DataFrame:
    """What became of each pair from `old` to `new`, one row a change.

    Each is a document in one of the parser's layouts, a dataset (a folder that
    ``sisterdata build`` wrote), or a document's rows as ``sisterdata normalize`` wrote them. A
    pair is the same if its ids are; where a name is not resolved in both, if it is printed the
    same. A pair that has come further is told by its instrument (LOI, MOU, agreement), then by its
    stage.

    The columns are ``kind, place, partner, country_code, before, after, verbatim_place,
    verbatim_partner, relation_id``; `kind` is one of KINDS, `place` and `partner` are the names
    of the places, and what is printed last stands in the ``verbatim_`` columns. Raises
    `DataError` or `ParseError` for what is none of these.
    """
    before, after = _same_keys(_pairs(_attestations(Path(old))), _pairs(_attestations(Path(new))))
    changes = pd.DataFrame(_changes(before, after), columns=list(COLUMNS))
    order = changes["kind"].map({kind: n for n, kind in enumerate(KINDS)})
    changes = changes.assign(order=order).sort_values(
        ["order", "place", "partner", "relation_id"], kind="stable", ignore_index=True
    )
    return changes.drop(columns="order").astype("string")


def markdown(changes: pd.DataFrame, old: str, new: str) -> str:
    """The changes for a pull request: how many of each kind, and a table of them."""
    lines = [f"### {_escaped(old)} → {_escaped(new)}", ""]
    if changes.empty:
        return "\n".join([*lines, "No pair has changed.", ""])
    counts = changes["kind"].value_counts()
    lines += [", ".join(f"**{counts[kind]} {kind}**" for kind in KINDS if kind in counts), ""]
    shown = ["kind", "place", "partner", "before", "after", "verbatim_partner"]
    lines += [f"| {' | '.join(shown)} |", "|---" * len(shown) + "|"]
    for row in changes[shown].fillna("").itertuples(index=False):
        lines.append(f"| {' | '.join(map(_escaped, row))} |")
    return "\n".join([*lines, ""])


def _escaped(text: str) -> str:
    """Text that Markdown takes for nothing else, and nobody is mentioned by."""
    flat = re.sub(r"\s+", " ", text)
    return re.sub(r"([\\`*_{}\[\]<>#|!~@])", r"\\\1", flat)


def _attestations(path: Path) -> pd.DataFrame:
    if path.is_dir():
        if not (path / DESCRIPTOR).is_file():
            raise DataError(
                f"no {DESCRIPTOR} in this folder", where=str(path), todo="name a dataset or a list"
            )
        return read_table(path, "attestations")
    if form_of(path) is None:
        return normalize(parse(path)).attestations
    with open_table(path) as table:
        if set(_NEEDED) <= set(table.columns):
            return _written(table)
        if document_in(table):
            return normalize(parse_table(table)).attestations
    raise DataError(
        "no list of pairs: neither a document nor its rows",
        where=str(path),
        todo="name a document, or what sisterdata normalize made of one",
    )


def _written(table: Table) -> pd.DataFrame:
    """Attestations that `normalize` wrote; an empty cell is null."""
    columns: dict[str, list[str | None]] = {name: [] for name in table.columns}
    for chunk in table.chunks:
        for at, name in enumerate(table.columns):
            columns[name] += [text or None for text in chunk.texts(at)]
    try:
        return schemas.typed(pd.DataFrame(columns, dtype="string"), "attestations")
    except (TypeError, ValueError) as error:
        raise DataError(
            f"not the columns of attestations: {error}",
            where=str(table.path),
            todo="write the file anew with sisterdata normalize",
        ) from error


def _pairs(attestations: pd.DataFrame) -> pd.DataFrame:
    """One row a pair: what is stated of it at its furthest, and how it is printed."""
    df = attestations.copy()
    home, partner = (_printed(df[f"verbatim_{side}"]) for side in ("place", "partner"))
    df["key"] = df["relation_id"].fillna(
        df["place_id"].fillna(home) + " ~ " + df["partner_id"].fillna(partner)
    )
    df["instrument_step"] = df["instrument"].map(
        {instrument: n for n, instrument in enumerate(INSTRUMENTS, start=1)}
    )
    df["instrument_step"] = df["instrument_step"].fillna(0)
    df["stage_step"] = df["stage"].map({stage: n for n, stage in enumerate(STAGES)})
    steps = df.sort_values(["instrument_step", "stage_step"], ascending=False, kind="stable")
    furthest = steps.drop_duplicates("key").set_index("key")
    by_pair = df.groupby("key", sort=False)
    return furthest.assign(
        first_year=by_pair["year"].min(),
        printed=by_pair["verbatim_partner"].agg(_distinct),
        printed_place=by_pair["verbatim_place"].agg(_distinct),
    )


def _same_keys(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A pair that only one of two lists resolves is known by how it is printed in both."""
    spelt = [
        dict(zip(pairs["printed_place"] + " ~ " + pairs["printed"], pairs.index, strict=True))
        for pairs in (before, after)
    ]
    unresolved = [set(pairs.index[pairs["relation_id"].isna()]) for pairs in (before, after)]
    renamed: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for text in spelt[0].keys() & spelt[1].keys():
        was, now = spelt[0][text], spelt[1][text]
        if was in after.index or now in before.index:
            continue
        if was in unresolved[0]:
            renamed[0][was] = now
        elif now in unresolved[1]:
            renamed[1][now] = was
    return before.rename(index=renamed[0]), after.rename(index=renamed[1])


def _printed(column: pd.Series) -> pd.Series:
    return (
        column.map(lambda text: repair(text).text, na_action="ignore").astype("string").fillna("")
    )


def _distinct(texts: pd.Series) -> str:
    return " / ".join(sorted(set(texts.dropna())))


def _changes(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[tuple[str | None, ...]]:
    gone = {key: _successor(key) for key in before.index.difference(after.index)}
    succeeded = {key: now for key, now in gone.items() if now in after.index}
    for key in after.index.difference(before.index):
        if key not in succeeded.values():
            yield _change("appeared", after.loc[key], None, _step(after.loc[key]))
    for key in gone:
        if key not in succeeded:
            yield _change("vanished", before.loc[key], _step(before.loc[key]), None)
    kept = [(key, key) for key in before.index.intersection(after.index)]
    for was, now in [*kept, *succeeded.items()]:
        yield from _compared(before.loc[was], after.loc[now])


def _compared(was: pd.Series, now: pd.Series) -> Iterator[tuple[str | None, ...]]:
    reached = [(pair["instrument_step"], pair["stage_step"]) for pair in (was, now)]
    if reached[0] != reached[1]:
        kind = "advanced" if reached[0] < reached[1] else "receded"
        yield _change(kind, now, _step(was), _step(now))
    if was.name != now.name:
        units = [f"{_name(pair, 'place')} ~ {_name(pair, 'partner')}" for pair in (was, now)]
        yield _change("succeeded", now, *units)
    years = [
        None if pd.isna(pair["first_year"]) else str(pair["first_year"]) for pair in (was, now)
    ]
    if years[0] != years[1]:
        yield _change("redated", now, *years)
    for column in ("printed_place", "printed"):
        if was[column] != now[column]:
            yield _change("respelt", now, was[column], now[column])


def _change(
    kind: str, pair: pd.Series, before: str | None, after: str | None
) -> tuple[str | None, ...]:
    return (
        kind,
        _name(pair, "place"),
        _name(pair, "partner"),
        *(None if pd.isna(value) else value for value in [pair["country_code"]]),
        before,
        after,
        pair["printed_place"],
        pair["printed"],
        None if pd.isna(pair["relation_id"]) else pair["relation_id"],
    )


def _step(pair: pd.Series) -> str:
    """How far a pair has come: "signed LOI"."""
    stage = str(pair["stage"]).replace("_", " ")
    return stage if pd.isna(pair["instrument"]) else f"{stage} {pair['instrument']}"


def _name(pair: pd.Series, side: str) -> str:
    place_id = pair[f"{side}_id"]
    place = None if pd.isna(place_id) else gazetteer.place(place_id)
    printed = pair[f"verbatim_{side}"]
    return place.name if place is not None else "" if pd.isna(printed) else str(printed)


def _successor(key: str) -> str:
    """The pair of today's units, where a unit of a pair is no more."""
    sides = [_today(side) for side in key.split("~")]
    return "~".join(sorted(sides)) if len(sides) == 2 else key


def _today(place_id: str) -> str:
    place = gazetteer.place(place_id)
    while place is not None and place.replaced_by is not None:
        place_id = place.replaced_by
        place = gazetteer.place(place_id)
    return place_id
