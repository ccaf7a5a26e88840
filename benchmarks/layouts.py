"""Measure the speed of reading in every layout: lines per second on one core.

    python benchmarks/layouts.py [--lines 100000] [--only pairs] [--profile pairs]

Each layout is written once, with lines that differ from one another, and is read in a process of
its own, whose processor time counts. It stops where a line is lost. The table has the lines per
second; `--profile` prints the functions that take the time of one layout.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import pstats
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import parse as ministry

CITIES = (
    ("Osaka", "Japan"), ("Kunming", "China"), ("Busan", "South Korea"), ("Da Nang", "Vietnam"),
    ("Lyon", "France"), ("Bonn", "Germany"), ("Leiden", "Netherlands"), ("Turin", "Italy"),
    ("Seville", "Spain"), ("Denver", "United States"), ("Calgary", "Canada"),
    ("Perth", "Australia"), ("Penang", "Malaysia"), ("Medan", "Indonesia"),
    ("Cebu", "Philippines"), ("Pune", "India"), ("Nagoya", "Japan"), ("Harbin", "China"),
    ("Daegu", "South Korea"), ("Hue", "Vietnam"), ("Nice", "France"), ("Dresden", "Germany"),
    ("Utrecht", "Netherlands"), ("Genoa", "Italy"), ("Bilbao", "Spain"),
    ("Tulsa", "United States"), ("Regina", "Canada"), ("Darwin", "Australia"),
    ("Ipoh", "Malaysia"), ("Bandung", "Indonesia"), ("Davao", "Philippines"), ("Jaipur", "India"),
)  # fmt: skip
HOMES = ("Bangkok", "Chiang Mai", "Phuket", "Khon Kaen", "Pattaya", "Songkhla", "Rayong")
THAI_CITIES = (
    "เมืองโอซากา ประเทศญี่ปุ่น", "เมืองคุนหมิง ประเทศจีน", "เมืองปูซาน ประเทศเกาหลีใต้",
    "เมืองดานัง ประเทศเวียดนาม", "เมืองนีซ ประเทศฝรั่งเศส", "แขวงจำปาสัก สปป.ลาว",
    "เมืองเพิร์ท ประเทศออสเตรเลีย", "รัฐปีนัง ประเทศมาเลเซีย", "นครหนานหนิง ประเทศจีน",
)  # fmt: skip
THAI_HOMES = ("จังหวัดภูเก็ต", "จังหวัดเชียงใหม่", "จังหวัดตาก", "จังหวัดสงขลา", "จังหวัดขอนแก่น")
MONTHS = ["January", "March", "May", "June", "July", "August", "October", "November"]


def lines_of(layout: str, count: int) -> Iterator[str]:
    """The lines of a document in a layout."""
    opening, line = LAYOUTS[layout]
    yield from opening
    yield from (line(n) for n in range(count))


def _city(n: int) -> tuple[str, str]:
    return CITIES[n * 7 % len(CITIES)]


def _date(n: int) -> str:
    return f"{n % 28 + 1} {MONTHS[n // 28 % 8]} {1950 + n // 224 % 70}"


def _numbered(n: int) -> str:
    return f"{n % 999 + 1}. {', '.join(_city(n))} ({_date(n)})"


def _bullets(n: int) -> str:
    return f"• {', '.join(_city(n))} ({_date(n)})"


def _thai_bullets(n: int) -> str:
    return f"• {THAI_CITIES[n % len(THAI_CITIES)]} ({n % 28 + 1} มกราคม {2500 + n // 28 % 60})"


def _plain(n: int) -> str:
    return f"{', '.join(_city(n))} ({_date(n)})"


def _table(n: int) -> str:
    city, country = _city(n)
    return f"{country}\t{city}\t{_date(n)}"


def _wide_table(n: int) -> str:
    city, country = _city(n)
    return f"{HOMES[n % 7]} | {country} | {city} | {_date(n)} | Agreement {n}"


def _pairs(n: int) -> str:
    return f"{n % 999 + 1}. {HOMES[n % 7]} - {', '.join(_city(n))} ({1950 + n % 70})"


def _thai_pairs(n: int) -> str:
    return f"{THAI_HOMES[n % 5]} กับ {THAI_CITIES[n % 9]} พ.ศ. {2500 + n % 60}"


def _news(n: int) -> str:
    city, country = _city(n)
    sentences = (
        "{home} and {city}, {country}, signed a sister city agreement on {date}.",
        "On {date}, {home} signed a memorandum of understanding with {city}, {country}.",
        "The mayor of {home} said that {n} students took part in the exchange.",
        "{city}, {country}, became a sister city of {home} in {year}.",
        "Visitors came from {n} towns, and the market was open until the evening.",
    )
    facts = {"home": HOMES[n % 7], "city": city, "country": country, "date": _date(n)}
    return sentences[n % 5].format(n=n, year=1950 + n % 70, **facts)


def _thai_news(n: int) -> str:
    sentences = (
        "{home}ลงนามบันทึกความเข้าใจกับ{city} เมื่อวันที่ {date}",
        "{home}สถาปนาความสัมพันธ์เป็นเมืองพี่เมืองน้องกับ{city} เมื่อวันที่ {date}",
        "ผู้เข้าร่วมงาน {n} คนได้ชมการแสดงทางวัฒนธรรมและสินค้าพื้นเมืองของชุมชน",
    )
    date = f"{n % 28 + 1} มกราคม {2500 + n // 28 % 60}"
    home, city = THAI_HOMES[n % 5], THAI_CITIES[n % 9]
    return sentences[n % 3].format(home=home, city=city, date=date, n=n)


# What each document opens with, and its lines.
LAYOUTS: dict[str, tuple[tuple[str, ...], Callable[[int], str]]] = {
    "numbered list": (("Sister Cities of Bangkok", ""), _numbered),
    "bullets": (("Sister Cities of Bangkok", ""), _bullets),
    "Thai bullets": (("เมืองพี่เมืองน้อง จังหวัดภูเก็ต", ""), _thai_bullets),
    "lines without marks": (("Sister Cities of Bangkok", ""), _plain),
    "table": (("Sister Cities of Bangkok", "", "Country\tCity\tDate"), _table),
    "table with bars": (("Home | Country | Sister city | Date | Remarks",), _wide_table),
    "pairs": (("Sister city pairs", ""), _pairs),
    "Thai pairs": (("คู่ความสัมพันธ์เมืองพี่เมืองน้อง", ""), _thai_pairs),
    "news": (("Cities sign agreements", ""), _news),
    "Thai news": (("ข่าวการลงนาม", ""), _thai_news),
}
MINISTRY = "table of the Ministry"


def document(layout: str, count: int) -> str:
    lines = ministry.table(count) if layout == MINISTRY else lines_of(layout, count)
    return "\n".join(lines) + "\n"


def measure(layout: str, count: int, *, profiled: bool = False) -> dict[str, float]:
    """Read a document in this process: its lines, rows, and seconds of processor time."""
    from sisterdata.parser import parse

    parse(io.StringIO(document(layout, 30)))  # imports what is imported late
    text = document(layout, count)
    profile = cProfile.Profile()
    start = time.process_time()
    read = profile.runcall(parse, io.StringIO(text)) if profiled else parse(io.StringIO(text))
    seconds = time.process_time() - start
    if profiled:
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)
    printed = sum(1 for line in text.split("\n") if line.strip())
    if len(read.lines) != printed:
        raise SystemExit(f"{layout}: {len(read.lines)} of {printed} lines are accounted for")
    return {"lines": printed, "rows": len(read.rows), "seconds": seconds}


def measure_each(count: int, only: str = "") -> dict[str, dict[str, float]]:
    """Every layout in a process of its own; the faster of two readings counts."""
    found = {}
    for layout in (*LAYOUTS, MINISTRY):
        if only in layout:
            command = [sys.executable, __file__, "--measure", layout, "--lines", str(count)]
            runs = [
                json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
                for _ in range(2)
            ]
            found[layout] = min(runs, key=lambda run: run["seconds"])
    return found


def report(measured: dict[str, dict[str, float]]) -> str:
    lines = ["| layout | lines | rows | lines/s |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {layout} | {found['lines']:,} | {found['rows']:,}"
        f" | {found['lines'] / found['seconds']:,.0f} |"
        for layout, found in measured.items()
    ]
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lines", type=int, default=100_000)
    arguments.add_argument("--only", default="", help="the layouts with this in their name")
    arguments.add_argument("--profile", metavar="LAYOUT")
    arguments.add_argument("--measure", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure, given.lines)))
    elif given.profile:
        measure(given.profile, given.lines, profiled=True)
    else:
        print(report(measure_each(given.lines, given.only)))


if __name__ == "__main__":
    main()
