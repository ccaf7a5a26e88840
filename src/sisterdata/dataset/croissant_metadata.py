"""Describe a dataset for search engines, as schema.org and Croissant metadata."""

from __future__ import annotations

from typing import Any

from sisterdata._version import __version__

Record = dict[str, Any]

NAME = "croissant.json"


def croissant(descriptor: Record) -> Record:
    """The descriptor of a data package as Croissant 1.0 and schema.org metadata (JSON-LD).

    It has the files with their checksums, a record set for each table (read from its Parquet file),
    and the keys between tables. See https://docs.mlcommons.org/croissant/docs/croissant-spec.html.
    """
    resources = descriptor["resources"]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": descriptor["name"],
        "description": f"{descriptor['title']}. {descriptor['description']}",
        "license": descriptor["licenses"][0]["path"],
        "version": __version__,
        "keywords": ["sister cities", "twin towns", "Thailand", "toponyms", "record linkage"],
        "inLanguage": ["th", "en"],
        "creator": {"@type": "sc:Organization", "name": "The sisterdata maintainers"},
        "citeAs": f"The sisterdata maintainers: {descriptor['title']}. Version {__version__}.",
        "isBasedOn": [source["title"] for source in descriptor["sources"]],
        "distribution": [_file_object(resource) for resource in resources],
        "recordSet": [_record_set(resource) for resource in resources if "schema" in resource],
    }


def _file_object(resource: Record) -> Record:
    size = {"contentSize": f"{resource['bytes']} B"} if "bytes" in resource else {}
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "description": resource["title"],
        "contentUrl": resource["path"],
        **size,
        "encodingFormat": _ENCODINGS[resource["format"]],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _record_set(resource: Record) -> Record:
    table, schema = resource["name"], resource["schema"]
    points_to = {key["fields"][0]: key["reference"] for key in schema["foreignKeys"]}
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": resource["title"],
        "key": [{"@id": f"{table}/{column}"} for column in schema["primaryKey"]],
        "field": [
            _field(table, f"{table}.parquet", field, points_to.get(field["name"]))
            for field in schema["fields"]
        ],
    }


def _field(table: str, path: str, field: Record, points_to: Record | None) -> Record:
    described = {
        "@type": "cr:Field",
        "@id": f"{table}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": _DATA_TYPES[field["type"]],
        "source": {"fileObject": {"@id": path}, "extract": {"column": field["name"]}},
    }
    if points_to is None:
        return described
    other = f"{points_to['resource']}/{points_to['fields'][0]}"
    return {**described, "references": {"field": {"@id": other}}}


_ENCODINGS = {"csv": "text/csv", "parquet": "application/x-parquet"}
_DATA_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "string": "sc:Text"}

# The terms of Croissant, as its specification defines them.
_TERMS = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileObject"),
    *("fileProperty", "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5"),
    *("parentField", "path", "recordSet", "references", "regex", "repeated", "replace"),
    *("samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
