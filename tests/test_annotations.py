"""The findings of `check` in CI: annotations, JUnit XML, the pre-commit hook and the action."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
import yaml
from shell import sisterdata

from sisterdata import schemas
from sisterdata.cli.github_annotations import github, junit
from sisterdata.dataset.check import Report, check
from sisterdata.dataset.check_keys_and_schemas import Finding

ROOT = Path(__file__).parents[1]


def report(*findings: Finding) -> Report:
    return Report(findings, pd.DataFrame(), rebuilt=False)


@pytest.fixture
def broken(built: Path, tmp_path: Path) -> Path:
    """A dataset with a cell changed by hand."""
    folder = shutil.copytree(built, tmp_path / "tables")
    relations = folder / "relations.csv"
    relations.write_text(relations.read_text(encoding="utf-8").replace("LOI", "LOO", 1))
    return folder


def test_an_annotation_is_on_the_line_of_its_row(built: Path) -> None:
    lines = (built / "relations.csv").read_text(encoding="utf-8").splitlines()
    key = lines[4].split(",")[0]
    annotations = list(
        github(
            report(
                Finding("relations", key, "country", "XX is not its country"),
                Finding("relations", "row 3", "schema", "stage: 'x'"),
                Finding("relations", "nobody", "drift", "a rebuild adds this row"),
                Finding("events", "events.csv", "damaged", "other bytes"),
            ),
            built,
        )
    )
    where = [
        re.match(r"::error file=(\S+?),title=sisterdata%3A \w+(?:,line=(\d+))?::", a)
        for a in annotations
    ]
    assert [(Path(w[1]).name, w[2]) for w in where if w] == [
        ("relations.csv", "5"),
        ("relations.csv", "5"),
        ("relations.csv", None),
        ("events.csv", None),
    ]
    assert annotations[0].endswith(f"::{key}: XX is not its country")


def test_the_line_is_that_of_the_current_file(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "tables")
    path = folder / "relations.csv"
    head, first, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    finding = Finding("relations", first.split(",")[0], "drift", "x")
    assert ",line=2::" in next(github(report(finding), folder))
    path.write_text("".join([head, *others, first]), encoding="utf-8")
    assert f",line={len(others) + 2}::" in next(github(report(finding), folder))


def test_text_in_an_annotation_is_escaped(tmp_path: Path) -> None:
    hostile = "a\n::error file=x::y%0A\r,b:c"
    (said,) = github(report(Finding("t,a:b", hostile, hostile, hostile)), tmp_path)
    assert "\n" not in said
    assert "\r" not in said
    properties, _, message = said.removeprefix("::error ").partition("::")
    assert len(properties.split(",")) == 2
    assert (
        message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        == f"{hostile}: {hostile}"
    )


def test_junit_has_a_case_for_each_table(built: Path) -> None:
    root = ET.fromstring(junit(report(Finding("places", "k\x00<", "schema", "a\x07 & b")), built))
    assert {case.get("name") for case in root.iter("testcase")} == set(schemas.TABLES)
    (failure,) = root.iter("failure")
    assert failure.text == "k\ufffd<: schema: a\ufffd & b"
    assert root.get("failures") == "1"
    assert not list(ET.fromstring(junit(report(), built)).iter("failure"))


def test_the_command_annotates_and_writes_junit(broken: Path, tmp_path: Path) -> None:
    words = ("check", str(broken), "--format", "github", "--junit", "junit.xml")
    done = sisterdata(*words, folder=tmp_path)
    assert done.returncode == 1
    assert f"::error file={broken / 'relations.csv'}" in done.stdout
    failures = ET.parse(tmp_path / "junit.xml").getroot().get("failures")
    assert int(failures or 0) == len({finding.table for finding in check(broken).findings})


def test_two_formats_at_once_are_refused(broken: Path) -> None:
    done = sisterdata("check", broken, "--format", "github", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "not both" in done.stderr


# --- the hook and the action --------------------------------------------------------------------

WITH_COMMAND = os.environ | {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
}


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=folder,
        env=WITH_COMMAND | {"PRE_COMMIT_HOME": str(folder / ".cache")} | more,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_hook_manifest_is_valid() -> None:
    done = run(ROOT, "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


def test_the_hook_fails_a_bad_commit(built: Path, tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    # As pre-commit runs it, but for the environment it would install: that of the tests is used.
    hook |= {"language": "system", "args": ["data"]}
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    shutil.copytree(built, tmp_path / "data")
    run(tmp_path, "git", "init", "-q")
    run(tmp_path, "git", "config", "user.email", "nobody@example.org")
    run(tmp_path, "git", "config", "user.name", "nobody")
    assert run(tmp_path, "pre-commit", "install").returncode == 0
    run(tmp_path, "git", "add", "data", ".pre-commit-config.yaml")
    good = run(tmp_path, "git", "commit", "-m", "good")
    assert good.returncode == 0, good.stderr
    relations = tmp_path / "data" / "relations.csv"
    relations.write_text(relations.read_text(encoding="utf-8").replace("LOI", "LOO", 1))
    run(tmp_path, "git", "add", "data")
    bad = run(tmp_path, "git", "commit", "-m", "bad")
    assert bad.returncode == 1
    assert "relations.csv: damaged" in bad.stderr + bad.stdout


def test_the_hook_fails_without_a_folder(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    done = run(tmp_path, *hook["entry"].split(), *hook["args"])
    assert done.returncode == 2
    assert "datapackage.json" in done.stderr


def test_the_command_of_the_action(built: Path, broken: Path, tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (step,) = [step for step in action["runs"]["steps"] if step.get("name") == "check"]
    assert "${{" not in step["run"]
    inputs = {value[len("${{ inputs.") : -len(" }}")] for value in step["env"].values()}
    assert inputs == set(action["inputs"]) - {"python-version"}

    def act(data: Path, junit: str) -> subprocess.CompletedProcess[str]:
        return run(
            tmp_path,
            "bash",
            "-eo",
            "pipefail",
            "-c",
            step["run"],
            DATA=str(data),
            RAW="",
            JUNIT=junit,
        )

    assert act(built, "").returncode == 0
    found = act(broken, "of this run.xml")
    assert found.returncode == 1
    assert found.stdout.startswith("::error file=")
    assert (tmp_path / "of this run.xml").exists()


def test_every_changed_row_is_annotated_on_its_line(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "data")
    file = tmp_path / "data" / "places.csv"
    lines = file.read_text(encoding="utf-8").split("\n")
    for at in (2, 5):
        lines[at] = lines[at].replace(",CN,", ",XX,").replace(",JP,", ",XX,")
    del lines[8]
    file.write_text("\n".join(lines), encoding="utf-8")
    found = [f for f in check(tmp_path / "data").findings if f.code == "changed"]
    changed = {line.partition(",")[0] for line in (lines[2], lines[5]) if ",XX," in line}
    assert changed <= {finding.row for finding in found}
    assert len(found) == len(changed) + 1
    annotations = list(github(check(tmp_path / "data"), tmp_path / "data"))
    for row in changed:
        line = 1 + next(n for n, text in enumerate(lines) if text.startswith(row + ","))
        assert any(
            f"line={line}:" in text.replace(",", ":") and row in text for text in annotations
        )


def test_findings_come_before_any_table(broken: Path) -> None:
    done = sisterdata("check", broken)
    assert done.returncode == 1
    first = done.stdout.splitlines()[0]
    assert "what the sources count" not in first
    assert done.stdout.index(first) < done.stdout.index("what the sources count")


def test_the_action_installs_into_its_own_environment(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    python, install, check_ = action["runs"]["steps"]
    assert python["with"]["update-environment"] is False
    # As the runner does it, with a package that has nothing to fetch.
    package = tmp_path / "package"
    (package / "src").mkdir(parents=True)
    (package / "pyproject.toml").write_text("")
    command = install["run"].replace("pip install --quiet", "pip --version #")
    done = run(
        tmp_path, "bash", "-eo", "pipefail", "-c", command,
        PYTHON=sys.executable, HERE=str(package), RUNNER_TEMP=str(tmp_path / "runner"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "runner" / "sisterdata") in done.stdout
    assert "/sisterdata/bin:" in check_["run"]
