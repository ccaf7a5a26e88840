"""What changed between two versions of a list of pairs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pandas as pd

from sisterdata import gazetteer
from sisterdata.argument_types import as_path
from sisterdata.dataset.read_any_input import attestations_of
from sisterdata.text.repair import repair
from sisterdata.vocabulary import INSTRUMENTS, STAGES

# The kinds of change, in the order in which they are listed.
KINDS = {
    "appeared": "only the new list has the pair",
    "vanished": "only the old list has it",
    "advanced": "it has come further: a later instrument or stage",
    "receded": "its stage or instrument is earlier than before",
    "succeeded": "one of its units was replaced by another (a merged province)",
    "redated": "its first year has changed",
    "respelt": "its spelling has changed",
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


def diff(old: str | os.PathLike[str], new: str | os.PathLike[str]) -> pd.DataFrame:
    """The changes of each pair from `old` to `new`, one row for each change.

    old, new
        Each a document, a dataset (a folder that ``sisterdata build`` wrote), or the rows of a
        document as ``sisterdata normalize`` wrote them.

    Two pairs are the same if their ids are, or, if a name has no match, if they are printed the
    same. How far a pair has come depends on its instrument (LOI, MOU, agreement), then its stage.

    The columns are ``kind, place, partner, country_code, before, after, verbatim_place,
    verbatim_partner, relation_id``: `kind` is one of KINDS, `place` and `partner` are names of
    places, and the ``verbatim_`` columns have the newest spelling. Raises `DataError` or
    `ParseError` for a path that is none of these.
    """
    before, after = _same_keys(
        _pairs(attestations_of(as_path(old, "old"))), _pairs(attestations_of(as_path(new, "new")))
    )
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
    """Text without Markdown of its own, and that mentions nobody."""
    flat = re.sub(r"\s+", " ", text)
    return re.sub(r"([\\`*_{}\[\]<>#|!~@])", r"\\\1", flat)


def _pairs(attestations: pd.DataFrame) -> pd.DataFrame:
    """One row for each pair: its furthest stage, and its spellings."""
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
    """Give pairs that only one list matches the same key, if both print them the same."""
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
    """The same pair with former units replaced by those of today."""
    sides = [_today(side) for side in key.split("~")]
    return "~".join(sorted(sides)) if len(sides) == 2 else key


def _today(place_id: str) -> str:
    place = gazetteer.place(place_id)
    while place is not None and place.replaced_by is not None:
        place_id = place.replaced_by
        place = gazetteer.place(place_id)
    return place_id
