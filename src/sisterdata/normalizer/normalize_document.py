"""Normalize a parsed document into tables, with an issue for every doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd

from sisterdata import schemas
from sisterdata.countries.match import split_country
from sisterdata.human_decisions import Decision, corrections
from sisterdata.match_result import Match
from sisterdata.normalizer import years_and_remarks
from sisterdata.normalizer.check_stated_counts import claim_table, differing_claims
from sisterdata.normalizer.issues_table import issue_table, repeated_pairs, same_places, with_ids
from sisterdata.normalizer.match_columns import ColumnMatches, match_column
from sisterdata.normalizer.organizations_table import UNNAMED, organization_table
from sisterdata.normalizer.relations_table import place_table, relation_table
from sisterdata.places.match import match_place

if TYPE_CHECKING:
    from sisterdata.parser import Document


@dataclass(frozen=True, slots=True)
class Normalized:
    """The tables of one document, with the columns and types of `sisterdata.schemas`.

    There is no `sources` table, because a document does not say who published it.
    """

    attestations: pd.DataFrame
    relations: pd.DataFrame
    places: pd.DataFrame
    organizations: pd.DataFrame
    memberships: pd.DataFrame
    events: pd.DataFrame
    claims: pd.DataFrame
    issues: pd.DataFrame


@dataclass(frozen=True, slots=True)
class MatchedColumns:
    """The matches of the three columns of places in a document."""

    homes: ColumnMatches
    partners: ColumnMatches
    members: ColumnMatches


def normalize(document: Document, decisions: Sequence[Decision] = ()) -> Normalized:
    r"""Match the names in a document to ids; every doubt becomes an issue.

    document
        The result of `parse`.
    decisions
        Human decisions on names, as `sisterdata.lists.review_file.read_decisions` reads them.
        They are applied after the corrections of this source that come with the package.

    A row without a match stays in `attestations`, with null ids and an issue. Raises `CuratedError`
    if a correction of this source expects another text, or is no longer needed.

    >>> import io
    >>> from sisterdata import parse
    >>> document = parse(io.StringIO("Sister Cities of Busan\n1. Shanghai, China Aug.24.1993"))
    >>> normalize(document).attestations[["place_id", "partner_id", "date"]].values.tolist()
    [['iso3166-2:KR-26', 'iso3166-2:CN-SH', '1993-08-24']]
    """
    return tables_of(document, match_columns(document, decisions))


def match_columns(document: Document, decisions: Sequence[Decision] = ()) -> MatchedColumns:
    """Match each distinct name in a document once, and apply the decisions."""
    rows = document.rows.reset_index(drop=True)
    of_source = [c for c in corrections() if c.source_id == document.source_id]
    decided = [*of_source, *decisions]
    match_partner = _partner_matcher(document.date)
    return MatchedColumns(
        match_column(
            rows, "verbatim_place", home_matcher(document.home_header or "", document.date), decided
        ),
        match_column(rows, "verbatim_partner", match_partner, decided),
        match_column(document.organizations, "verbatim_member", match_partner, decisions),
    )


def tables_of(document: Document, matched: MatchedColumns) -> Normalized:
    """The tables of a document, given the matches of its names."""
    rows = document.rows.reset_index(drop=True)
    source_id, homes, partners = document.source_id, matched.homes, matched.partners
    years, year_issues = years_and_remarks.years(
        rows, int(document.date[:4]) if document.date else None
    )
    notes, note_issues = years_and_remarks.notes(rows)
    attestations = _attestations(rows.join([years, notes]), source_id, homes, partners)
    member_ids = matched.members.column(lambda m: m.id)
    places = place_table(
        chain(
            attestations["place_id"].dropna(),
            attestations["partner_id"].dropna(),
            member_ids.dropna(),
        )
    )
    attestations = _with_locations(attestations, places, partners)
    relations = relation_table(attestations, places)
    organizations, listed, repeated = organization_table(
        document.organizations.assign(place_id=member_ids), source_id
    )
    memberships = schemas.typed(with_ids(listed, source_id, "membership_id"), "memberships")
    claimed = with_ids(document.claims, source_id, "claim_id")
    claims = claim_table(claimed, attestations, memberships)
    found = [
        document.issues,
        *(
            years_and_remarks.repairs(rows, f"verbatim_{name}")
            for name in ("place", "partner", "note")
        ),
        years_and_remarks.foreign_scripts(rows, "verbatim_note"),
        homes.issues(rows),
        partners.issues(rows),
        matched.members.issues(document.organizations),
        year_issues,
        note_issues,
        repeated_pairs(attestations),
        same_places(attestations),
        repeated.assign(field="verbatim_name", code="duplicate_organization"),
        differing_claims(claims),
    ]
    return Normalized(
        attestations=attestations,
        relations=relations,
        places=places,
        organizations=organizations,
        memberships=memberships,
        events=_events(document, _only(relations["relation_id"])),
        claims=claims,
        issues=issue_table(source_id, found),
    )


def _attestations(
    rows: pd.DataFrame, source_id: str, homes: ColumnMatches, partners: ColumnMatches
) -> pd.DataFrame:
    """The rows with their matches, still without country, subdivision and level."""
    matched = with_ids(rows, source_id, "attestation_id").assign(
        place_id=homes.column(lambda m: m.id),
        partner_id=partners.column(lambda m: m.id),
        match_status=partners.column(lambda m: m.status),
        match_score=partners.column(lambda m: m.score),
        match_rule=partners.column(lambda m: m.rule),
    )
    pairs = schemas.relation_ids(matched["place_id"], matched["partner_id"])
    return schemas.typed(matched.assign(relation_id=pairs), "attestations")


def _with_locations(
    attestations: pd.DataFrame, places: pd.DataFrame, partners: ColumnMatches
) -> pd.DataFrame:
    """The attestations with the country, first-level unit and level of each partner."""
    locations = places.set_index("place_id")[["country_code", "admin1_code", "level"]]
    found = attestations.drop(columns=list(locations)).join(locations, on="partner_id")
    found["country_code"] = found["country_code"].fillna(partners.column(_country))
    return schemas.typed(found, "attestations")


def with_first_names(documents: Iterable[Normalized]) -> Iterator[Normalized]:
    """The documents, with each organization under the name of the first document that has it.

    If a later document prints another name for the same id, it gets an issue.
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
            "message": "same id ("
            + entries["organization_id"]
            + ") as '"
            + first
            + "' in an earlier source, whose name is kept",
        }
    )
    return issue_table(str(entries["source_id"].iloc[0]), [document.issues, said])


def home_matcher(header: str, date: str | None) -> Callable[[str | None], Match]:
    """How to match home places, given the header of their column: Thai provinces, or any place."""

    def province(text: str | None) -> Match:
        if text is None:
            return match_place(None)
        bare = _PROVINCE.sub("", text.strip())
        named = f"{bare} Province" if bare.isascii() else f"จังหวัด{bare}"
        return match_place(named, country="TH", date=date)

    def in_thailand(text: str | None) -> Match:
        return match_place(text, country="TH", date=date)

    if _OF_PROVINCES.search(header):
        return lambda text: in_thailand(text) if _HAS_TYPE.match(text or "") else province(text)
    return in_thailand if _OF_THAILAND.search(header) else _partner_matcher(date)


# Headers of a column of home places: "จังหวัด", "Thai province"; "ฝ่ายไทย", "Thai city".
_OF_PROVINCES = re.compile(r"จังหวัด|thai[\s_-]*province|^provinces?$", re.I)
_OF_THAILAND = re.compile(r"ไทย|thai|อปท|องค์กรปกครองส่วนท้องถิ่น|เทศบาล", re.I)
_HAS_TYPE = re.compile(r"(?:เทศบาล|อำเภอ|เมืองพัทยา|องค์การบริหาร|อบ[จต]\.|ตำบล|นคร(?=\S+ จังหวัด))")
_PROVINCE = re.compile(r"^(?:จังหวัด|จ\.)\s*|\s+Province$", re.I)


def _partner_matcher(date: str | None) -> Callable[[str | None], Match]:
    return lambda text: match_place(text, date=date)


def _country(match: Match) -> str | None:
    """The country printed in the text of a place without a match."""
    printed = None if match.id else split_country(match.verbatim)[2]
    return printed.id if printed else None


def _events(document: Document, relation_id: str | None) -> pd.DataFrame:
    """The `events` table; with the pair, if the document is about one pair only."""
    events = with_ids(document.events, document.source_id, "event_id")
    return schemas.typed(events.assign(relation_id=relation_id), "events")


def _only(ids: pd.Series) -> str | None:
    """The only id in a column; None if there is none or more than one."""
    distinct = ids.dropna().unique()
    return str(distinct[0]) if len(distinct) == 1 else None
