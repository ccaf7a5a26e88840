"""The reconciliation services over HTTP: requests, answers and refusals."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from cases import read_cases

pytest.importorskip("starlette", reason="needs sisterdata[serve]")
pytest.importorskip("uvicorn", reason="needs sisterdata[serve]")

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource
from serving import SCHEMAS, Answer, ask, service

from sisterdata import get_country, get_places, match_country, match_place, match_places
from sisterdata.serve import html_pages
from sisterdata.serve.http_app import SERVICES
from sisterdata.serve.place_service import PLACES
from sisterdata.serve.reconciliation_answers import MAX_BATCH, Entity, Link

SPECIFICATION = os.environ.get("RECONCILIATION_SCHEMAS", "")
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title><svg/onload=alert(1)>",
    "&lt;b&gt;<b>{{id}}{}%3Cscript%3E",
    "javascript:alert(1)",
]
PATHS = [served.path for served in SERVICES]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("serve") / "log"
    with service(log) as address:
        yield address
    assert log.read_text() == "", "the service complained"


def valid(document: Any, kind: str) -> None:
    """Valid by our schemas and, where they are at hand, by the specification's own."""
    schemas = json.loads(SCHEMAS.read_text())
    jsonschema.validate(document, schemas | {"$ref": f"#/$defs/{kind}"})
    official = {
        "manifest": "manifest",
        "query_batch": "reconciliation-query-batch",
        "result_batch": "reconciliation-result-batch",
        "suggest_entity": "suggest-entities-response",
        "suggest_property": "suggest-properties-response",
        "suggest_type": "suggest-types-response",
        "extend_query": "data-extension-query",
        "extend_response": "data-extension-response",
    }
    if SPECIFICATION and kind in official:
        found = [json.loads(file.read_text()) for file in Path(SPECIFICATION).glob("*.json")]
        draft = "http://json-schema.org/draft-07/schema#"
        by_id = [(one["$id"], Resource.from_contents(one | {"$schema": draft})) for one in found]
        schema = json.loads((Path(SPECIFICATION) / f"{official[kind]}.json").read_text())
        validator = jsonschema.Draft7Validator(schema, registry=Registry().with_resources(by_id))
        validator.validate(document)


def reconcile(address: str, queries: dict[str, Any], method: str = "POST") -> dict[str, Any]:
    valid(queries, "query_batch")
    answer = ask(address, method, fields={"queries": queries})
    assert answer.status == 200, answer.text
    valid(answer.json, "result_batch")
    return answer.json


@pytest.mark.skipif(
    not SPECIFICATION, reason="RECONCILIATION_SCHEMAS names no folder of 0.2/schemas"
)
def test_the_specification_s_own_schemas_can_fail() -> None:
    with pytest.raises(jsonschema.ValidationError):
        valid({"q": {"result": [{"id": "x", "name": "x", "score": "1"}]}}, "result_batch")


@pytest.mark.parametrize("path", PATHS)
def test_the_manifest_has_the_addresses(url: str, path: str) -> None:
    answer = ask(f"{url}/{path}")
    assert answer.headers["content-type"] == "application/json"
    manifest = answer.json
    valid(manifest, "manifest")
    assert ask(f"{url}/{path}/").json == manifest
    entity = {"places": "iso3166-2:TH-50", "countries": "TH"}[path]
    assert ask(manifest["preview"]["url"].replace("{{id}}", entity)).status == 200
    assert ask(manifest["view"]["url"].replace("{{id}}", entity)).status == 200
    for kind in ("entity", "property", "type"):
        place = manifest["suggest"][kind]
        found = ask(place["service_url"] + place["service_path"], fields={"prefix": "c"})
        valid(found.json, f"suggest_{kind}")
        assert found.json["result"]
    place = manifest["extend"]["propose_properties"]
    found = ask(place["service_url"] + place["service_path"], fields={"type": ""})
    valid(found.json, "proposal")


def test_each_endpoint_has_its_own_identifier_space(url: str) -> None:
    spaces = {ask(f"{url}/{path}").json["identifierSpace"] for path in PATHS}
    assert len(spaces) == len(PATHS)


def test_the_manifest_is_found_behind_a_name_and_a_proxy(url: str) -> None:
    named = ask(f"{url}/places", headers={"Host": "names.example:81"}).json
    assert named["suggest"]["entity"]["service_url"] == "http://names.example:81/places"


def test_the_root_lists_the_endpoints(url: str) -> None:
    text = ask(f"{url}/").text
    assert f"{url}/places" in text
    assert f"{url}/countries" in text


def queried(case: dict[str, str]) -> dict[str, Any]:
    properties = [
        {"pid": pid, "v": case[pid]} for pid in ("country", "admin1", "level", "date") if case[pid]
    ]
    query: dict[str, Any] = {"query": case["query"]}
    if case["type"]:
        query |= {"type": case["type"], "type_strict": "should"}
    return query | ({"properties": properties} if properties else {})


@pytest.mark.parametrize(
    "case", read_cases("serve/queries.csv"), ids=lambda case: " ".join(case.values())
)
def test_matches(url: str, case: dict[str, str]) -> None:
    result = reconcile(f"{url}/{case['service']}", {"q0": queried(case)})["q0"]["result"]
    matched = [candidate["id"] for candidate in result if candidate["match"]]
    assert matched == ([case["match"]] if case["match"] else []), result
    assert not matched or result[0]["id"] == matched[0]
    if case["type"]:
        assert all(case["type"] in {kind["id"] for kind in one["type"]} for one in result)


def matched(answer: dict[str, Any]) -> dict[str, str | None]:
    return {
        key: next((one["id"] for one in found["result"] if one["match"]), None)
        for key, found in answer.items()
    }


@pytest.mark.parametrize(
    ("level", "place_id"),
    [
        ("admin1", "iso3166-2:JP-26"),
        ("city", "geonames:1857910"),
        ("district, admin1", "iso3166-2:JP-26"),
    ],
)
def test_a_level_is_all_that_an_answer_may_have(url: str, level: str, place_id: str) -> None:
    asked = [{"pid": "country", "v": "JP"}, {"pid": "level", "v": level}]
    answer = reconcile(f"{url}/places", {"q": {"query": "Kyoto", "properties": asked}})
    assert matched(answer)["q"] == place_id


@pytest.mark.parametrize(("least", "is_matched"), [("0.5", True), ("1", False), ("many", False)])
def test_a_match_needs_the_least_score_asked(url: str, least: str, is_matched: bool) -> None:
    asked = [{"pid": "country", "v": "US"}, {"pid": "min_score", "v": least}]
    answer = reconcile(f"{url}/places", {"q": {"query": "St. Louis", "properties": asked}})
    assert (matched(answer)["q"] is not None) == is_matched


def test_a_batch_can_be_read_as_a_column(url: str) -> None:
    names = ["Nara", "Kobe", "Sendai", "Kagoshima", "Sapporo", "Kitakyushu", "Matsuyama"]
    queries = {name: {"query": name} for name in names}
    alone = matched(reconcile(f"{url}/places", queries))
    together = matched(reconcile(f"{url}/places?context=true", queries))
    assert None not in together.values()
    assert list(together.values()).count(None) <= list(alone.values()).count(None)
    column = match_places(names)
    assert list(together.values()) == column["place_id"].tolist()


@pytest.mark.parametrize(
    "text", ["ฉางชุน", "Busan, Korea", "Springfield", "Perugia", "Atlantis", "กาน", "Suzhou"]
)
@pytest.mark.parametrize("code", ["CN", "KR", "US", "FR"])
def test_nothing_is_matched_that_the_library_does_not_match(url: str, text: str, code: str) -> None:
    query = {"query": text, "properties": [{"pid": "country", "v": code}], "limit": 5}
    result = reconcile(f"{url}/places", {"q": query})["q"]["result"]
    found = match_place(text, country=code, limit=25)
    assert [one["id"] for one in result if one["match"]] == ([found.id] if found else [])
    known = {one.id: one.score for one in found.candidates}
    assert all(
        one["score"] == round(100 * known[one["id"]], 1) for one in result if one["id"] in known
    )
    if result:  # why, and every doubt, is said
        assert found.rule in result[0]["description"]
        said = result[0]["description"].split("; ")
        assert len(said) == len(set(said))
        assert all(doubt.message in result[0]["description"] for doubt in found.doubts)


def test_countries_are_matched_as_by_the_library(url: str) -> None:
    texts = ["จีน", "สหรัฐฯ", "Great Britain", "Korea", "Burma", "Bhutan", "Busan", "xyz", "UK"]
    results = reconcile(f"{url}/countries", {text: {"query": text} for text in texts})
    for text in texts:
        matched = [one["id"] for one in results[text]["result"] if one["match"]]
        found = match_country(text)
        assert matched == ([found.id] if found else [])


def test_get_answers_as_post(url: str) -> None:
    queries = {"a": {"query": "ฉางชุน", "properties": [{"pid": "country", "v": "CN"}]}}
    assert reconcile(f"{url}/places", queries, "GET") == reconcile(f"{url}/places", queries)


def test_every_key_of_a_batch_is_answered(url: str) -> None:
    keys = ["q0", "", "ก", "\ud800", "a\u2028b", "constructor", "</script>"]
    queries = json.dumps({key: {"query": "Kyoto, Japan"} for key in keys})
    answer = ask(f"{url}/places", "POST", fields={"queries": queries})
    assert list(answer.json) == keys
    assert ask(f"{url}/places", "POST", fields={"queries": {}}).json == {}


def test_a_reconciled_value_is_a_property_value(url: str) -> None:
    properties = [
        {"pid": "country", "v": {"id": "CN", "name": "China"}},
        {"pid": "admin1", "v": [{"id": "iso3166-2:CN-JL", "name": "Jilin"}]},
    ]
    queries = {"q": {"query": "ฉางชุน", "properties": properties}}
    assert reconcile(f"{url}/places", queries)["q"]["result"][0]["id"] == "geonames:2038180"


def test_any_other_property_narrows(url: str) -> None:
    def ids(name: str, value: object) -> list[str]:
        properties = [{"pid": "country", "v": "US"}, {"pid": name, "v": value}]
        query = {"query": "Springfield", "properties": properties, "limit": 25}
        return [one["id"] for one in reconcile(f"{url}/places", {"q": query})["q"]["result"]]

    assert ids("geonames_id", 4951788) == ["geonames:4951788"]
    assert ids("geonames_id", "0") == []


def test_limit_bounds_the_candidates(url: str) -> None:
    query = {"query": "Springfield", "properties": [{"pid": "country", "v": "US"}]}
    queries = {
        "one": query | {"limit": 1},
        "some": query | {"limit": 7},
        "most": query | {"limit": 9e9},
    }
    found = {key: len(one["result"]) for key, one in reconcile(f"{url}/places", queries).items()}
    assert found == {"one": 1, "some": 7, "most": 25}


def test_over_long_texts_are_answered_with_nothing(url: str) -> None:
    queries = {"long": {"query": "Kyoto, Japan" * 1000}, "short": {"query": "Kyoto City, Japan"}}
    results = reconcile(f"{url}/places", queries)
    assert results["long"] == {"result": []}
    assert results["short"]["result"]


def test_suggest_entities(url: str) -> None:
    def suggested(path: str = "places", **fields: str) -> list[str]:
        answer = ask(f"{url}/{path}/suggest/entity", fields=fields)
        valid(answer.json, "suggest_entity")
        return [one["id"] for one in answer.json["result"]]

    assert "iso3166-2:TH-50" in suggested(prefix="เชียงใหม่")
    assert suggested(prefix="chiang mai") == suggested(prefix="CHIANG MAI")
    assert suggested(prefix="geonames:1816670")[0] == "iso3166-2:CN-BJ"
    assert suggested(prefix="peking")[0] == "iso3166-2:CN-BJ"
    by_name = ask(f"{url}/places/suggest/entity", fields={"prefix": "Chiang"}).json["result"]
    assert by_name[0]["name"].startswith("Chiang")
    assert "iso3166-2:TH-50" in suggested(prefix="Chiang")[:2]
    assert suggested(prefix="kyot", type="admin1")[0] == "iso3166-2:JP-26"
    first, second = suggested(prefix="s", limit="5"), suggested(prefix="s", limit="5", cursor="5")
    assert suggested(prefix="s", limit="10") == first + second
    assert len(set(first + second)) == 10
    assert suggested(prefix="s", limit="1000000", cursor="1000000") == []
    assert suggested(prefix="") == suggested(prefix="zzzzzz") == suggested(prefix="x" * 9999) == []
    assert suggested("countries", prefix="ไท") == ["TH"]
    assert suggested("countries", prefix="THA") == ["TH"]
    assert suggested("countries", prefix="la")[0] == "LA"


def test_what_is_typed_in_thai_is_answered_in_thai(url: str) -> None:
    def first(kind: str, prefix: str, path: str = "places") -> dict[str, Any]:
        answer = ask(f"{url}/{path}/suggest/{kind}", fields={"prefix": prefix})
        valid(answer.json, f"suggest_{kind}")
        return answer.json["result"][0]

    busan = first("entity", "ปูซ")
    assert (busan["id"], busan["name"]) == ("iso3166-2:KR-26", "ปูซาน")
    assert busan["description"].startswith("Busan")  # for those who do not read Thai
    assert busan["notable"][0]["name"] == "จังหวัด มณฑล หรือรัฐ"
    assert first("entity", "Busa")["name"] == "Busan"
    assert first("entity", "ญี่", "countries")["name"] == "ญี่ปุ่น"
    assert first("type", "แขวง") == {
        "id": "subdistrict",
        "name": "แขวงหรือตำบล",
    }
    assert first("property", "ประชากร")["id"] == "population"


def test_suggest_types_and_properties(url: str) -> None:
    def suggested(kind: str, prefix: str) -> list[str]:
        answer = ask(f"{url}/places/suggest/{kind}", fields={"prefix": prefix})
        valid(answer.json, f"suggest_{kind}")
        return [one["id"] for one in answer.json["result"]]

    assert suggested("type", "") == ["admin1", "prefecture", "city", "district", "subdistrict"]
    assert suggested("type", "Town") == ["city"]
    assert suggested("property", "count") == ["country", "country_name", "country_name_th"]


def test_preview_is_a_page_about_the_entity(url: str) -> None:
    answer = ask(f"{url}/places/preview", fields={"id": "geonames:2038180"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for said in ("Changchun", "Jilin", "长春", "geonames:2038180", "43.88"):
        assert said in answer.text
    link = re.search(r'href="([^"]+TH-50|[^"]+CN-JL)"', answer.text)
    assert link is not None
    assert "Jilin" in ask(link[1].replace("&amp;", "&")).text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_id_is_shown_as_text(url: str, path: str, hostile: str) -> None:
    answer = ask(f"{url}/{path}/preview", fields={"id": hostile})
    assert answer.status == 404
    assert not Tags(answer.text).tags & {"script", "img", "svg", "b"}
    index = ask(f"{url}/", headers={"Host": "a<b>'\"c"}).text
    assert "<b>" not in index


class Tags(HTMLParser):
    """The tags, attributes and text of a page as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attributes]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_text_of_a_page_is_escaped(hostile: str) -> None:
    values = {"name_th": hostile, "geonames_id": hostile, "admin1": Link(hostile, hostile)}
    entity = Entity(hostile, hostile, hostile, ("city",), values)
    for html in (
        html_pages.entity_page(PLACES, entity, "http://h"),
        html_pages.missing_page(hostile),
    ):
        read = Tags(html)
        assert not read.tags & {"script", "img", "svg", "iframe", "b"}
        assert {name for name, _ in read.attributes} <= {
            "lang", "charset", "name", "content", "href", "target", "rel",
        }  # fmt: skip
        links = [value for name, value in read.attributes if name == "href"]
        assert all(re.match("https?://", link) for link in links)
        assert hostile in read.text


def extended(url: str, ids: list[str], properties: list[str], method: str = "POST") -> Any:
    query = {"ids": ids, "properties": [{"id": name} for name in properties]}
    valid(query, "extend_query")
    answer = ask(url, method, fields={"extend": query})
    assert answer.status == 200, answer.text
    valid(answer.json, "extend_response")
    assert list(answer.json["rows"]) == ids
    assert all(list(row) == properties for row in answer.json["rows"].values())
    return answer.json


def test_data_extension_of_places(url: str) -> None:
    names = ["country", "admin1", "name_local", "name_th", "latitude", "geonames_id", "coordinates"]
    answer = extended(f"{url}/places", ["geonames:2038180", "iso3166-2:TH-50", "nothing"], names)
    changchun, chiang_mai, nothing = answer["rows"].values()
    assert changchun["country"] == [{"str": "CN"}]
    assert changchun["admin1"] == [{"id": "iso3166-2:CN-JL", "name": "Jilin"}]
    assert "长春" in changchun["name_local"][0]["str"]
    assert changchun["latitude"] == [{"float": 43.88}]
    assert changchun["geonames_id"] == [{"str": "2038180"}]
    assert "เชียงใหม่" in chiang_mai["name_th"][0]["str"]
    assert set(map(len, nothing.values())) == {0}
    assert answer["meta"][1]["type"]["id"] == "admin1"
    assert extended(f"{url}/places", [], ["country"], "GET")["rows"] == {}


def test_everything_known_about_an_id_can_be_fetched(url: str) -> None:
    for entity_id in ("iso3166-2:TH-50", "geonames:2038180", "dopa:5001", "iso3166-2:CN-BJ"):
        place = get_places([entity_id]).iloc[0].dropna().to_dict()
        # Two fields are places themselves, under the name of what they are.
        links = {"parent": place.pop("parent_id", None), "admin1": None}
        links["admin1"] = "iso3166-2:" + place["admin1_code"]
        names = {"place_id", "country_code", "admin1_name"}
        wanted = [name for name in place if name not in names]
        values = extended(f"{url}/places", [entity_id], [*wanted, *links, "country"])
        row = values["rows"][entity_id]
        fetched = {name: next(iter(row[name][0].values())) for name in wanted if row[name]}
        known = {
            name: place[name] for name in wanted if not (name == "population" and not place[name])
        }
        assert fetched == known
        assert {name: cell[0]["id"] for name, cell in row.items() if name in links and cell} == {
            name: linked for name, linked in links.items() if linked
        }
        assert row["country"] == [{"str": place["country_code"]}]
    fields = dataclasses.asdict(get_country("GL"))
    country = {name: value for name, value in fields.items() if value}
    country["alpha_2"] = country.pop("country_code")
    row = extended(f"{url}/countries", ["GL"], list(country))["rows"]["GL"]
    assert {name: cell[0]["str"] for name, cell in row.items()} == country


def test_data_extension_of_countries(url: str) -> None:
    answer = extended(f"{url}/countries", ["LA", "XX"], ["alpha_3", "numeric", "name_th"])
    assert answer["rows"]["LA"]["alpha_3"] == [{"str": "LAO"}]
    assert answer["rows"]["LA"]["numeric"] == [{"str": "418"}]
    assert answer["rows"]["LA"]["name_th"][0]["str"].endswith("ลาว")
    assert answer["rows"]["XX"] == {"alpha_3": [], "numeric": [], "name_th": []}


def test_what_is_proposed_can_be_fetched(url: str) -> None:
    for path, entity in (("places", "geonames:2038180"), ("countries", "LA")):
        proposed = ask(f"{url}/{path}/properties", fields={"type": "city"}).json
        assert proposed["type"] == "city"
        extended(f"{url}/{path}", [entity], [one["id"] for one in proposed["properties"]])
        fewer = ask(f"{url}/{path}/properties", fields={"type": "", "limit": "2"}).json
        valid(fewer, "proposal")
        assert fewer["properties"] == proposed["properties"][:2]


def test_jsonp(url: str) -> None:
    answer = ask(f"{url}/places", fields={"callback": "jQuery3_1.done"})
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"
    wrapped = re.fullmatch(r"/\*\*/jQuery3_1\.done\((.*)\);", answer.text)
    assert wrapped is not None
    assert json.loads(wrapped[1]) == ask(f"{url}/places").json
    failed = ask(f"{url}/places", fields={"callback": "f", "queries": "{"})
    assert failed.status == 400
    assert failed.text.startswith("/**/f({")


def test_any_web_page_may_send_requests(url: str) -> None:
    origin = {"Origin": "http://127.0.0.1:3333"}
    for answer in (
        ask(f"{url}/places", headers=origin),
        ask(f"{url}/places", "POST", fields={"queries": {}}, headers=origin),
        ask(f"{url}/places", fields={"queries": "{"}, headers=origin),
        ask(f"{url}/places/suggest/entity", fields={"prefix": "a"}, headers=origin),
    ):
        assert answer.headers["access-control-allow-origin"] == "*"
    preflight = origin | {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = ask(f"{url}/places", "OPTIONS", headers=preflight)
    assert answer.status == 200
    assert "POST" in answer.headers["access-control-allow-methods"]


def refused(answer: Answer, status: int) -> dict[str, str]:
    assert answer.status == status, answer.text
    assert "Traceback" not in answer.text
    error: dict[str, str] = answer.json["error"]
    assert error["what"]
    return error


@pytest.mark.parametrize(
    "case", read_cases("serve/refused.csv"), ids=lambda case: " ".join(case.values())
)
def test_refuses(url: str, case: dict[str, str]) -> None:
    fields = {case["field"]: case["value"]}
    error = refused(ask(f"{url}{case['path']}", case["method"], fields=fields), int(case["status"]))
    assert error["where"] == case["where"]


def test_refuses_large_requests(url: str) -> None:
    many = {str(number): {"query": "x"} for number in range(MAX_BATCH + 1)}
    error = refused(ask(f"{url}/places", "POST", fields={"queries": many}), 413)
    assert str(MAX_BATCH) in error["todo"]
    ids = {"ids": ["x"] * 501, "properties": []}
    refused(ask(f"{url}/places", "POST", fields={"extend": ids}), 413)
    refused(ask(f"{url}/places", "POST", body=b"queries=" + b"x" * (1 << 20)), 413)
    refused(ask(f"{url}/places", "POST", body=iter([b"x" * (1 << 19)] * 3)), 413)  # chunked
    deep = "[" * 100_000 + "]" * 100_000
    refused(ask(f"{url}/places", "POST", fields={"queries": deep}), 400)
    digits = '{"a": {"query": "x", "limit": ' + "9" * 10_000 + "}}"
    refused(ask(f"{url}/places", "POST", fields={"queries": digits}), 400)
    refused(ask(f"{url}/places?" + "&".join(f"f{n}=" for n in range(99))), 400)


def test_refuses_other_content_types(url: str) -> None:
    json_body = {"Content-Type": "application/json"}
    error = refused(ask(f"{url}/places", "POST", body="{}", headers=json_body), 415)
    assert "application/x-www-form-urlencoded" in error["what"]
    refused(ask(f"{url}/places", "POST", body=b"queries=%ff"), 400)
    refused(ask(f"{url}/places", "POST", body=b"\xff=1"), 400)
    refused(ask(f"{url}/places", "POST", body="queries={}&queries={ }"), 400)
    refused(ask(f"{url}/places", "POST", body="queries={}&extend={}"), 400)


FIELDS = ["query", "type", "limit", "properties", "pid", "v", "id", "ids"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(FIELDS) | st.text(), inner),
)


@settings(max_examples=150)
@given(st.sampled_from(["queries", "extend", "callback"]), ANYTHING | st.text())
def test_any_request_is_answered_or_refused(url: str, field: str, value: Any) -> None:
    text = value if isinstance(value, str) else json.dumps(value)
    body = f"{field}=" + "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))
    answer = ask(f"{url}/places", "POST", body=body)
    assert answer.status in {200, 400, 413}
    assert "Traceback" not in answer.text
