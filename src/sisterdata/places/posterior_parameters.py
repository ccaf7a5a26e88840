"""The parameters of the posterior: `data/place_posterior.json`, as the code uses them.

``make likeness`` fits and writes the file; ``place_posterior.md`` beside it reports the fit.
All values are natural logarithms unless their name says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sisterdata.errors import DataError
from sisterdata.gazetteer.index import NameKind

PATH = Path(__file__).resolve().parents[1] / "data" / "place_posterior.json"
Floats = npt.NDArray[np.float64]

# What an entry is, for its prior: a city; a first-level unit; a first-level unit that is a city
# (Busan); a second-level unit; a district; a subdistrict.
CLASSES = ("city", "unit", "municipal_unit", "prefecture", "district", "subdistrict")


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """The content of the file: see the sections of the same names there."""

    missing: float
    min_score: float
    prior: Mapping[str, Any]
    sound: Mapping[str, Any]
    letters: Mapping[str, Any]
    written: Mapping[str, float]
    calibration: Mapping[str, Mapping[str, float]]
    sound_kinds: Floats  # by NameKind
    background: Mapping[str, Any]


@lru_cache(maxsize=1)
def parameters() -> Parameters:
    """The shipped parameters; raises `DataError` where the file is missing or damaged."""
    try:
        return parameters_of(json.loads(PATH.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"unreadable: {error}", where=str(PATH), todo="reinstall it") from error


def parameters_of(shipped: Mapping[str, Any]) -> Parameters:
    """The parameters that the content of the file states."""
    kinds = shipped["sound"]["kind"]
    return Parameters(
        missing=shipped["missing"],
        min_score=shipped["min_score"],
        prior=shipped["prior"],
        sound=shipped["sound"],
        letters=shipped["letters"],
        written=shipped["written"],
        calibration=shipped["calibration"],
        sound_kinds=np.array([kinds.get(kind.name.lower(), 0.0) for kind in NameKind]),
        background=shipped["background"],
    )
