"""``python -m tools.gazetteer``: rebuild `src/sisterdata/data/gazetteer/`.

With ``--check``, build it in a temporary folder, and list differences from the shipped one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.gazetteer import build_entries, write_gazetteer
from tools.gazetteer.compare_builds import differences

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Build the gazetteer into ``--out``, or compare a build with it."""
    arguments = argparse.ArgumentParser(prog="python -m tools.gazetteer", description=__doc__)
    arguments.add_argument("--out", type=Path, default=ROOT / "src/sisterdata/data")
    arguments.add_argument("--inputs", type=Path, default=ROOT / "build/gazetteer/inputs")
    arguments.add_argument("--check", action="store_true")
    chosen = arguments.parse_args()
    sources = build_entries.read(chosen.inputs)
    built = build_entries.build(sources, build_entries.decisions())
    if not chosen.check:
        write_gazetteer.write(built, sources.rejected, chosen.out)
        return
    with TemporaryDirectory() as folder:
        write_gazetteer.write(built, sources.rejected, Path(folder))
        found = list(differences(Path(folder), chosen.out))
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main()
