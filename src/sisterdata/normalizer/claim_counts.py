"""What a document claims of itself, beside what it lists."""

from __future__ import annotations

import pandas as pd

from sisterdata import schemas


def claim_table(
    claimed: pd.DataFrame, attestations: pd.DataFrame, memberships: pd.DataFrame
) -> pd.DataFrame:
    """The `claims` table: each claim beside what is listed where it speaks of.

    That is its section; or the whole document, for a claim of no section and for one that stands
    above all rows, in a title or a foreword. A section without rows lists nothing to count.
    `claimed` has the columns of `Document.claims` with `source_id` and `claim_id`.
    """
    columns = (claimed[name] for name in ("subject", "section", "line"))
    counted = [
        _count(subject, _within(attestations, section, line), memberships)
        for subject, section, line in zip(*columns, strict=True)
    ]
    claims = claimed.assign(
        counted=pd.array([listed for listed, _ in counted], dtype="Int64"),
        distinct=pd.array([distinct for _, distinct in counted], dtype="Int64"),
    )
    claims = claims.assign(verdict=schemas.verdicts(claims["claimed"], claims["counted"]))
    return schemas.typed(claims, "claims")


def _within(attestations: pd.DataFrame, section: object, line: int) -> pd.DataFrame:
    if pd.isna(section):  # type: ignore[call-overload]
        return attestations
    inside = attestations[(attestations["section"] == section).fillna(value=False).astype(bool)]
    above_all = inside.empty and not (attestations["line"] < line).any()
    return attestations if above_all else inside


def _count(
    subject: str, attestations: pd.DataFrame, memberships: pd.DataFrame
) -> tuple[int | None, int | None]:
    """How many entries of the kind are listed, and how many of them differ."""
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
    """An issue for each claim that the count does not bear out."""
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
