"""A parsed document to the tables it fills: canonical ids, and an issue for every doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd

from sisterdata import schemas
from sisterdata.countries.match import split_country
from sisterdata.match import Match
from sisterdata.normalizer import fields
from sisterdata.normalizer.claim_counts import claim_table, differing_claims
from sisterdata.normalizer.column_matches import answer_column
from sisterdata.normalizer.corrections import corrections
from sisterdata.normalizer.organizations import UNNAMED, organization_table
from sisterdata.normalizer.relations import place_table, relation_table
from sisterdata.places.match import match_place
from sisterdata.vocabulary import CODES

if TYPE_CHECKING:
    from sisterdata.parser import Document


@dataclass(frozen=True, slots=True)
class Normalized:
    """The tables that one document fills, with the columns and types of `schemas`.

    The `sources` table is not among them: a document does not know who published it.
    """

    attestations: pd.DataFrame
    relations: pd.DataFrame
    places: pd.DataFrame
    organizations: pd.DataFrame
    memberships: pd.DataFrame
    events: pd.DataFrame
    claims: pd.DataFrame
    issues: pd.DataFrame


def normalize(document: Document) -> Normalized:
    """Resolve what `document` prints to canonical ids; every doubt becomes an issue.

    A row that does not resolve keeps its attestation, with null ids and an issue. Raises
    `CuratedError` where a correction of this source expects another text than the document
    has, or is not needed any more.
    """
    rows = document.rows.reset_index(drop=True)
    source_id = document.source_id
    decided = [c for c in corrections() if c.source_id == source_id]

    homes = answer_column(rows, "verbatim_place", _home_matcher(document), decided)
    partners = answer_column(rows, "verbatim_partner", _partner_matcher(document), decided)
    years, year_issues = fields.years(rows, int(document.date[:4]) if document.date else None)
    notes, note_issues = fields.notes(rows)
    attestations = schemas.typed(
        _cited(rows, source_id, "attestation_id")
        .assign(
            place_id=homes.column(lambda m: m.id),
            partner_id=partners.column(lambda m: m.id),
            match_status=partners.column(lambda m: m.status),
            match_score=partners.column(lambda m: m.score),
            match_rule=partners.column(lambda m: m.rule),
        )
        .assign(relation_id=lambda df: schemas.relation_ids(df["place_id"], df["partner_id"]))
        .join([years, notes]),
        "attestations",
    )
    members = answer_column(
        document.organizations, "verbatim_member", _partner_matcher(document), []
    )
    places = place_table(
        chain(
            attestations["place_id"].dropna(),
            attestations["partner_id"].dropna(),
            members.column(lambda m: m.id).dropna(),
        )
    )
    whereabouts = places.set_index("place_id")[["country_code", "admin1_code", "level"]]
    attestations = attestations.drop(columns=list(whereabouts)).join(whereabouts, on="partner_id")
    attestations["country_code"] = attestations["country_code"].fillna(partners.column(_country))
    attestations = schemas.typed(attestations, "attestations")
    relations = relation_table(attestations, places)
    organizations, listed, repeated = organization_table(
        document.organizations.assign(place_id=members.column(lambda m: m.id)), source_id
    )
    memberships = schemas.typed(_cited(listed, source_id, "membership_id"), "memberships")
    claims = claim_table(_cited(document.claims, source_id, "claim_id"), attestations, memberships)
    return Normalized(
        attestations=attestations,
        relations=relations,
        places=places,
        organizations=organizations,
        memberships=memberships,
        events=_events(document, _only(relations["relation_id"])),
        claims=claims,
        issues=_issue_table(
            source_id,
            [
                document.issues,
                fields.repairs(rows, "verbatim_place"),
                fields.repairs(rows, "verbatim_partner"),
                fields.repairs(rows, "verbatim_note"),
                fields.foreign_scripts(rows, "verbatim_note"),
                homes.issues(rows),
                partners.issues(rows),
                members.issues(document.organizations),
                year_issues,
                note_issues,
                _repeated_pairs(attestations),
                _same_places(attestations),
                repeated.assign(field="verbatim_name", code="duplicate_organization"),
                differing_claims(claims),
            ],
        ),
    )


def under_first_names(documents: Iterable[Normalized]) -> Iterator[Normalized]:
    """The documents, each organization of theirs under the name that is printed first.

    Where a later one names the same body (by its id) otherwise, an issue of its line says so.
    """
    names: dict[str, str] = {}
    for document in documents:
        bodies = document.organizations
        printed = bodies[bodies["name"] != UNNAMED]
        for body, name in zip(printed["organization_id"], printed["name"], strict=True):
            names.setdefault(body, name)
        first = printed["organization_id"].map(names).astype("string")
        respelt = printed.loc[printed["name"] != first, "organization_id"]
        yield replace(
            document,
            organizations=bodies.assign(name=first.reindex(bodies.index).fillna(bodies["name"])),
            issues=_with_respelt(document, names, set(respelt)),
        )


def _with_respelt(document: Normalized, names: dict[str, str], respelt: set[str]) -> pd.DataFrame:
    entries = document.memberships[document.memberships["organization_id"].isin(respelt)]
    if not len(entries):
        return document.issues
    entries = entries.drop_duplicates("organization_id")
    first = entries["organization_id"].map(names)
    said = pd.DataFrame(
        {
            "line": entries["line"],
            "field": "verbatim_name",
            "code": "duplicate_organization",
            "verbatim": entries["verbatim_name"],
            "message": "by its id "
            + entries["organization_id"]
            + " it is taken for '"
            + first
            + "' of an earlier source; that name stands",
        }
    )
    return _issue_table(str(entries["source_id"].iloc[0]), [document.issues, said])


def _home_matcher(document: Document) -> Callable[[str | None], Match]:
    """Match homes as the header over their column says: a Thai province, or any place."""
    header = document.home_header or ""

    def province(text: str | None) -> Match:
        if text is None:
            return match_place(None)
        bare = _PROVINCE.sub("", text.strip())
        named = f"{bare} Province" if bare.isascii() else f"จังหวัด{bare}"
        return match_place(named, country="TH", date=document.date)

    def in_thailand(text: str | None) -> Match:
        return match_place(text, country="TH", date=document.date)

    if _OF_PROVINCES.search(header):
        return lambda text: in_thailand(text) if _HAS_TYPE.match(text or "") else province(text)
    return in_thailand if _OF_THAILAND.search(header) else _partner_matcher(document)


# Headers of a column of homes: "จังหวัด", "Thai province"; "ฝ่ายไทย", "Thai city".
_OF_PROVINCES = re.compile(r"จังหวัด|thai[\s_-]*province|^provinces?$", re.I)
_OF_THAILAND = re.compile(r"ไทย|thai|อปท|องค์กรปกครองส่วนท้องถิ่น|เทศบาล", re.I)
_HAS_TYPE = re.compile(r"(?:เทศบาล|อำเภอ|เมืองพัทยา|องค์การบริหาร|อบ[จต]\.|ตำบล|นคร(?=\S+ จังหวัด))")
_PROVINCE = re.compile(r"^(?:จังหวัด|จ\.)\s*|\s+Province$", re.I)


def _partner_matcher(document: Document) -> Callable[[str | None], Match]:
    return lambda text: match_place(text, date=document.date)


def _country(match: Match) -> str | None:
    """The country an unresolved text prints: it holds where the place does not."""
    printed = None if match.id else split_country(match.verbatim)[2]
    return printed.id if printed else None


def _repeated_pairs(attestations: pd.DataFrame) -> pd.DataFrame:
    """Rows whose pair stands on an earlier line of the same section already."""
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
            "message": "the pair stands on line " + first.astype("string") + " already",
        }
    )


def _same_places(attestations: pd.DataFrame) -> pd.DataFrame:
    """Rows that pair a place with itself."""
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


def _events(document: Document, relation_id: str | None) -> pd.DataFrame:
    """The dated statements; they are about the pair where the document is about one only."""
    events = _cited(document.events, document.source_id, "event_id")
    return schemas.typed(events.assign(relation_id=relation_id), "events")


def _only(ids: pd.Series) -> str | None:
    """The one id that the column holds; None where it holds none or several."""
    distinct = ids.dropna().unique()
    return str(distinct[0]) if len(distinct) == 1 else None


def _cited(df: pd.DataFrame, source_id: str, key: str) -> pd.DataFrame:
    """`df` with its source and an id by line: ``source_id#L<line>``."""
    ids = _numbered(f"{source_id}#L" + df["line"].astype("string"))
    return df.assign(source_id=source_id).assign(**{key: ids})


def _numbered(ids: pd.Series) -> pd.Series:
    """`ids` with ``.2`` and on behind the second and later of a kind."""
    again = ids.groupby(ids).cumcount() + 1
    return ids + ("." + again.astype("string")).where(again > 1, "")


def _issue_table(source_id: str, found: list[pd.DataFrame]) -> pd.DataFrame:
    """One table of what every step found, in the order of the document."""
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
