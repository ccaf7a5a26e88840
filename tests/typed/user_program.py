"""A user's program that touches every public name; mypy and pyright check it, and it runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import DataFrame

import sisterdata
from sisterdata.schemas import Pairs


@pa.check_types
def partners(pairs: DataFrame[Pairs], country_code: str) -> pd.DataFrame:
    return pairs[pairs["partner_country_code"] == country_code]


def names(folder: Path) -> None:
    match: sisterdata.Match = sisterdata.match_place("Bussan", country="KR", level=["admin1"])
    name: str | None = match.name
    level, code, place = match.level, match.country_code, match.place
    candidates: tuple[sisterdata.Candidate, ...] = match.candidates
    doubts: tuple[sisterdata.Doubt, ...] = match.doubts
    print(name, level, code, place, match.explain(lang="th"), len(candidates), len(doubts))
    country: sisterdata.Match = sisterdata.match_country("ลาว")
    columns: pd.DataFrame = sisterdata.match_places(["Busan"], country=["KR"], min_score=0.9)
    countries: pd.DataFrame = sisterdata.match_countries(pd.Series(["ลาว"]), scheme="iso")
    df = pd.DataFrame({"city": ["Busan", "Zzyzxq"], "country": ["KR", "KR"]})
    count: int = sisterdata.review(df, folder / "review.csv")
    decisions = sisterdata.read_decisions(folder / "review.csv")
    rows: pd.DataFrame = sisterdata.normalize_frame(df, place="city", decisions=decisions)
    print(country, columns, countries, count, rows)


def places() -> None:
    place: sisterdata.Place = sisterdata.get_place("iso3166-2:TH-50")
    many: pd.DataFrame = sisterdata.get_places([place.id])
    parent: sisterdata.Place | None = sisterdata.get_parent("dopa:5001")
    children: pd.DataFrame = sisterdata.get_children(place.id, level="district", former=False)
    km: float = sisterdata.distance(place, "iso3166-2:KR-26")
    country: sisterdata.Country = sisterdata.get_country("KOR")
    lists = [sisterdata.list_countries(), sisterdata.list_provinces()]
    lists.append(sisterdata.list_subdivisions("TH", former=True))
    print(many, parent, children, km, country.name_th, len(lists))


def files(folder: Path) -> None:
    text = "3 Sister Cities of Busan\n1. Shanghai, China Aug.24.1993\n"
    document: sisterdata.Document = sisterdata.parse(text, layout="list")
    found: sisterdata.Normalized = sisterdata.normalize(document)
    file = folder / "list.csv"
    file.write_text("city,country\nBusan,KR\n", encoding="utf-8")
    outcome = sisterdata.normalize_file(file, folder / "out.csv", review=folder / "r.csv")
    page: Path = sisterdata.report(folder / "out.csv", folder / "page.html", title="Mine")
    decide: Path = sisterdata.review_page(file, folder / "decide.html")
    written: list[Path] = sisterdata.export(folder / "out.csv", folder / "geo", ["geojson"])
    moved = sisterdata.curate(folder / "r.csv", folder / "places.csv") if False else None
    print(found.relations, outcome.statuses, page, decide, written, moved)


def tables(folder: Path) -> None:
    pairs = DataFrame[Pairs](sisterdata.load("pairs"))
    relations: pd.DataFrame = sisterdata.validate(sisterdata.load(), "relations")
    network = sisterdata.to_networkx(pairs)
    print(partners(pairs, "CN"), relations, network.number_of_edges())
    if len(sys.argv) > 2:  # slow
        source: type[sisterdata.Source] = sisterdata.Source
        made: dict[str, pd.DataFrame] = sisterdata.build(sys.argv[2], folder / "built")
        changes: pd.DataFrame = sisterdata.diff(folder / "built", folder / "built")
        points = sisterdata.to_geodataframe(pairs)
        print(source, made, changes, sisterdata.check(folder / "built").ok, points)


if __name__ == "__main__":
    try:
        names(Path(sys.argv[1]))
        places()
        files(Path(sys.argv[1]))
        tables(Path(sys.argv[1]))
    except sisterdata.SisterdataError as error:
        sys.exit(f"{sisterdata.__version__}: {error}")
