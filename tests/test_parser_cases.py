"""What the parsers read in single lines, as cases in cases/parser_*.csv."""

from __future__ import annotations

from io import StringIO

import pytest
from cases import cases
from parsed import values

from sisterdata.parser import parse
from sisterdata.parser.headings import home_place, is_of_organizations, is_of_pairs
from sisterdata.parser.line_kinds import is_sentence
from sisterdata.parser.list.item_text import name_and_acronym, split_date
from sisterdata.parser.stated_counts import find_claims, without_claims


@pytest.mark.parametrize("case", cases("parser_claims.csv"))
def test_counts_are_found_and_taken_out_of_a_heading(case: dict[str, str]) -> None:
    found = "|".join(f"{claim.subject} {claim.claimed}" for claim in find_claims(case["text"]))
    assert found == case["claims"]
    assert without_claims(case["text"]) == case["without"]


@pytest.mark.parametrize("case", cases("parser_headings.csv"))
def test_a_heading_says_what_a_list_is_of_and_whose(case: dict[str, str]) -> None:
    heading = case["heading"]
    assert is_of_pairs(heading) == (case["of"] == "pairs")
    assert is_of_organizations(heading) == (case["of"] == "organizations")
    assert (home_place(heading) or "") == case["home"]


@pytest.mark.parametrize("case", cases("parser_items.csv"))
def test_a_date_behind_a_place_is_split_off(case: dict[str, str]) -> None:
    expected = tuple(case[name] or None for name in ("place", "date", "note"))
    assert split_date(case["item"]) == expected


@pytest.mark.parametrize("case", cases("parser_organizations.csv"))
def test_an_organization_has_a_name_and_an_acronym(case: dict[str, str]) -> None:
    assert name_and_acronym(case["entry"], case["under"]) == (case["name"], case["acronym"] or None)


@pytest.mark.parametrize("case", cases("parser_agreements.csv"))
def test_an_agreement_is_a_pair(case: dict[str, str]) -> None:
    document = parse(StringIO(f"News\n\n{case['sentence']}\n"), layout="article")
    names = ["verbatim_place", "verbatim_partner", "verbatim_year", "verbatim_note"]
    expected = [case[name] or None for name in ("first", "second", "date", "instrument")]
    assert values(document.rows[names]) == ([expected] if case["first"] else [])


@pytest.mark.parametrize("case", cases("parser_pairs.csv"))
def test_a_sentence_gives_the_pairs_it_states_or_says_why_none(case: dict[str, str]) -> None:
    document = parse(StringIO(f"News\n\n{case['sentence']}\n"), layout="article")
    found = values(document.rows[["verbatim_place", "verbatim_partner"]])
    assert " | ".join(f"{first} = {second}" for first, second in found) == case["pairs"]
    doubts = document.issues.query("code == 'pair_not_certain'")["message"]
    assert len(doubts) == bool(case["doubt"])
    assert all(case["doubt"] in message for message in doubts)


@pytest.mark.parametrize("case", cases("parser_sentences.csv"))
def test_prose_is_told_from_names_and_headings(case: dict[str, str]) -> None:
    assert is_sentence(case["text"]) == (case["sentence"] == "yes")
