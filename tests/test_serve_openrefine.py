"""OpenRefine, headless, reconciles a Thai table with the services."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

pytest.importorskip("starlette", reason="needs sisterdata[serve]")
pytest.importorskip("uvicorn", reason="needs sisterdata[serve]")

from serving import Answer, ask, service

from sisterdata import get_place, match_country, match_place

pytestmark = pytest.mark.skipif(
    shutil.which("openrefine") is None or shutil.which("java") is None,
    reason="OpenRefine is not installed (Debian: apt-get install openrefine)",
)

TABLE = """\
place,country,since
นครฉางชุน,สาธารณรัฐประชาชนจีน,2554
มณฑลจี๋หลิน,จีน,2555
Kyoto City,ญี่ปุ่น,2560
Busan,Korea,007
Atlantis,Narnia,NA
"""
ENGINE = json.dumps({"facets": [], "mode": "row-based"})


class OpenRefine:
    """One project in a running OpenRefine, by its HTTP commands."""

    def __init__(self, url: str, table: str) -> None:
        self.url = url
        options = {"encoding": "UTF-8", "separator": ",", "headerLines": 1}
        parts = {"project-name": "pairs", "format": "text/line-based/*sv"}
        boundary = uuid.uuid4().hex
        body = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{text}\r\n'
            for name, file, text in [
                *((name, "", text) for name, text in parts.items()),
                ("options", "", json.dumps(options)),
                ("project-file", '; filename="pairs.csv"\r\nContent-Type: text/csv', table),
            ]
        )
        made = ask(
            f"{url}/create-project-from-upload?{urlencode({'csrf_token': self._token()})}",
            "POST",
            body=f"{body}--{boundary}--\r\n".encode(),
            headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
        )
        assert made.status == 302, made.text
        self.project = parse_qs(urlsplit(made.headers["location"]).query)["project"][0]

    def _token(self) -> str:
        return str(ask(f"{self.url}/get-csrf-token").json["token"])

    def command(self, name: str, **fields: Any) -> Answer:
        given = {"project": self.project, "csrf_token": self._token(), "engine": ENGINE}
        return ask(f"{self.url}/{name}", "POST", fields=given | fields)

    def run(self, name: str, **fields: Any) -> None:
        """A command that OpenRefine works at in the background."""
        assert self.command(name, **fields).json["code"] in {"pending", "ok"}
        address = f"{self.url}/get-processes?{urlencode({'project': self.project})}"
        until = time.monotonic() + 300
        while ask(address).json["processes"]:
            assert time.monotonic() < until, name
            time.sleep(0.1)

    def reconcile(self, column: str, manifest: dict[str, Any], url: str, **beside: str) -> None:
        """Reconcile a column; `beside` are columns that are properties."""
        config = {
            "mode": "standard-service",
            "service": url,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "type": None,
            "autoMatch": True,
            "columnDetails": [
                {"column": other, "propertyName": pid, "propertyID": pid}
                for other, pid in beside.items()
            ],
        }
        self.run("reconcile", columnName=column, config=config)

    def matches(self, column: int) -> list[str | None]:
        """The id that each cell of a column is matched to."""
        answer = self.command("get-rows", start="0", limit="100").json
        recons = answer["pool"]["recons"]
        cells = [row["cells"][column] for row in answer["rows"]]
        found = [recons[cell["r"]] if cell and "r" in cell else {} for cell in cells]
        return [recon["m"]["id"] if recon.get("j") == "matched" else None for recon in found]

    def candidates(self, column: int) -> list[list[dict[str, Any]]]:
        """The candidates of each cell of a column, with their scores."""
        answer = self.command("get-rows", start="0", limit="100").json
        recons = answer["pool"]["recons"]
        cells = [row["cells"][column] for row in answer["rows"]]
        return [recons[cell["r"]].get("c", []) for cell in cells]

    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.command("export-rows", format="csv").text)))


@pytest.fixture(scope="module")
def openrefine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("openrefine")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["openrefine", "-p", str(port), "-i", "127.0.0.1", "-d", str(folder / "data"),
             "-m", "700M", "-x", "refine.headless=true"],
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}/command/core"
    try:
        until = time.monotonic() + 300
        while True:
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, (folder / "log").read_text()
            try:
                if ask(f"{url}/get-version").status == 200:
                    break
            except OSError:
                time.sleep(0.25)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the script and its Java
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with service(tmp_path_factory.mktemp("serve") / "log") as url:
        yield url


def printed(place: str, country: str) -> str | None:
    """What the library makes of a place and its country."""
    code = match_country(country).id
    return match_place(place, country=code).id if code else match_place(f"{place}, {country}").id


def test_openrefine_reconciles_a_thai_table(openrefine: str, served: str) -> None:
    project = OpenRefine(openrefine, TABLE)
    rows = list(csv.DictReader(io.StringIO(TABLE)))
    places, countries = f"{served}/places", f"{served}/countries"

    project.reconcile("place", ask(places).json, places, country="country")
    found = project.matches(0)
    assert found == [printed(row["place"], row["country"]) for row in rows]
    assert found[0] == "geonames:2038180"
    assert found[1] == "iso3166-2:CN-JL"
    assert found[4] is None

    project.reconcile("country", ask(countries).json, countries)
    assert project.matches(1) == [match_country(row["country"]).id for row in rows]

    manifest = ask(places).json
    wanted = ["country", "admin1", "name_local", "latitude", "population"]
    project.run(
        "extend-data",
        baseColumnName="place",
        endpoint=places,
        identifierSpace=manifest["identifierSpace"],
        schemaSpace=manifest["schemaSpace"],
        extension={"properties": [{"id": pid, "name": pid} for pid in wanted]},
        columnInsertIndex="1",
    )
    changchun, *_, atlantis = project.rows()
    assert changchun["Country code"] == "CN"
    assert changchun["First-level unit"] == "Jilin"
    assert changchun["Local name"].startswith("长春")
    assert float(changchun["Latitude"]) == pytest.approx(43.88)
    assert int(changchun["Population"]) > 1_000_000
    assert atlantis["Country code"] == ""
    assert [row["since"] for row in project.rows()] == [row["since"] for row in rows]


def test_openrefine_guesses_types_from_the_service(openrefine: str, served: str) -> None:
    project = OpenRefine(openrefine, 'place\n"Kyoto City, Japan"\n"Nara City, Japan"\n')
    answer = project.command(
        "guess-types-of-column", columnName="place", service=f"{served}/places"
    )
    assert answer.json["code"] == "ok"
    assert answer.json["types"][0]["id"] == "city"


REGIONS = """\
place,country,region,level
Suzhou,China,Anhui,city
ซูโจว,จีน,มณฑลเจียงซู,city
เกียวโต,ญี่ปุ่น,,admin1
เกียวโต,ญี่ปุ่น,,city
Springfield,United States,,city
"""


def test_openrefine_narrows_by_region_and_level(openrefine: str, served: str) -> None:
    project = OpenRefine(openrefine, REGIONS)
    url = f"{served}/places"
    project.reconcile(
        "place", ask(url).json, url, country="country", region="admin1", level="level"
    )
    assert project.matches(0) == [
        "geonames:1793743",
        "geonames:1886760",
        "iso3166-2:JP-26",
        "geonames:1857910",
        None,
    ]
    # The score is the probability in percent; below the threshold of the library nothing matches.
    springfield = project.candidates(0)[4]
    found = match_place("Springfield", country="US", level="city", limit=25)
    assert found.id is None
    assert [one["score"] for one in springfield[:3]] == [
        round(100 * one.score, 1) for one in found.candidates[:3]
    ]
    assert all(0 <= one["score"] <= 100 for cell in project.candidates(0) for one in cell)


def test_openrefine_fetches_every_proposed_property(openrefine: str, served: str) -> None:
    project = OpenRefine(openrefine, "place,country\nเชียงใหม่,ไทย\nBusan,KR\n")
    url = f"{served}/places"
    manifest = ask(url).json
    project.reconcile("place", manifest, url, country="country")
    proposed = ask(f"{url}/properties", fields={"type": ""}).json["properties"]
    project.run(
        "extend-data",
        baseColumnName="place",
        endpoint=url,
        identifierSpace=manifest["identifierSpace"],
        schemaSpace=manifest["schemaSpace"],
        extension={"properties": proposed},
        columnInsertIndex="1",
    )
    rows = project.rows()
    assert {one["name"] for one in proposed} <= set(rows[0])
    for row, place_id in zip(rows, project.matches(0), strict=True):
        place = get_place(str(place_id))
        assert row["Thai name"] == place.name_th
        assert row["English name"] == place.name
        assert row["Level"] == place.level
        assert row["First-level code"] == place.admin1_code
