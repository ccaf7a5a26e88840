"""A folder is replaced atomically."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sisterdata.atomic_write import whole_folder
from sisterdata.errors import DataError

OWNED = frozenset({"a", "b"})


def write(folder: Path, text: str) -> None:
    with whole_folder(folder, OWNED) as new:
        for name in sorted(OWNED):
            (new / name).write_text(text)


def contents(folder: Path) -> set[str]:
    return {(folder / name).read_text() for name in OWNED}


def test_new_then_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    write(folder, "one")
    assert contents(folder) == {"one"}
    write(folder, "two")
    assert contents(folder) == {"two"}
    assert [p.name for p in folder.parent.iterdir()] == ["out"]


def test_an_error_leaves_the_old_folder(tmp_path: Path) -> None:
    write(tmp_path / "out", "one")
    with pytest.raises(KeyError), whole_folder(tmp_path / "out", OWNED) as new:
        (new / "a").write_text("half")
        raise KeyError
    assert contents(tmp_path / "out") == {"one"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(DataError, match=r"thesis\.docx"):
        write(tmp_path, "one")
    assert (tmp_path / "thesis.docx").exists()


def test_a_file_and_a_circle_of_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "here").symlink_to("there")
    (tmp_path / "there").symlink_to("here")
    with pytest.raises(DataError, match="not a folder"):
        write(tmp_path / "file", "one")
    with pytest.raises(DataError, match="cannot be written"):
        write(tmp_path / "here", "one")


@pytest.mark.parametrize("there", [True, False])
def test_a_link_still_points_to_the_output(there: bool, tmp_path: Path) -> None:
    if there:
        write(tmp_path / "target", "zero")
    (tmp_path / "link").symlink_to("target")
    write(tmp_path / "link", "one")
    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "target") == {"one"}


def test_leftovers_of_a_killed_build_are_removed(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = tmp_path / f".out.building-{dead.pid}-abcd1234"
    left.mkdir()
    others = [tmp_path / name for name in (".out.2024.bak", f".out.{dead.pid}.abcd", "[o]ut")]
    for other in others:
        other.mkdir()
    write(tmp_path / "out", "one")
    assert not left.exists()
    assert all(other.is_dir() for other in others)


def test_the_current_folder_and_a_long_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "out")
    for folder in (Path(), Path("..") / "out", tmp_path / ("a" * 300)):
        with pytest.raises(DataError):
            write(folder, "one")


def test_the_mode_is_kept(tmp_path: Path) -> None:
    write(tmp_path / "out", "one")
    (tmp_path / "out").chmod(0o750)
    write(tmp_path / "out", "two")
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o750


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_writer_leaves_a_complete_folder(tmp_path: Path) -> None:
    write(tmp_path / "out", "0")
    program = (
        "import sys; from pathlib import Path\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "from test_atomic import write\n"
        "n = 0\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    n += 1\n"
        "    write(Path(sys.argv[1]), str(n))\n"
    )
    for wait in (0.001, 0.003, 0.007, 0.012, 0.02):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "out"), str(Path(__file__).parent)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(wait)
        process.kill()
        process.communicate()
        assert len(contents(tmp_path / "out")) == 1
