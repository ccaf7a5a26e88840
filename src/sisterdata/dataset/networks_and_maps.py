"""Pairs of places as a network (networkx), and places on a map (geopandas)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sisterdata import gazetteer
from sisterdata.argument_types import refuse_other_than_frame, refuse_other_than_text
from sisterdata.errors import DataError
from sisterdata.lookup.country_display_names import country_name, country_name_th

if TYPE_CHECKING:
    import geopandas
    import networkx
    import pandas as pd

_SIDES = ("place_id", "partner_id")
_NODE = ("name", "name_th", "level", "country_code", "latitude", "longitude")
_POINT = "a frame with a column of ids, such as load('pairs') or what match_places returns"


def to_networkx(
    df: pd.DataFrame, *, source: str | None = None, target: str | None = None
) -> networkx.Graph[str]:
    """Make a network of pairs: places are nodes, pairs are edges.

    df
        Rows with two columns of place ids, such as ``load("pairs")``, ``load("relations")``, or
        what `normalize_frame` returns with ``home=``. A row that lacks an id has no edge, and
        ``graph["left_out"]`` counts those rows.
    source, target
        The two columns; ``place_id`` and ``partner_id``, or ``home_place_id`` and
        ``match_place_id``, if omitted.

    Returns an undirected ``networkx.Graph``. Nodes are ids with the attributes `name`, `name_th`,
    `level`, `country_code`, `country`, `country_th`, `latitude` and `longitude`. Edges have the
    other columns of their row (the last one, where a pair has several) and `rows`, the number of
    rows. Missing values are left out. Needs the extra ``geo``. Raises `DataError` where the columns
    are not there.

    >>> import sisterdata
    >>> network = sisterdata.to_networkx(sisterdata.load("pairs"))
    >>> network.nodes["iso3166-2:TH-50"]["name"], network.degree["iso3166-2:TH-50"]
    ('Chiang Mai', 10)
    """
    try:
        import networkx
    except ImportError as error:
        raise _not_installed("networkx") from error
    df = refuse_other_than_frame(df, "to_networkx")
    refuse_other_than_text(source=source, target=target)
    source, target = _sides(df, source, target)
    graph: networkx.Graph[str] = networkx.Graph()
    left_out = 0
    for row in df.to_dict("records"):
        values = {str(name): value for name, value in row.items() if not _is_null(value)}
        if source not in values or target not in values:
            left_out += 1
            continue
        ends = values.pop(source), values.pop(target)
        for end in ends:
            if end not in graph:
                graph.add_node(end, **_node(end))
        rows = graph.edges[ends]["rows"] + 1 if graph.has_edge(*ends) else 1
        graph.add_edge(*ends, **values | {"rows": rows})
    graph.graph["left_out"] = left_out
    return graph


def to_geodataframe(df: pd.DataFrame, *, column: str | None = None) -> geopandas.GeoDataFrame:
    """Put rows on a map: the frame with the position of each row's place as its geometry.

    df
        Rows with a column of place ids.
    column
        That column; ``partner_id``, ``match_place_id`` or ``place_id`` if omitted, the first of
        them that the frame has.

    Returns a ``GeoDataFrame`` (WGS 84) with the same rows and index; a row without an id or without
    coordinates has no geometry. Needs the extra ``geo``. Raises `DataError` where the column is not
    there or an id is not known.

    >>> import sisterdata
    >>> places = sisterdata.to_geodataframe(sisterdata.load("places"))
    >>> places.crs.name, places.geom_type.dropna().unique().tolist()
    ('WGS 84', ['Point'])
    """
    try:
        import geopandas
    except ImportError as error:
        raise _not_installed("geopandas") from error
    from sisterdata.lookup.place_info import get_places

    df = refuse_other_than_frame(df, "to_geodataframe")
    refuse_other_than_text(column=column)
    names = [column] if column else ["partner_id", "match_place_id", "place_id"]
    found = next((name for name in names if name in df.columns), None)
    if found is None:
        raise DataError(f"no column {' or '.join(map(repr, names))}", todo=f"give {_POINT}")
    known = get_places(df[found])
    points = geopandas.points_from_xy(
        known["longitude"].astype(float), known["latitude"].astype(float), crs="EPSG:4326"
    )
    points[known["latitude"].isna().to_numpy()] = None
    return geopandas.GeoDataFrame(df.copy(), geometry=points, crs="EPSG:4326")


def _not_installed(package: str) -> DataError:
    return DataError(f"{package} is not installed", todo='pip install ".[geo]" in a clone')


def _sides(df: pd.DataFrame, source: str | None, target: str | None) -> tuple[str, str]:
    defaults = [_SIDES, ("home_place_id", "match_place_id")]
    known = next((pair for pair in defaults if set(pair) <= set(df.columns)), _SIDES)
    chosen = source or known[0], target or known[1]
    missing = [name for name in chosen if name not in df.columns]
    if missing:
        raise DataError(
            f"no column {missing[0]!r}", todo="give source= and target=, the two columns of ids"
        )
    return chosen


def _node(place_id: str) -> Mapping[str, Any]:
    place = gazetteer.place(place_id)
    if place is None:
        raise DataError(
            f"no place has the id {place_id!r}", todo="match_places gives the ids of names"
        )
    known = {name: getattr(place, name) for name in _NODE}
    known["country"] = country_name(place.country_code)
    known["country_th"] = country_name_th(place.country_code)
    return {name: value for name, value in known.items() if value is not None}


def _is_null(value: object) -> bool:
    import pandas as pd

    return not isinstance(value, str | Iterable) and bool(pd.isna(value))  # type: ignore[call-overload]
