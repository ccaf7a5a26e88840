"""Export a dataset: GeoJSON for maps, GraphML for networks, SQLite for queries.

`export` writes the files; the other functions return their contents.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd

from sisterdata import gazetteer, schemas
from sisterdata.argument_types import as_path, refuse_other_than, shown
from sisterdata.atomic_write import whole_file
from sisterdata.dataset.data_package import read_table, table_schema
from sisterdata.errors import DataError
from sisterdata.serializable_values import Record, records, xml_text
from sisterdata.tabular.formats import open_table
from sisterdata.tabular.table import Table

Tables = Mapping[str, pd.DataFrame]
FORMATS = ("geojson", "graphml", "sqlite")


def export(
    data_dir: str | os.PathLike[str],
    out_dir: str | os.PathLike[str],
    formats: Collection[str] | None = None,
) -> list[Path]:
    """Export a dataset, or rows with matches, to files in `out_dir`.

    data_dir
        A dataset's folder, or a file that ``sisterdata normalize`` wrote.
    formats
        Some of ``geojson`` (``places.geojson`` and ``relations.geojson``), ``graphml``
        (``relations.graphml``) and ``sqlite`` (``sisterdata.sqlite``); all if omitted. A file of
        rows gives ``rows.geojson`` only, with each row at its match.

    Returns the paths of the files, each written atomically. Raises `DataError` for an unknown
    format, for a format that needs a dataset, if `data_dir` is neither, and if `out_dir` cannot be
    written.

    >>> import tempfile
    >>> from sisterdata.dataset.shipped_tables import shipped_folder
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in export(shipped_folder(), folder, ["geojson"])]
    ['places.geojson', 'relations.geojson']
    """
    source, target = as_path(data_dir, "data_dir"), as_path(out_dir, "out_dir")
    of_rows = source.is_file()
    if formats is None:
        formats = ("geojson",) if of_rows else FORMATS
    if isinstance(formats, str) or not isinstance(formats, Collection) or not len(formats):
        raise DataError(f"formats= is {shown(formats)}", todo='give a list, as ["geojson"]')
    for name in formats:
        refuse_other_than(FORMATS, name, "format")
    if of_rows:
        files = _files_of_rows(source, formats)
    else:
        files = _files({t: read_table(source, t) for t in schemas.TABLES}, formats)
    written = []
    for name, data in files:
        path = target / name
        with whole_file(path) as file:
            file.write(data)
        written.append(path)
    return written


def _files(tables: Tables, formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    if "geojson" in formats:
        yield "places.geojson", _json(places_geojson(tables["places"]))
        relations = relations_geojson(tables["relations"], tables["places"])
        yield "relations.geojson", _json(relations)
    if "graphml" in formats:
        yield "relations.graphml", graphml(tables["relations"], tables["places"])
    if "sqlite" in formats:
        yield "sisterdata.sqlite", sqlite(tables)


def _files_of_rows(path: Path, formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    beyond = sorted(set(formats) - {"geojson"})
    if beyond:
        raise DataError(
            f"{beyond[0]} needs the tables of a dataset, and this is a file",
            where=str(path),
            todo="give the folder that sisterdata build wrote, or --format geojson",
        )
    with open_table(path) as table:
        at = _id_column(table)
        rows = [
            dict(zip(table.columns, cells, strict=True))
            for chunk in table.chunks
            for cells in zip(*map(chunk.texts, range(len(table.columns))), strict=True)
        ]
    yield "rows.geojson", _json(rows_geojson(rows, table.columns[at]))


def _id_column(table: Table) -> int:
    """The column of ids that was added last; for the rows of a document, the partner's."""
    if {"attestation_id", "partner_id"} <= set(table.columns):
        return table.columns.index("partner_id")
    for at, column in reversed(list(enumerate(table.columns))):
        prefix = column.removesuffix("place_id")
        if {prefix + name for name in ("place_id", "status", "rule")} <= set(table.columns):
            return at
    raise DataError(
        "neither the folder of a dataset nor rows with match columns",
        where=str(table.path),
        todo="run sisterdata normalize on it, and export its output",
    )


def rows_geojson(rows: Iterable[Mapping[str, str | None]], id_column: str) -> Record:
    """Rows as GeoJSON points (RFC 7946), with all cells as properties.

    Each row is at the place whose id is in `id_column`; a row without a match has no geometry.

    >>> rows = [{"city": "Busan", "match_place_id": "iso3166-2:KR-26"}, {"city": "Zzyzxq"}]
    >>> [bool(row["geometry"]) for row in rows_geojson(rows, "match_place_id")["features"]]
    [True, False]
    """
    features = []
    for number, row in enumerate(rows, start=1):
        place = gazetteer.place(row.get(id_column) or "")
        position = None if place is None else _position(asdict(place))
        features.append(_feature("Point", position, str(number), dict(row)))
    return _features(iter(features))


def places_geojson(places: pd.DataFrame) -> Record:
    """Places as GeoJSON points (RFC 7946); a place without coordinates has no geometry."""
    return _features(
        _feature("Point", _position(place), place["place_id"], place) for place in records(places)
    )


def relations_geojson(relations: pd.DataFrame, places: pd.DataFrame) -> Record:
    """Pairs as GeoJSON lines (RFC 7946), with the names of both sides.

    A pair has no geometry if a side has no coordinates. A line that crosses the antimeridian is cut
    there (section 3.1.9).
    """
    sides = {place["place_id"]: place for place in records(places)}

    def features() -> Iterator[Record]:
        for relation in records(relations):
            place, partner = sides[relation["place_id"]], sides[relation["partner_id"]]
            properties = {
                **relation,
                "place_name": place["name"],
                "partner_name": partner["name"],
            }
            ends = _position(place), _position(partner)
            parts = None if None in ends else _cut(*ends)  # type: ignore[arg-type]
            if parts is None or len(parts) == 1:
                line = parts and parts[0]
                yield _feature("LineString", line, relation["relation_id"], properties)
            else:
                yield _feature("MultiLineString", parts, relation["relation_id"], properties)

    return _features(features())


def graphml(relations: pd.DataFrame, places: pd.DataFrame) -> bytes:
    """The network as GraphML: places are nodes, relations are undirected edges."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    kinds = {"integer": "long", "number": "double", "string": "string"}
    for table, domain in (("places", "node"), ("relations", "edge")):
        for field in table_schema(table)["fields"]:
            ElementTree.SubElement(
                root,
                "key",
                {
                    "id": f"{domain}_{field['name']}",
                    "for": domain,
                    "attr.name": field["name"],
                    "attr.type": kinds[field["type"]],
                },
            )
    graph = ElementTree.SubElement(root, "graph", id="sisterdata", edgedefault="undirected")
    for place in records(places):
        node = ElementTree.SubElement(graph, "node", id=place["place_id"])
        _add_data(node, "node", place)
    for relation in records(relations):
        edge = ElementTree.SubElement(
            graph,
            "edge",
            id=relation["relation_id"],
            source=relation["place_id"],
            target=relation["partner_id"],
        )
        _add_data(edge, "edge", relation)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def sqlite(tables: Tables) -> bytes:
    """All tables as one SQLite file, with indexed primary and foreign keys."""
    database: Any = sqlite3.connect(":memory:")
    try:
        # A table may refer to a later one, so keys are checked after all rows are inserted.
        with database:
            for table in schemas.TABLES:
                database.execute(_create(table))
                rows = [tuple(record.values()) for record in records(tables[table])]
                marks = ", ".join("?" * len(tables[table].columns))
                database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608
            for table, column in schemas.FOREIGN_KEYS:
                database.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')
        broken = database.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise DataError(
                f"row {broken[1]} refers to a missing row of {broken[2]}",
                where=broken[0],
                todo="run sisterdata check",
            )
        database.execute("VACUUM")
        return bytes(database.serialize())
    finally:
        database.close()


def _json(value: Record) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (text + "\n").encode()


def _features(features: Iterator[Record]) -> Record:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(kind: str, coordinates: object, key: str, properties: Record) -> Record:
    geometry = None if coordinates is None else {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": properties}


def _position(place: Record) -> list[float] | None:
    position = [place["longitude"], place["latitude"]]
    return None if None in position else position


def _cut(start: list[float], end: list[float]) -> list[list[list[float]]]:
    """The shorter line between two points, in two parts if it crosses the antimeridian.

    >>> _cut([170.0, 0.0], [-170.0, 10.0])
    [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]
    """
    (x0, y0), (x1, y1) = start, end
    if abs(x1 - x0) <= 180:
        return [[start, end]]
    edge = 180.0 if x0 > 0 else -180.0
    beyond = x1 + 2 * edge
    y = round(y0 + (y1 - y0) * (edge - x0) / (beyond - x0), 5)
    return [[start, [edge, y]], [[-edge, y], end]]


def _add_data(element: ElementTree.Element, domain: str, record: Record) -> None:
    for name, value in record.items():
        if value is not None:
            datum = ElementTree.SubElement(element, "data", key=f"{domain}_{name}")
            datum.text = xml_text(str(value))


def _create(table: str) -> str:
    kinds = {"integer": "INTEGER", "number": "REAL", "string": "TEXT"}
    described = table_schema(table)
    lines = [
        f'"{field["name"]}" {kinds[field["type"]]}'
        + " NOT NULL" * field.get("constraints", {}).get("required", False)
        + " PRIMARY KEY" * (field["name"] == schemas.KEYS[table])
        for field in described["fields"]
    ]
    lines += [
        f'FOREIGN KEY ("{key["fields"][0]}") REFERENCES '
        f'"{key["reference"]["resource"]}" ("{key["reference"]["fields"][0]}")'
        for key in described["foreignKeys"]
    ]
    return f'CREATE TABLE "{table}" (\n  ' + ",\n  ".join(lines) + "\n)"
