"""The distinct rows of a frame, and the position of each row among them."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from sisterdata.dataframes import distinct_rows

CELLS = st.one_of(st.none(), st.sampled_from(["", "a", "b", "กข", "nan", "None"]), st.text())


@given(st.lists(st.tuples(CELLS, CELLS, CELLS)))
def test_every_row_is_found_again_and_none_twice(rows: list[tuple[str | None, ...]]) -> None:
    df = pd.DataFrame(rows, columns=["a", "b", "c"], dtype=object)
    codes, distinct = distinct_rows(df)
    assert_frame_equal(distinct.take(codes).reset_index(drop=True), df)
    assert_frame_equal(distinct, df.drop_duplicates(ignore_index=True))


def test_rows_that_join_to_the_same_text_differ() -> None:
    df = pd.DataFrame({"a": ["x", "xy"], "b": ["yz", "z"]})
    assert distinct_rows(df)[0].tolist() == [0, 1]
