"""Read years and remarks, and report damaged text."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sisterdata.dataframes import distinct_rows
from sisterdata.normalizer.remarks import read_note, read_section
from sisterdata.text.dates import Era, impossible_date, reduced_date, year
from sisterdata.text.repair import repair
from sisterdata.text.thai_letters import foreign_letters


def years(rows: pd.DataFrame, latest: int | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The columns `year` and `date`, and their issues.

    `latest` is the year of the document: a later year in it cannot be right.
    """
    codes, distinct = distinct_rows(rows[["verbatim_year", "era"]].astype("string").fillna(""))
    read = pd.DataFrame(
        [_year(text, era or None, latest) for text, era in distinct.itertuples(index=False)],
        columns=["year", "date", "code", "message"],
    )
    read = read.iloc[codes].reset_index(drop=True)
    issues = read[["code", "message"]].assign(
        line=rows["line"], field="verbatim_year", verbatim=rows["verbatim_year"]
    )
    if rows["verbatim_year"].isna().all():  # a list without years is not missing any
        issues = issues[issues["code"] != "missing_year"]
    return read[["year", "date"]], issues[issues["code"].notna()]


def _year(
    text: str, era: Era | None, latest: int | None
) -> tuple[int | None, str | None, str | None, str | None]:
    """The year, reduced date, issue code and message of one printed year or date."""
    if not text:
        return None, None, "missing_year", "no year is printed"
    read = year(text, era=era)
    date = reduced_date(text, era=era) or (str(read.value) if read.value else None)
    if date is None:
        conflict = "two eras" in read.reason
        code = "era_conflict" if conflict else "missing_year"
        return None, None, code, f"no year can be read: {read.reason}"
    value = int(date[:4])
    if latest is not None and value > latest:
        return None, None, "year_implausible", f"{value} is later than the source, {latest}"
    possible = impossible_date(text, era=era)
    if possible is not None:
        return value, possible, "impossible_date", f"{text} is not a date; {possible} is kept"
    if read.end is not None and read.end != value:
        return value, date, "year_range", f"the first of {value} to {read.end}"
    if read.assumed:
        return value, date, "era_assumed", f"read as {read.era}, {value} Common Era"
    return value, date, None, None


def notes(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The columns that come from remarks and section headings, and their issues."""
    codes, distinct = distinct_rows(rows[["section", "verbatim_note"]].astype("string").fillna(""))
    read, said = [], []
    for n, (section, text) in enumerate(distinct.itertuples(index=False)):
        note = read_note(text)
        stage = note.stage if note.stage != "not_stated" else read_section(section)
        read.append((note.instrument, stage, note.topic, note.next_step))
        if note.truncated:
            said.append((n, "truncated_note", "the remark breaks off after its last word"))
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


def repairs(rows: pd.DataFrame, field: str) -> pd.DataFrame:
    """An issue for each text of a column that was repaired."""
    return _issues_of_texts(rows, field, "repaired_text", _repair_message)


def foreign_scripts(rows: pd.DataFrame, field: str) -> pd.DataFrame:
    """An issue for each text of a column with letters of another script inside a word."""
    return _issues_of_texts(rows, field, "foreign_script", _foreign_message)


def _repair_message(text: str) -> str | None:
    repaired = repair(text)
    if not repaired.changes:
        return None
    return f"read as {repaired.text!r}: " + ", ".join(repaired.changes)


def _foreign_message(text: str) -> str | None:
    found = foreign_letters(repair(text).text)
    if not found:
        return None
    return "letters of another script: " + ", ".join(f"{f.letter} ({f.script})" for f in found)


def _issues_of_texts(
    rows: pd.DataFrame, field: str, code: str, message_for: Callable[[str], str | None]
) -> pd.DataFrame:
    """An issue for each row whose text has a message; each distinct text is checked once."""
    codes, distinct = pd.factorize(rows[field])
    messages = np.array([*(message_for(text) for text in distinct), None], dtype=object)[codes]
    issues = pd.DataFrame(
        {"line": rows["line"], "verbatim": rows[field], "message": messages}
    ).assign(field=field, code=code)
    return issues[issues["message"].notna()]
