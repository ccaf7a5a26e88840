"""Exports for other tools: GeoJSON, GraphML, SQLite and Croissant."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisterdata import schemas
from sisterdata.dataset.croissant_metadata import NAME, croissant
from sisterdata.dataset.export import (
    _cut,
    export,
    graphml,
    places_geojson,
    relations_geojson,
    sqlite,
)
from sisterdata.errors import DataError
from sisterdata.lists.normalize_file import normalize_file

Tables = dict[str, pd.DataFrame]
LONGITUDES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-90, 90, allow_nan=False)


@pytest.fixture(scope="module")
def exported(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    written = export(built, folder)
    assert sorted(path.name for path in written) == sorted(p.name for p in folder.iterdir())
    return folder


def features(path: Path) -> list[dict[str, Any]]:
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    return list(collection["features"])


def test_geojson_has_every_place_and_relation(exported: Path, tables: Tables) -> None:
    points, lines = features(exported / "places.geojson"), features(exported / "relations.geojson")
    assert [f["id"] for f in points] == tables["places"]["place_id"].tolist()
    assert [f["id"] for f in lines] == tables["relations"]["relation_id"].tolist()
    (beijing,) = [f for f in points if f["id"] == "iso3166-2:CN-BJ"]
    longitude, latitude = beijing["geometry"]["coordinates"]
    assert 116 < longitude < 117
    assert 39 < latitude < 41
    assert set(beijing["properties"]) == set(tables["places"].columns)


def test_geojson_lines_join_the_two_places(exported: Path) -> None:
    where = {
        f["id"]: f["geometry"]["coordinates"]
        for f in features(exported / "places.geojson")
        if f["geometry"]
    }
    for line in features(exported / "relations.geojson"):
        ends = [where.get(line["properties"][side]) for side in ("place_id", "partner_id")]
        if None in ends:
            assert line["geometry"] is None
        elif line["geometry"]["type"] == "LineString":
            assert line["geometry"]["coordinates"] == ends
        else:
            parts = line["geometry"]["coordinates"]
            assert [parts[0][0], parts[-1][-1]] == ends


def test_a_place_without_coordinates_stays_without_geometry(tables: Tables) -> None:
    places = tables["places"].assign(latitude=pd.NA)
    assert {f["geometry"] for f in places_geojson(places)["features"]} == {None}
    lines = relations_geojson(tables["relations"], places)["features"]
    assert [f["geometry"] for f in lines] == [None] * len(tables["relations"])


@given(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES)
def test_every_line_takes_the_shorter_way(x0: float, y0: float, x1: float, y1: float) -> None:
    parts = _cut([x0, y0], [x1, y1])
    assert parts[0][0] == [x0, y0]
    assert parts[-1][-1] == [x1, y1]
    assert all(abs(part[1][0] - part[0][0]) <= 180 for part in parts)
    assert all(abs(x) <= 180 and abs(y) <= 90 for part in parts for x, y in part)
    if len(parts) == 2:
        (_, (west, y)), ((east, also_y), _) = parts
        assert (abs(west), west, y) == (180, -east, also_y)


def test_graphml_is_read_by_networkx(exported: Path, tables: Tables) -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.read_graphml(exported / "relations.graphml")
    assert set(graph.nodes) == set(tables["places"]["place_id"])
    assert graph.number_of_edges() == len(tables["relations"])
    relation = tables["relations"].iloc[0]
    edge = graph.edges[relation["place_id"], relation["partner_id"]]
    assert edge["country_code"] == relation["country_code"]
    assert isinstance(graph.nodes["iso3166-2:CN-BJ"]["latitude"], float)


def test_graphml_is_valid_xml_for_any_name(tables: Tables) -> None:
    places = tables["places"].assign(name="<a>&\x00\x0b\ufffe]]>")
    root = ElementTree.fromstring(graphml(tables["relations"], places))
    names = {datum.text for datum in root.iter() if datum.get("key") == "node_name"}
    assert names == {"<a>&\ufffd\ufffd\ufffd]]>"}


def test_sqlite_has_every_row_and_its_keys_hold(exported: Path, tables: Tables) -> None:
    with sqlite3.connect(exported / "sisterdata.sqlite") as database:
        for table, df in tables.items():
            read = pd.read_sql(f'SELECT * FROM "{table}"', database)
            pd.testing.assert_frame_equal(schemas.typed(read, table), schemas.typed(df, table))
            keys = database.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            declared = {(table, key[3]): (key[2], key[4]) for key in keys}
            assert declared == {k: v for k, v in schemas.FOREIGN_KEYS.items() if k[0] == table}
            (primary,) = [c[1] for c in database.execute(f'PRAGMA table_info("{table}")') if c[5]]
            assert primary == schemas.KEYS[table]
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO claims (claim_id, source_id) VALUES ('x', 'nowhere')")


def test_sqlite_refuses_broken_keys(tables: Tables) -> None:
    places = tables["places"].iloc[1:]
    with pytest.raises(DataError, match="refers to a missing row of places"):
        sqlite({**tables, "places": places})


def test_same_dataset_gives_the_same_bytes(exported: Path, built: Path, tmp_path: Path) -> None:
    for path in export(built, tmp_path):
        assert path.read_bytes() == (exported / path.name).read_bytes(), path.name


def test_rows_with_matches_become_points(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,city,country\n007,Busan,KR\n008,Zzyzxq,JP\n")
    normalize_file(tmp_path / "in.csv", tmp_path / "matched.csv")
    assert [path.name for path in export(tmp_path / "matched.csv", tmp_path)] == ["rows.geojson"]
    busan, unmatched = features(tmp_path / "rows.geojson")
    longitude, latitude = busan["geometry"]["coordinates"]
    assert (round(longitude), round(latitude), busan["properties"]["id"]) == (129, 35, "007")
    assert (unmatched["geometry"], unmatched["properties"]["city"]) == (None, "Zzyzxq")
    with pytest.raises(DataError, match=r"sqlite needs the tables.*give the folder"):
        export(tmp_path / "matched.csv", tmp_path, ["sqlite"])
    with pytest.raises(DataError, match="run sisterdata normalize"):
        export(tmp_path / "in.csv", tmp_path)


def test_other_files_and_formats_are_refused(built: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="shapefile"):
        export(built, tmp_path, ["shapefile"])
    with pytest.raises(DataError, match="no such table"):
        export(tmp_path, tmp_path / "out")
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def described(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the dataset with its Croissant metadata beside the data package."""
    folder = tmp_path_factory.mktemp("croissant") / "tables"
    shutil.copytree(built, folder)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (folder / NAME).write_text(json.dumps(croissant(descriptor)), encoding="utf-8")
    return folder / NAME


def test_croissant_is_valid(described: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    issues = mlcroissant.Dataset(jsonld=described).metadata.issues
    assert issues.errors == set()
    # The tables have no date of publication, because a build does not use the clock.
    assert ["datePublished" in warning for warning in issues.warnings] == [True]


def test_croissant_record_sets_are_the_tables(described: Path, tables: Tables) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    for table, df in tables.items():
        records = list(mlcroissant.Dataset(jsonld=described).records(table))
        keys = [record[f"{table}/{schemas.KEYS[table]}"].decode() for record in records]
        assert keys == df[schemas.KEYS[table]].tolist()
        assert {len(record) for record in records} <= {len(df.columns)}
