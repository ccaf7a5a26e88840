"""Builds give the same bytes with another Python, hash seed, locale or time zone."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Figure

ROOT = Path(__file__).parents[1]


def build(python: str, raw: Path, out: Path, **variables: str) -> dict[str, bytes]:
    program = "import sys; from sisterdata import build; build(sys.argv[1], sys.argv[2])"
    subprocess.run([python, "-c", program, raw, out], env=os.environ | variables, check=True)
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
def test_the_environment_does_not_change_a_byte(
    number: int, raw_dir: Path, built: Path, tmp_path: Path, figure: Figure
) -> None:
    draw = random.Random(number)
    raw = tmp_path / "raw"
    raw.mkdir()
    folders = sorted(raw_dir.iterdir())
    draw.shuffle(folders)
    for folder in folders:  # in another order, and with other times, than they are kept here
        shutil.copytree(folder, raw / folder.name, copy_function=shutil.copyfile)
    locale = ("C", "POSIX", "C.utf8", "th_TH.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1")[number]
    zone = ("UTC", "Asia/Bangkok", "America/St_Johns", "Pacific/Kiritimati", "XYZ+11", "")[number]
    seed = str(draw.randrange(1 << 32))
    made = build(sys.executable, raw, tmp_path / "out", LC_ALL=locale, TZ=zone, PYTHONHASHSEED=seed)
    assert made == {path.name: path.read_bytes() for path in built.iterdir()}
    figure(f"same bytes: locale {locale}, zone {zone!r}, hash seed {seed}")


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_another_python_gives_the_same_bytes(
    version: str, raw_dir: Path, built: Path, tmp_path: Path, figure: Figure
) -> None:
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "-c", ""], check=False).returncode:
        pytest.skip(f"no python{version} that runs on this machine's path")
    if f"{sys.version_info.major}.{sys.version_info.minor}" == version:
        inside = sys.executable
    else:
        subprocess.run([python, "-m", "venv", tmp_path / "venv"], check=True)
        inside = str(tmp_path / "venv" / "bin" / "python")
        pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", ROOT / "requirements" / "run.lock"], check=True)
        subprocess.run([*pip, "--no-deps", ROOT], check=True)
    made = build(inside, raw_dir, tmp_path / "out")
    assert made == {path.name: path.read_bytes() for path in built.iterdir()}
    figure(f"same bytes: Python {version}")
