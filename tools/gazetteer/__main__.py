"""``python -m tools.gazetteer``: makes `src/sisterdata/data/gazetteer/` anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.gazetteer import build, write

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Builds everything into ``--out``, the package's data folder."""
    arguments = argparse.ArgumentParser(prog="python -m tools.gazetteer", description=__doc__)
    arguments.add_argument("--out", type=Path, default=ROOT / "src/sisterdata/data")
    arguments.add_argument("--inputs", type=Path, default=ROOT / "build/gazetteer/inputs")
    chosen = arguments.parse_args()
    sources = build.read(chosen.inputs)
    built = build.build(sources, build.decisions())
    write.write(built, sources.rejected, chosen.out)


if __name__ == "__main__":
    main()
