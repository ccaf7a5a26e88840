"""Commands that are killed, run at once, or fill the disk leave the old output or the new."""

from __future__ import annotations

import csv
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Figure

import sisterdata
from sisterdata import human_decisions

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no signals that kill")

KILLS = 50


def command(*words: object) -> list[str]:
    return [sys.executable, "-c", "from sisterdata.cli.main import main; main()", *map(str, words)]


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), capture_output=True, text=True, check=False)


def digest(path: Path) -> str:
    """Of a file, or of a folder's files and their names; what is hidden is none of the output."""
    files = [path] if path.is_file() else sorted(path.iterdir())
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def seconds_of(*words: object) -> float:
    started = time.monotonic()
    done = run(*words)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - started


def kill_often(
    took: float, words: Callable[[int], tuple[object, ...]], look: Callable[[int], None]
) -> int:
    """Start commands, kill them at random moments, look at what each left; how many were killed.

    The moments are spread over the time a command takes and a little beyond. A busy machine may
    take longer to measure that time than to run the command later, so a command that ends before
    it is killed corrects the measure.
    """
    draw = random.Random(20)
    killed = 0
    for number in range(KILLS):
        started = time.monotonic()
        process = subprocess.Popen(
            command(*words(number)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(1.05 * took * (number + draw.random()) / KILLS)
            took = min(took, time.monotonic() - started)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += process.wait() == -signal.SIGKILL
        look(number)
    return killed


@pytest.fixture(scope="module")
def two_sources(tmp_path_factory: pytest.TempPathFactory, raw_dir: Path) -> tuple[Path, Path]:
    """All the received documents, and a folder of one of them."""
    fewer = tmp_path_factory.mktemp("fewer") / "raw"
    shutil.copytree(raw_dir / "bangkok-iad", fewer / "bangkok-iad")
    return raw_dir, fewer


@pytest.mark.slow
def test_a_killed_build_leaves_the_old_tables_or_the_new(
    tmp_path: Path, two_sources: tuple[Path, Path], figure: Figure
) -> None:
    out = tmp_path / "out" / "tables"
    whole, took = {}, 0.0
    for raw in two_sources:
        took = max(took, seconds_of("build", raw, "--out", out))
        whole[digest(out)] = raw
    assert len(whole) == 2

    def other(_: int) -> tuple[object, ...]:
        raw = next(raw for seen, raw in whole.items() if seen != digest(out))
        return "build", raw, "--out", out

    def look(_: int) -> None:
        assert digest(out) in whole

    killed = kill_often(took, other, look)
    assert killed > KILLS / 2
    seconds_of("build", two_sources[0], "--out", out)
    assert [path.name for path in out.parent.iterdir()] == ["tables"]  # the rest is swept
    figure(f"build: {killed} of {KILLS} killed in time, every output whole")


@pytest.mark.slow
def test_a_build_killed_while_it_writes_leaves_the_old_tables_or_the_new(
    tmp_path: Path, two_sources: tuple[Path, Path], figure: Figure
) -> None:
    out = tmp_path / "out" / "tables"
    whole = {}
    for raw in two_sources:
        seconds_of("build", raw, "--out", out)
        whole[digest(out)] = raw
    killer = subprocess.Popen(
        [sys.executable, "-c", FORKING.format(kills=KILLS, seed=21), out, *two_sources],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )
    assert killer.stdout is not None
    assert killer.stdin is not None
    killed = 0
    for line in killer.stdout:
        assert line == "killed\n"
        assert digest(out) in whole
        killed += 1
        killer.stdin.write("\n")
        killer.stdin.flush()
    assert killer.wait() == 0
    assert killed == KILLS
    figure(f"build: {killed} killed while it wrote, every output whole")


# Tables are made once; then forks write them again and again, each until it is killed.
FORKING = """
import os, random, signal, sys, time
from pathlib import Path
from sisterdata.dataset.build import make_tables
from sisterdata.dataset.data_package import write_package
tables = [make_tables(raw) for raw in sys.argv[2:]]
out = Path(sys.argv[1])
started = time.perf_counter()
for made in tables:
    write_package(made, out)
took = time.perf_counter() - started
draw = random.Random({seed})
for _ in range({kills}):
    writer = os.fork()
    if writer == 0:
        while True:
            for made in tables:
                write_package(made, out)
    time.sleep(draw.random() * 2 * took)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    print("killed", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.slow
def test_a_killed_normalize_leaves_the_old_file_or_the_new(tmp_path: Path, figure: Figure) -> None:
    table, out = tmp_path / "in.csv", tmp_path / "out" / "out.csv"
    table.write_text("city\n" + "Busan\nDaegu\nKyoto\n" * 50_000)
    words = ("normalize", table, "-o", out, "--country", "KR", "--prefix")
    whole, took = {}, 0.0
    for prefix in ("a_", "b_"):
        took = max(took, seconds_of(*words, prefix))
        whole[digest(out)] = prefix
    assert len(whole) == 2

    def other(_: int) -> tuple[object, ...]:
        return *words, next(prefix for seen, prefix in whole.items() if seen != digest(out))

    def look(_: int) -> None:
        assert digest(out) in whole

    killed = kill_often(took, other, look)
    assert killed > KILLS / 2
    seconds_of(*words, "a_")
    assert [path.name for path in out.parent.iterdir()] == ["out.csv"]
    figure(f"normalize: {killed} of {KILLS} killed in time, every output whole")


NAMES = {"Qwvxkyo": "iso3166-2:JP-26", "Zzqosaka": "iso3166-2:JP-27", "Xqtokyo": "iso3166-2:JP-13"}


def decided(folder: Path) -> tuple[Path, Path]:
    """A review file with a decision on each of NAMES, and a copy of the curated names."""
    folder.mkdir()
    table, review, names = (folder / name for name in ("in.csv", "review.csv", "places.csv"))
    table.write_text("city,country\n" + "".join(f"{name},JP\n" for name in NAMES))
    done = run("normalize", table, "-o", folder / "out.csv", "--review", review)
    assert done.returncode == 0, done.stderr
    with review.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["verbatim"] for row in rows} == set(NAMES)
    given = {"kind": "spelling", "reason": "a test", "evidence": "https://example.org/"}
    rows = [row | given | {"decision": NAMES[row["verbatim"]]} for row in rows]
    with review.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    shutil.copy(human_decisions.NAMES_FILE, names)
    return review, names


@pytest.mark.slow
def test_a_killed_curate_loses_no_decision(tmp_path: Path, figure: Figure) -> None:
    review, names = decided(tmp_path / "before")
    before = digest(review), digest(names)
    after_folder = shutil.copytree(tmp_path / "before", tmp_path / "after")
    took = seconds_of("curate", after_folder / review.name, "--into", after_folder / names.name)
    after = digest(after_folder / review.name), digest(after_folder / names.name)
    assert before[0] != after[0]
    assert before[1] != after[1]

    def words(number: int) -> tuple[object, ...]:
        folder = shutil.copytree(tmp_path / "before", tmp_path / f"run{number}")
        return "curate", folder / review.name, "--into", folder / names.name

    def look(number: int) -> None:
        folder = tmp_path / f"run{number}"
        found = digest(folder / review.name), digest(folder / names.name)
        # A decision may stand in both files for a moment, but never in neither.
        assert found in (before, (before[0], after[1]), after)
        seconds_of("curate", folder / review.name, "--into", folder / names.name)
        assert (digest(folder / review.name), digest(folder / names.name)) == after

    killed = kill_often(took, words, look)
    assert killed > KILLS / 2
    figure(f"curate: {killed} of {KILLS} killed in time, no decision lost")


@pytest.mark.slow
@pytest.mark.parametrize("there", [True, False], ids=["over an old one", "where none is"])
def test_two_builds_at_once_do_not_mix(
    tmp_path: Path, two_sources: tuple[Path, Path], there: bool, figure: Figure
) -> None:
    whole = set()
    for number, raw in enumerate(two_sources):
        sisterdata.build(raw, tmp_path / str(number))
        whole.add(digest(tmp_path / str(number)))
    rounds = refused = 0
    for rounds in range(1, 4):
        out = tmp_path / f"round{rounds}" / "tables"
        if there:
            shutil.copytree(tmp_path / "0", out)
        at_once = [
            subprocess.Popen(
                command("build", raw, "--out", out), stdout=-1, stderr=subprocess.PIPE, text=True
            )
            for raw in (two_sources[0], two_sources[0], two_sources[1])
        ]
        said = [process.communicate()[1] for process in at_once]
        for process, error in zip(at_once, said, strict=True):
            assert "Traceback" not in error
            assert process.returncode == 0 or "cannot be written" in error
            refused += process.returncode != 0
        assert digest(out) in whole
        assert [path.name for path in out.parent.iterdir()] == ["tables"]
    figure(f"{rounds} times three builds at once, {refused} told to come again")


# --- a full disk ---------------------------------------------------------------------------------

# In a mount of its own, which ends with the shell; what the disk holds in the end is copied out.
ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size="$1"k none "$2"
cp -r "$3"/. "$2"
shift 3
"$@" || echo "exit $?"
"""


def on_a_small_disk(
    kilobytes: int, disk: Path, holding: Path, words: list[str]
) -> subprocess.CompletedProcess[str]:
    """Run a command where `disk` is that small; what it held in the end is then in `disk`.after."""
    disk.mkdir(exist_ok=True)
    after = disk.with_suffix(".after")
    shutil.rmtree(after, ignore_errors=True)
    script = ON_A_SMALL_DISK + f"cp -r {disk}/. {after}\n"
    root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    mounted = ["unshare", *root, "--mount", "sh", "-c", script, "sh", str(kilobytes)]
    return subprocess.run(
        [*mounted, disk, holding, *words], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def _mounts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where a small disk cannot be had."""
    folder = tmp_path_factory.mktemp("disk")
    (folder / "holding").mkdir()
    if shutil.which("unshare") is None:
        pytest.skip("no unshare on this system: a small disk cannot be mounted")
    done = on_a_small_disk(64, folder / "disk", folder / "holding", ["true"])
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted: {done.stderr.strip()}")


@pytest.mark.slow
@pytest.mark.usefixtures("_mounts")
def test_a_build_on_a_full_disk_fails_and_leaves_the_old_tables(
    tmp_path: Path, two_sources: tuple[Path, Path], figure: Figure
) -> None:
    holding = tmp_path / "holding"
    sisterdata.build(two_sources[1], holding / "tables")
    sisterdata.build(two_sources[0], tmp_path / "new")
    old, new = digest(holding / "tables"), digest(tmp_path / "new")
    size = sum(-(-f.stat().st_size // 4096) * 4 for f in (holding / "tables").iterdir())
    disk = tmp_path / "disk"
    words = command("build", two_sources[0], "--out", disk / "tables")
    refused = 0
    for spare in (8, 16, 32, 64, 128, 192, 256, 4096):
        done = on_a_small_disk(size + spare, disk, holding, words)
        found = digest(disk.with_suffix(".after") / "tables")
        assert "Traceback" not in done.stderr
        if "exit" in done.stdout:
            refused += 1
            assert "No space left on device" in done.stderr
            assert "the old version is unchanged" in done.stderr
            assert found == old
            assert [p.name for p in disk.with_suffix(".after").iterdir()] == ["tables"]
        else:
            assert found == new
    assert 0 < refused < 8
    figure(f"build: {refused} of 8 small disks full, the old tables untouched")


@pytest.mark.slow
@pytest.mark.usefixtures("_mounts")
def test_normalize_and_curate_on_a_full_disk_leave_the_old_files(
    tmp_path: Path, figure: Figure
) -> None:
    review, names = decided(tmp_path / "decided")
    disk, holding = tmp_path / "disk", tmp_path / "holding"
    holding.mkdir()
    shutil.copy(review, holding)
    shutil.copy(names, holding)
    (holding / "out.csv").write_text("old")
    table = tmp_path / "in.csv"
    table.write_text("city\n" + "Busan\n" * 20_000)
    size = sum(-(-f.stat().st_size // 4096) * 4 for f in holding.iterdir())
    before = {path.name: digest(path) for path in holding.iterdir()}
    refused = 0
    for words, output in (
        (command("normalize", table, "-o", disk / "out.csv", "--country", "KR"), "out.csv"),
        (command("curate", disk / review.name, "--into", disk / names.name), review.name),
    ):
        for spare in (0, 4, 8, 16, 4096):
            done = on_a_small_disk(size + spare, disk, holding, words)
            after = {path.name: digest(path) for path in disk.with_suffix(".after").iterdir()}
            assert "Traceback" not in done.stderr
            assert set(after) == set(before)
            if "exit" in done.stdout:
                assert "No space left on device" in done.stderr
                assert after[output] == before[output]  # a decision goes from here last of all
                refused += 1
            else:
                assert after[output] != before[output]
    assert 2 <= refused < 10
    figure(f"normalize, curate: {refused} of 10 small disks full, nothing lost")
