"""The `issues` table, ids made from line numbers, and issues about several rows."""

from __future__ import annotations

import pandas as pd

from sisterdata import schemas
from sisterdata.vocabulary import CODES


def with_ids(df: pd.DataFrame, source_id: str, key: str) -> pd.DataFrame:
    """`df` with `source_id`, and an id made from the line in `key`: ``source_id#L<line>``."""
    ids = _numbered(f"{source_id}#L" + df["line"].astype("string"))
    return df.assign(source_id=source_id).assign(**{key: ids})


def issue_table(source_id: str, found: list[pd.DataFrame]) -> pd.DataFrame:
    """The `issues` table, in the order of the document."""
    frames = [frame for frame in found if len(frame)]
    if not frames:
        return schemas.empty("issues")
    order = ["line", "field", "code", "message"]
    issues = pd.concat(frames, ignore_index=True).drop_duplicates(order)
    issues = issues.sort_values(order, kind="stable", ignore_index=True)
    line, field, code = (issues[column].astype("string") for column in order[:3])
    return schemas.typed(
        issues.assign(
            issue_id=_numbered(f"{source_id}#L" + line + ":" + field + ":" + code),
            source_id=source_id,
            severity=code.map({code: kind.severity for code, kind in CODES.items()}),
        ),
        "issues",
    )


def repeated_pairs(attestations: pd.DataFrame) -> pd.DataFrame:
    """An issue for each row whose pair is already on an earlier line of the same section."""
    known = attestations[attestations["relation_id"].notna()]
    by_pair = known.groupby(["section", "relation_id"], dropna=False, sort=False)
    again = known[by_pair.cumcount() > 0]
    first = by_pair["line"].transform("first").loc[again.index]
    return pd.DataFrame(
        {
            "line": again["line"],
            "field": "verbatim_partner",
            "code": "duplicate_pair",
            "verbatim": again["verbatim_partner"],
            "message": "the pair is already on line " + first.astype("string"),
        }
    )


def same_places(attestations: pd.DataFrame) -> pd.DataFrame:
    """An issue for each row that pairs a place with itself."""
    same = attestations[attestations["place_id"] == attestations["partner_id"]]
    return pd.DataFrame(
        {
            "line": same["line"],
            "field": "verbatim_partner",
            "code": "same_place",
            "verbatim": same["verbatim_partner"],
            "message": "both sides are " + same["place_id"],
        }
    )


def _numbered(ids: pd.Series) -> pd.Series:
    """`ids` with ``.2``, ``.3`` and so on appended to repeated ones."""
    again = ids.groupby(ids).cumcount() + 1
    return ids + ("." + again.astype("string")).where(again > 1, "")
