"""Pairs as a network, and rows on a map."""

from __future__ import annotations

import pandas as pd
import pytest

import sisterdata
from sisterdata.errors import DataError

TRAT, BUSAN = "iso3166-2:TH-23", "iso3166-2:KR-26"


def test_the_network_has_the_pairs_as_edges_and_the_places_as_nodes() -> None:
    pairs = sisterdata.load("pairs")
    network = sisterdata.to_networkx(pairs)
    assert network.number_of_edges() == len(pairs)
    assert set(network) == set(pairs["place_id"]) | set(pairs["partner_id"])
    node = network.nodes["iso3166-2:CN-CQ"]
    assert (node["name"], node["country"], node["country_th"]) == ("Chongqing", "China", "จีน")
    edge = network.edges["iso3166-2:TH-10", "iso3166-2:CN-CQ"]
    assert (edge["year"], edge["stage"], edge["rows"]) == (2011, "signed", 1)
    assert network.graph["left_out"] == 0
    assert sisterdata.to_networkx(sisterdata.load()).number_of_edges() == len(pairs)


def test_rows_without_an_id_are_counted_and_repeated_pairs_are_one_edge() -> None:
    df = pd.DataFrame({"home_place_id": [TRAT, TRAT, TRAT], "match_place_id": [BUSAN, BUSAN, None]})
    network = sisterdata.to_networkx(df)
    assert network.edges[TRAT, BUSAN]["rows"] == 2
    assert network.graph["left_out"] == 1
    swapped = sisterdata.to_networkx(df, source="match_place_id", target="home_place_id")
    assert set(swapped.edges[TRAT, BUSAN]) == {"rows"}


def test_columns_and_ids_that_do_not_exist_are_named() -> None:
    with pytest.raises(DataError, match="'place_id'"):
        sisterdata.to_networkx(pd.DataFrame({"a": ["b"]}))
    with pytest.raises(DataError, match="'Busan'"):
        sisterdata.to_networkx(pd.DataFrame({"place_id": [TRAT], "partner_id": ["Busan"]}))
    pytest.importorskip("geopandas")
    with pytest.raises(DataError, match="'partner_id' or"):
        sisterdata.to_geodataframe(pd.DataFrame({"a": ["b"]}))


def test_rows_on_a_map_keep_their_index_and_columns() -> None:
    pytest.importorskip("geopandas")
    df = pd.DataFrame({"match_place_id": [BUSAN, None, "dopa:500101"]}, index=["a", "b", "c"])
    points = sisterdata.to_geodataframe(df)
    assert points.index.tolist() == ["a", "b", "c"]
    assert points.geometry.notna().tolist() == [True, False, False]
    place = sisterdata.get_place(BUSAN)
    assert points.geometry["a"].y == pytest.approx(place.latitude)
    assert points.geometry["a"].x == pytest.approx(place.longitude)
    assert points.crs.to_epsg() == 4326
