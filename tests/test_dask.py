"""Dask columns stay lazy, and give the same results as pandas, even if a worker dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import sisterdata
from sisterdata import gazetteer
from sisterdata.errors import DataError

dd = pytest.importorskip("dask.dataframe", reason="the extra 'dask' is not installed")
distributed = pytest.importorskip("distributed", reason="the extra 'dask' is not installed")
lazily = pytest.importorskip("sisterdata.dask", reason="the extra 'dask' is not installed")

PRINTED = pd.DataFrame(
    {
        "place": ["ฉางชุน", "Busan", None, "Bussan", "nowhere", "Busan", ""],
        "country": ["CN", "KR", "KR", "KR", None, None, "KR"],
        "land": ["ไทย", "Korea", None, "Kroea", "สปป.ลาว", "Korea", "764"],
    }
)


def frame(rows: int = 70, partitions: int = 5) -> pd.DataFrame:
    long = pd.concat([PRINTED] * (rows // len(PRINTED)), ignore_index=True)
    return dd.from_pandas(long, npartitions=partitions)


def test_places_are_those_of_pandas_in_the_types_that_the_meta_states() -> None:
    lazy = frame()
    found = lazily.match_places(lazy["place"], country=lazy["country"], date="2022-03-10")
    read = lazy.compute()
    expected = sisterdata.match_places(read["place"], country=read["country"], date="2022-03-10")
    assert_frame_equal(found.compute(), expected)
    assert found.dtypes.astype(str).equals(expected.dtypes.astype(str))
    assert found.divisions == lazy.divisions


def test_countries_are_those_of_pandas_with_the_same_categories() -> None:
    lazy = frame()
    found = lazily.match_countries(lazy["land"])
    expected = sisterdata.match_countries(lazy["land"].compute())
    assert_frame_equal(found.compute(), expected)
    assert found.dtypes.astype(str).equals(expected.dtypes.astype(str))


@pytest.mark.parametrize(
    "names",
    [
        pd.Series([764.0, None, 410, 4]),
        pd.Series(["Thailand", "Lao PDR", "Thailand"], dtype="category"),
        pd.Series([None, None], dtype=object),
    ],
    ids=["numeric codes", "categories", "nothing"],
)
def test_countries_of_every_type_are_those_of_pandas(names: pd.Series) -> None:
    lazy = dd.from_pandas(names, npartitions=2)
    assert_frame_equal(
        lazily.match_countries(lazy).compute(), sisterdata.match_countries(lazy.compute())
    )


def test_one_country_and_region_for_all_rows() -> None:
    lazy = frame()
    found = lazily.match_places(lazy["place"], country="KR", admin1="KR-26").compute()
    expected = sisterdata.match_places(lazy["place"].compute(), country="KR", admin1="KR-26")
    assert_frame_equal(found, expected)


def test_an_empty_column_gives_an_empty_frame_of_the_same_types() -> None:
    lazy = frame()
    none = lazily.match_places(lazy["place"][lazy["place"] == "not there"]).compute()
    assert len(none) == 0
    assert none.dtypes.equals(lazily.match_places(lazy["place"]).dtypes)


def test_nothing_is_read_before_it_is_computed(tmp_path: Path) -> None:
    def read(number: int) -> pd.DataFrame:
        (tmp_path / f"{number}").touch()
        return PRINTED

    lazy = dd.from_map(read, range(3), meta=PRINTED.iloc[:0])
    found = lazily.match_places(lazy["place"], country=lazy["country"])
    countries = lazily.match_countries(lazy["land"])
    assert not list(tmp_path.iterdir())
    assert len(found.compute()) == len(countries.compute()) == 3 * len(PRINTED)


def test_a_frame_of_one_column_is_accepted() -> None:
    lazy = frame()
    one = lazily.match_countries(lazy[["land"]]).compute()
    assert_frame_equal(one, lazily.match_countries(lazy["land"]).compute())
    with pytest.raises(DataError, match="give one column"):
        lazily.match_places(lazy)
    with pytest.raises(DataError, match="not a column of Dask"):
        lazily.match_places(lazy["place"], country=["KR"])
    with pytest.raises(DataError, match="5 partitions of names, but 2"):
        lazily.match_places(lazy["place"], country=frame(partitions=2)["country"])


@pytest.mark.parametrize("function", ["match_places", "match_countries"])
def test_the_functions_for_pandas_refuse_a_lazy_column_and_name_the_others(function: str) -> None:
    lazy = frame()
    for column in (lazy["place"], lazy[["place"]]):
        with pytest.raises(DataError, match=rf"sisterdata\.dask\.{function}"):
            getattr(sisterdata, function)(column)
    with pytest.raises(DataError, match=r"sisterdata\.dask\.match_places"):
        sisterdata.match_places(PRINTED["place"], country=lazy["country"])


def test_dask_is_imported_only_by_its_own_module() -> None:
    program = (
        "import sisterdata, sys; sisterdata.match_places(['Busan'], country='KR');"
        "sisterdata.match_countries(['Korea']); sys.exit('dask' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# --- A cluster of separate processes


PARTITIONS = 24


def read_partition(number: int, begun: Path) -> pd.DataFrame:
    """A partition; when half of them are begun, the others wait for the gate to open."""
    (begun / str(number)).touch()
    while len(list(begun.iterdir())) > PARTITIONS // 2 and not (begun / "gate").exists():
        time.sleep(0.01)
    names = gazetteer.country("KR").names[10 * number : 10 * number + 20]
    return pd.DataFrame({"place": names + names[::-1], "country": ["KR"] * 40, "land": "Korea"})


@pytest.fixture(scope="module")
def client() -> Iterator[distributed.Client]:
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.mark.parametrize("done", [1, 5], ids=["at the start", "halfway"])
def test_a_worker_killed_in_mid_work_changes_nothing(
    client: distributed.Client, done: int, tmp_path: Path
) -> None:
    client.wait_for_workers(2)
    workers = client.run(os.getpid)
    assert os.getpid() not in workers.values()
    meta = pd.DataFrame({"place": ["a"], "country": ["KR"], "land": ["Korea"]}).iloc[:0]
    lazy = dd.from_map(read_partition, range(PARTITIONS), begun=tmp_path, meta=meta)
    found = lazily.match_places(lazy["place"], country=lazy["country"])

    computed = client.compute(found)
    victims: list[str] = []
    while not victims:  # one that holds what others will ask for
        held = client.has_what()
        victims = [worker for worker in workers if len(held[worker]) >= done]
        time.sleep(0.01)
    assert computed.status == "pending"
    os.kill(workers[victims[0]], signal.SIGKILL)
    (tmp_path / "gate").touch()

    whole = lazy.compute(scheduler="threads")
    expected = sisterdata.match_places(whole["place"], country=whole["country"])
    assert_frame_equal(computed.result(timeout=300), expected)
    assert workers[victims[0]] not in client.run(os.getpid).values()
