"""The findings of `check` as GitHub annotations and JUnit XML."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from sisterdata import schemas
from sisterdata.dataset.check import Report
from sisterdata.dataset.check_keys_and_schemas import Finding
from sisterdata.serializable_values import counted, xml_text


def github(report: Report, data_dir: Path) -> Iterator[str]:
    """Each finding as a GitHub workflow command, which annotates a line of the table's CSV.

    See https://docs.github.com/actions/reference/workflow-commands. Text from the data is escaped.
    """
    tables = {finding.table for finding in report.findings}
    lines = {table: _lines(data_dir / f"{table}.csv") for table in tables}
    for finding in report.findings:
        place = {"file": str(_file(finding, data_dir)), "title": f"sisterdata: {finding.code}"}
        line = _line(finding, lines[finding.table])
        if line is not None:
            place["line"] = str(line)
        properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
        yield f"::error {properties}::{_data(f'{finding.row}: {finding.message}')}"


def junit(report: Report, data_dir: Path) -> str:
    """The findings as JUnit XML: one test case for each table, which fails if it has findings.

    See https://github.com/testmoapp/junitxml.
    """
    by_table: dict[str, list[Finding]] = {table: [] for table in schemas.TABLES}
    for finding in report.findings:
        by_table.setdefault(finding.table, []).append(finding)
    failed = sum(map(bool, by_table.values()))
    count = {"tests": str(len(by_table)), "failures": str(failed), "errors": "0"}
    root = ET.Element("testsuites", {"name": "sisterdata check"} | count)
    suite = ET.SubElement(root, "testsuite", {"name": xml_text(str(data_dir))} | count)
    for table, findings in by_table.items():
        case = ET.SubElement(suite, "testcase", classname="sisterdata", name=xml_text(table))
        if findings:
            said = [f"{f.row}: {f.code}: {f.message}" for f in findings]
            failure = ET.SubElement(case, "failure", message=counted(len(findings), "finding"))
            failure.text = xml_text("\n".join(said))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _file(finding: Finding, data_dir: Path) -> Path:
    name = finding.row if finding.code in {"damaged", "unreadable"} else f"{finding.table}.csv"
    return data_dir / name


def _line(finding: Finding, lines: dict[str, int]) -> int | None:
    """The line of the table's CSV that has the row."""
    by_number = re.fullmatch(r"row (\d+)", finding.row)
    if by_number is not None:
        return list(lines.values())[int(by_number[1])] if int(by_number[1]) < len(lines) else None
    return lines.get(finding.row)


def _lines(path: Path) -> dict[str, int]:
    """The line of each key, in the order of the rows."""
    found: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            line = 1
            for row in reader:
                if row and line > 1:
                    found.setdefault(row[0], line)
                line = reader.line_num + 1
    except (OSError, ValueError, csv.Error):
        return {}
    return found


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
