"""Compare what a document says about its own contents with what it lists."""

from __future__ import annotations

import pandas as pd

from sisterdata import schemas


def claim_table(
    claimed: pd.DataFrame, attestations: pd.DataFrame, memberships: pd.DataFrame
) -> pd.DataFrame:
    """The `claims` table: each claim with the number of entries that are listed.

    Entries are counted in the section of the claim. A claim without a section, or above all rows
    (in a title or a foreword), is about the whole document. In a section without rows, there is
    nothing to count. `claimed` has the columns of `Document.claims`, `source_id` and `claim_id`.
    """
    columns = (claimed[name] for name in ("subject", "section", "line"))
    counted = [
        _count(subject, _entries_of(attestations, section, line), memberships)
        for subject, section, line in zip(*columns, strict=True)
    ]
    claims = claimed.assign(
        counted=pd.array([listed for listed, _ in counted], dtype="Int64"),
        distinct=pd.array([distinct for _, distinct in counted], dtype="Int64"),
    )
    claims = claims.assign(verdict=schemas.verdicts(claims["claimed"], claims["counted"]))
    return schemas.typed(claims, "claims")


def _entries_of(attestations: pd.DataFrame, section: object, line: int) -> pd.DataFrame:
    if pd.isna(section):  # type: ignore[call-overload]
        return attestations
    inside = attestations[(attestations["section"] == section).fillna(value=False).astype(bool)]
    above_all = inside.empty and not (attestations["line"] < line).any()
    return attestations if above_all else inside


def _count(
    subject: str, attestations: pd.DataFrame, memberships: pd.DataFrame
) -> tuple[int | None, int | None]:
    """The number of entries of this kind, and of different ones; None if they cannot be counted."""
    if subject == "organizations" and len(memberships):
        return len(memberships), memberships["organization_id"].nunique()
    if attestations.empty:
        return None, None
    if subject == "pairs":
        pairs = attestations["relation_id"].fillna(attestations["attestation_id"])
        return len(attestations), pairs.nunique()
    if subject == "cities":
        partners = attestations["partner_id"].fillna(attestations["attestation_id"])
        return len(attestations), partners.nunique()
    column = {"provinces": "place_id", "countries": "country_code"}.get(subject)
    if column is None:
        return None, None
    distinct = attestations[column].nunique()
    return distinct, distinct


def differing_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """An issue for each claim that differs from the count."""
    wrong = claims[claims["verdict"] == "differs"]
    number = wrong[["claimed", "counted"]].astype("string")
    return pd.DataFrame(
        {
            "line": wrong["line"],
            "field": "claimed",
            "code": "count_mismatch",
            "verbatim": wrong["verbatim"],
            "message": "claims "
            + number["claimed"]
            + " "
            + wrong["subject"]
            + ", lists "
            + number["counted"],
        }
    )
