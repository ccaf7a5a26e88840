"""A parsed document to the tables it fills: canonical ids, and an issue for every doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sisterdata import schemas
from sisterdata.errors import CuratedError
from sisterdata.issues import CODES
from sisterdata.normalizer.corrections import Correction, correct, corrections
from sisterdata.normalizer.countries import split_country
from sisterdata.normalizer.match import Match
from sisterdata.normalizer.notes import read_note, read_section
from sisterdata.normalizer.organizations import organization_table
from sisterdata.normalizer.places import match_place
from sisterdata.normalizer.relations import place_table, relation_table
from sisterdata.text import Era, foreign_letters, reduced_date, repair, year

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

    homes = _answers(rows, "verbatim_place", _home_matcher(document), decided)
    partners = _answers(rows, "verbatim_partner", _partner_matcher(document), decided)
    years, year_issues = _years(rows)
    notes, note_issues = _notes(rows)
    attestations = schemas.typed(
        rows.assign(
            attestation_id=f"{source_id}#L" + rows["line"].astype("string"),
            source_id=source_id,
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
    places = place_table(
        chain(attestations["place_id"].dropna(), attestations["partner_id"].dropna())
    )
    whereabouts = places.set_index("place_id")[["country_code", "admin1_code", "level"]]
    attestations = attestations.drop(columns=list(whereabouts)).join(whereabouts, on="partner_id")
    attestations["country_code"] = attestations["country_code"].fillna(partners.column(_country))
    attestations = schemas.typed(attestations, "attestations")
    relations = relation_table(attestations, places)
    members = _answers(document.organizations, "verbatim_member", _partner_matcher(document), [])
    organizations, memberships, repeated = organization_table(
        document.organizations.assign(place_id=members.column(lambda m: m.id)), source_id
    )
    claims = _claims(document, attestations, memberships)
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
                _repairs(rows, "verbatim_place"),
                _repairs(rows, "verbatim_partner"),
                _repairs(rows, "verbatim_note"),
                _said(rows, "verbatim_note", "foreign_script", _foreign),
                homes.issues(rows),
                partners.issues(rows),
                members.issues(document.organizations),
                year_issues,
                note_issues,
                _repeated_pairs(attestations),
                repeated.assign(field="verbatim_name", code="duplicate_organization"),
                _differing_claims(claims),
            ],
        ),
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """The matches of one column: `matches[codes[row]]` answers a row."""

    field: str
    codes: np.ndarray
    matches: list[Match]

    def column(self, of: Callable[[Match], object]) -> pd.Series:
        values = np.array([of(match) for match in self.matches], dtype=object)
        return pd.Series(values[self.codes] if len(values) else values).convert_dtypes()

    def issues(self, rows: pd.DataFrame) -> pd.DataFrame:
        doubts = pd.DataFrame(
            [
                (n, doubt.code, doubt.message, " ".join(c.id for c in match.candidates) or None)
                for n, match in enumerate(self.matches)
                for doubt in match.doubts
            ],
            columns=["n", "code", "message", "candidates"],
        )
        printed = pd.DataFrame(
            {"n": self.codes, "line": rows["line"], "verbatim": rows[self.field]}
        )
        return printed.merge(doubts, on="n").drop(columns="n").assign(field=self.field)


def _answers(
    rows: pd.DataFrame,
    field: str,
    match: Callable[[str | None], Match],
    decided: list[Correction],
) -> _Answers:
    """Match the distinct texts of a column once each, then apply the corrections of its lines."""
    codes, distinct = pd.factorize(rows[field], use_na_sentinel=False)
    matches = [match(text if isinstance(text, str) else None) for text in distinct]
    for correction in decided:
        if correction.field != field:
            continue
        row = np.flatnonzero(rows["line"] == correction.line)
        if len(row) != 1:
            raise CuratedError(
                f"{correction.source_id} has no row on line {correction.line}",
                where=correction.where,
                todo="correct the line or delete the correction",
            )
        matches.append(correct(matches[codes[row[0]]], correction))
        codes[row[0]] = len(matches) - 1
    return _Answers(field, codes, matches)


def _home_matcher(document: Document) -> Callable[[str | None], Match]:
    """The Ministry's table lists provinces of Thailand, without their type word."""

    def province(text: str | None) -> Match:
        if text is None:
            return match_place(None)
        named = text if text.startswith(_PROVINCE) else _PROVINCE + text
        return match_place(named, country="TH", date=document.date)

    return province if document.layout == "thai_table" else _partner_matcher(document)


_PROVINCE = "จังหวัด"


def _partner_matcher(document: Document) -> Callable[[str | None], Match]:
    return lambda text: match_place(text, date=document.date)


def _country(match: Match) -> str | None:
    """The country an unresolved text prints: it holds where the place does not."""
    printed = None if match.id else split_country(match.verbatim)[2]
    return printed.id if printed else None


def _years(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`year` and `date` of each row, and what is to be said of them."""
    printed = rows[["verbatim_year", "era"]].astype("string").fillna("")
    codes, distinct = pd.factorize(pd.MultiIndex.from_frame(printed))
    read = pd.DataFrame(
        [_year(text, era or None) for text, era in distinct],
        columns=["year", "date", "code", "message"],
    )
    read = read.iloc[codes].reset_index(drop=True)
    issues = read[["code", "message"]].assign(
        line=rows["line"], field="verbatim_year", verbatim=rows["verbatim_year"]
    )
    if rows["verbatim_year"].isna().all():  # a list without years misses none
        issues = issues[issues["code"] != "missing_year"]
    return read[["year", "date"]], issues[issues["code"].notna()]


def _year(text: str, era: Era | None) -> tuple[int | None, str | None, str | None, str | None]:
    """Year, reduced date, issue code and message of one printed year or date."""
    if not text:
        return None, None, "missing_year", "no year is printed"
    date = reduced_date(text, era=era)
    read = year(text, era=era)
    if date is None and read.value is None:
        return None, None, "missing_year", f"no year can be read: {read.reason}"
    value = int(date[:4]) if date is not None else read.value
    if not read.assumed:
        return value, date or str(value), None, None
    return value, date or str(value), "era_assumed", f"read as {read.era}, {value} Common Era"


def _notes(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the remarks and the sections say of each row, and what no rule understood."""
    texts = rows[["section", "verbatim_note"]].astype("string").fillna("")
    codes, distinct = pd.factorize(pd.MultiIndex.from_frame(texts))
    read, said = [], []
    for n, (section, text) in enumerate(distinct):
        note = read_note(text)
        stage = note.stage if note.stage != "not_stated" else read_section(section)
        read.append((note.instrument, stage, note.topic, note.next_step))
        if note.truncated:
            said.append((n, "truncated_note", "the remark breaks off behind its last word"))
        if note.signatory is not None:
            said.append((n, "other_signatory", f"signed by {note.signatory}"))
        if note.residue:
            said.append((n, "note_not_understood", f"fits no rule: {note.residue}"))
    columns = pd.DataFrame(read, columns=["instrument", "stage", "topic", "next_step"])
    printed = pd.DataFrame({"n": codes, "line": rows["line"], "verbatim": rows["verbatim_note"]})
    issues = printed.merge(pd.DataFrame(said, columns=["n", "code", "message"]), on="n")
    return (
        columns.iloc[codes].reset_index(drop=True),
        issues.drop(columns="n").assign(field="verbatim_note"),
    )


def _repairs(rows: pd.DataFrame, field: str) -> pd.DataFrame:
    """What had to be repaired in the texts of a column."""
    return _said(rows, field, "repaired_text", _repair)


def _repair(text: str) -> str | None:
    repaired = repair(text)
    if not repaired.changes:
        return None
    return f"read as {repaired.text!r}: " + ", ".join(repaired.changes)


def _foreign(text: str) -> str | None:
    found = foreign_letters(repair(text).text)
    if not found:
        return None
    return "letters of another script: " + ", ".join(f"{f.letter} ({f.script})" for f in found)


def _said(
    rows: pd.DataFrame, field: str, code: str, say: Callable[[str], str | None]
) -> pd.DataFrame:
    """An issue on each row of whose text `say` says something."""
    codes, distinct = pd.factorize(rows[field])
    messages = np.array([*(say(text) for text in distinct), None], dtype=object)[codes]
    issues = pd.DataFrame(
        {"line": rows["line"], "verbatim": rows[field], "message": messages}
    ).assign(field=field, code=code)
    return issues[issues["message"].notna()]


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


def _claims(
    document: Document, attestations: pd.DataFrame, memberships: pd.DataFrame
) -> pd.DataFrame:
    """The document's claims beside what it lists, in the claim's section or as a whole."""
    counted = [
        _count(subject, _within(attestations, section), memberships)
        for subject, section in zip(
            document.claims["subject"], document.claims["section"], strict=True
        )
    ]
    claims = document.claims.assign(
        source_id=document.source_id,
        claim_id=_line_ids(document.source_id, document.claims["line"]),
        counted=pd.array([listed for listed, _ in counted], dtype="Int64"),
        distinct=pd.array([distinct for _, distinct in counted], dtype="Int64"),
    )
    claims = claims.assign(verdict=schemas.verdicts(claims["claimed"], claims["counted"]))
    return schemas.typed(claims, "claims")


def _within(attestations: pd.DataFrame, section: object) -> pd.DataFrame:
    inside = attestations[attestations["section"] == section]
    return attestations if inside.empty else inside


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


def _differing_claims(claims: pd.DataFrame) -> pd.DataFrame:
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


def _events(document: Document, relation_id: str | None) -> pd.DataFrame:
    """The dated statements; they are about the pair where the document is about one only."""
    events = document.events.assign(
        source_id=document.source_id,
        event_id=_line_ids(document.source_id, document.events["line"]),
        relation_id=relation_id,
    )
    return schemas.typed(events, "events")


def _only(ids: pd.Series) -> str | None:
    """The one id that the column holds; None where it holds none or several."""
    distinct = ids.dropna().unique()
    return str(distinct[0]) if len(distinct) == 1 else None


def _line_ids(source_id: str, lines: pd.Series) -> pd.Series:
    """``source_id#L<line>``, numbered ``.2`` and on from the second on a line."""
    return _numbered(f"{source_id}#L" + lines.astype("string"))


def _numbered(ids: pd.Series) -> pd.Series:
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
