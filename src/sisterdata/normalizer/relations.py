"""Attestations to the pairs and places they are about."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sisterdata import schemas
from sisterdata.normalizer import gazetteer


def place_table(place_ids: Iterable[str]) -> pd.DataFrame:
    """The `places` table of these ids, each once, in order."""
    found = [place for id_ in sorted(set(place_ids)) if (place := gazetteer.place(id_)) is not None]
    columns = list(schemas.model("places").to_schema().columns)
    rows = [{c: getattr(p, "id" if c == "place_id" else c, None) for c in columns} for p in found]
    return schemas.typed(pd.DataFrame(rows, columns=columns), "places")


def relation_table(attestations: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The `relations` table: one row a pair, whoever attests it and whichever side is named first.

    The Thai side is `place_id`, or else the first in order. `stage` is the furthest that is
    attested, `instrument` that of an attestation that has come so far, `date` the finest
    date given in the earliest year.
    """
    attested = attestations[attestations["relation_id"].notna()]
    if attested.empty:
        return schemas.empty("relations")
    country = places.set_index("place_id")["country_code"]
    ids = pd.Series(attested["relation_id"].unique())
    sides = ids.str.split("~", expand=True)
    thai = sides.apply(lambda side: side.map(country).eq("TH"))
    turned = thai[1] & ~thai[0]
    relations = pd.DataFrame(
        {
            "relation_id": ids,
            "place_id": sides[0].mask(turned, sides[1]),
            "partner_id": sides[1].mask(turned, sides[0]),
        }
    )
    relations["country_code"] = relations["partner_id"].map(country)

    by_pair = attested.groupby("relation_id", sort=False)
    summary = pd.DataFrame(
        {
            "first_year": by_pair["year"].min(),
            "attestations": by_pair.size(),
            "sources": by_pair["source_id"].agg(lambda ids: " ".join(sorted(set(ids)))),
        }
    )
    furthest = attested.assign(
        reached=attested["stage"].map({stage: n for n, stage in enumerate(schemas.STAGES)})
    )
    furthest["silent"] = furthest["instrument"].isna()
    furthest = furthest.sort_values(["reached", "silent"], ascending=[False, True], kind="stable")
    best = furthest.drop_duplicates("relation_id").set_index("relation_id")
    summary[["stage", "instrument"]] = best[["stage", "instrument"]]

    dated = attested[["relation_id", "year", "date"]].dropna()
    dated = dated.assign(fineness=-dated["date"].str.len())
    dated = dated.sort_values(["year", "fineness", "date"], kind="stable")
    summary["date"] = dated.groupby("relation_id", sort=False)["date"].first()

    relations = relations.join(summary, on="relation_id").sort_values(["place_id", "relation_id"])
    return schemas.typed(relations.reset_index(drop=True), "relations")
