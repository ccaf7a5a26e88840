"""Parse, normalize and validate Ministry tables of growing length.

``python benchmarks/normalize.py`` prints a Markdown table of seconds for each step.

The tables repeat 5,000 distinct partners (names of the gazetteer's cities behind a Thai type word)
under the provinces of Thailand.
"""

from __future__ import annotations

import argparse
import io
import itertools
import resource
import time

import sisterdata
from sisterdata.normalizer import gazetteer

DISTINCT = 5_000


def partners() -> list[str]:
    """Distinct partners as a Thai table would print them."""
    china = gazetteer.country("CN")
    names = (
        f"เมือง{name} สาธารณรัฐประชาชนจีน"
        for name, kind in zip(china.name_text, china.name_kind, strict=True)
        if kind in {gazetteer.NameKind.THAI, gazetteer.NameKind.GENERATED_THAI}
    )
    thai = list(itertools.islice(dict.fromkeys(names), DISTINCT))
    return thai + [f"{china.names[n]}, China" for n in range(DISTINCT - len(thai))]


def table(rows: int) -> str:
    """A Ministry table of that many rows, each province with its share."""
    provinces = [gazetteer.place(f"iso3166-2:TH-{code}") for code in range(10, 97)]
    names = [place.name_th for place in provinces if place is not None]
    texts = itertools.cycle(partners())
    share = -(-rows // len(names))
    lines = ["อยู่ระหว่างดำเนินการ", "", "\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ"]
    for row in range(rows):
        number, within = divmod(row, share)
        first = within == 0
        province = f"{number + 1}\t{names[number]}" if first else "\t"
        lines.append(f"{province}\t{within + 1}\t{next(texts)}\t{2550 + row % 15}\tลงนาม LOI แล้ว")
    return "\n".join(lines)


def main() -> None:
    """Time each step once for each size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    print("| rows | parse, s | normalize, s | validate, s | all, s | peak memory, GB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for rows in arguments.parse_args().rows:
        text = table(rows)
        clock = [time.perf_counter()]
        document = sisterdata.parse(io.StringIO(text))
        clock.append(time.perf_counter())
        normalized = sisterdata.normalize(document)
        clock.append(time.perf_counter())
        sisterdata.validate(normalized.attestations, "attestations")
        clock.append(time.perf_counter())
        steps = [after - before for before, after in itertools.pairwise(clock)]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        figures = " | ".join(f"{seconds:.1f}" for seconds in [*steps, sum(steps)])
        print(f"| {len(document.rows):,} | {figures} | {peak:.1f} |", flush=True)


if __name__ == "__main__":
    main()
