"""Build the `relations` and `places` tables from attestations."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sisterdata import gazetteer, schemas
from sisterdata.vocabulary import STAGES


def place_table(place_ids: Iterable[str]) -> pd.DataFrame:
    """The `places` table of these ids, sorted, each id once."""
    found = [place for id_ in sorted(set(place_ids)) if (place := gazetteer.place(id_)) is not None]
    columns = list(schemas.model("places").to_schema().columns)
    rows = [{c: getattr(p, "id" if c == "place_id" else c, None) for c in columns} for p in found]
    return schemas.typed(pd.DataFrame(rows, columns=columns), "places")


def relation_table(attestations: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The `relations` table: one row per pair, from any source and in either order.

    `place_id` is the Thai side, or else the first id in alphabetical order. `stage` is the furthest
    stage attested, `instrument` comes from an attestation at that stage, and `date` is the most
    precise date in the earliest year.
    """
    attested = attestations[attestations["relation_id"].notna()]
    if attested.empty:
        return schemas.empty("relations")
    codes, ids = pd.factorize(attested["relation_id"])
    attested = attested.assign(pair=codes)  # grouping by numbers is faster than by ids
    relations = _sides(pd.Series(ids), places.set_index("place_id")["country_code"])

    by_pair = attested.groupby("pair")
    relations["first_year"] = by_pair["year"].min()
    relations["attestations"] = by_pair.size()
    relations["sources"] = _sources(attested)

    furthest = attested[["pair", "stage", "instrument"]].assign(
        reached=attested["stage"].map({stage: n for n, stage in enumerate(STAGES)}),
        silent=attested["instrument"].isna(),
    )
    furthest = furthest.sort_values(["reached", "silent"], ascending=[False, True], kind="stable")
    best = furthest.drop_duplicates("pair").set_index("pair")
    relations[["stage", "instrument"]] = best[["stage", "instrument"]]

    dated = attested[["pair", "year", "date"]].dropna()
    dated = dated.assign(fineness=-dated["date"].str.len())
    dated = dated.sort_values(["year", "fineness", "date"], kind="stable")
    relations["date"] = dated.drop_duplicates("pair").set_index("pair")["date"]
    relations = relations.sort_values(["place_id", "relation_id"], ignore_index=True)
    return schemas.typed(relations, "relations")


def _sides(ids: pd.Series, country: pd.Series) -> pd.DataFrame:
    """The two places of each pair, the Thai one first, and the country of the other."""
    sides = ids.str.split("~", expand=True)
    thai = sides.apply(lambda side: side.map(country).eq("TH"))
    turned = thai[1] & ~thai[0]
    partner = sides[1].mask(turned, sides[0])
    return pd.DataFrame(
        {
            "relation_id": ids,
            "place_id": sides[0].mask(turned, sides[1]),
            "partner_id": partner,
            "country_code": partner.map(country),
        }
    )


def _sources(attested: pd.DataFrame) -> pd.Series:
    """The sources of each pair, sorted and joined by spaces."""
    named = attested[["pair", "source_id"]].drop_duplicates().sort_values("source_id")
    named["number"] = named.groupby("pair").cumcount()
    beside = named.pivot(index="pair", columns="number", values="source_id")
    joined = beside[0]
    for number in beside.columns[1:]:
        joined = joined + (" " + beside[number]).fillna("")
    return joined
