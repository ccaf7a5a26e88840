"""Build the `organizations` and `memberships` tables from the organizations that are listed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from sisterdata import schemas

# The same organization, spelt slightly differently: "Asian Pacific ...", "Asia Pacific ...".
_SAME_NAME = 93  # similarity in percent
UNNAMED = "(no name printed)"


def organization_table(
    listed: pd.DataFrame, source_id: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The organizations, the listed entries with their ids, and the repeated entries.

    `listed` has the columns of `Document.organizations` and the member's `place_id`. The third
    frame has a row with ``line, verbatim, message`` for each repeated entry.
    """
    bodies: list[dict[Hashable, Any]] = []
    members: list[dict[Hashable, Any]] = []
    repeated: list[dict[str, object]] = []
    for entry in listed.fillna({"name": UNNAMED, "verbatim_name": UNNAMED}).to_dict("records"):
        body = next((b for b in bodies if _same(b, entry)), None)
        if body is None:
            body = {
                "organization_id": _slug(_text(entry["acronym"]) or str(entry["name"]))
                or _slug(f"{source_id} line {entry['line']}"),
                "name": entry["name"],
                "acronym": entry["acronym"],
                "line": entry["line"],
            }
            bodies.append(body)
        else:
            repeated.append(
                {
                    "line": entry["line"],
                    "verbatim": entry["verbatim_name"],
                    "message": f"the same organization as {body['name']!r} on line {body['line']}",
                }
            )
        members.append(
            {
                **entry,
                "organization_id": body["organization_id"],
            }
        )
    return (
        schemas.typed(pd.DataFrame(bodies), "organizations"),
        pd.DataFrame(members, columns=[*listed.columns, "organization_id"]),
        pd.DataFrame(repeated, columns=["line", "verbatim", "message"]),
    )


def _same(body: dict[Hashable, Any], entry: dict[Hashable, Any]) -> bool:
    acronyms = _text(body["acronym"]), _text(entry["acronym"])
    if all(acronyms):
        return acronyms[0].casefold() == acronyms[1].casefold()
    return fuzz.ratio(_plain(str(body["name"])), _plain(str(entry["name"]))) >= _SAME_NAME


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def _slug(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_name.lower()))
