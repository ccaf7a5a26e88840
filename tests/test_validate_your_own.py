"""The examples in docs/validate_your_own.md run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validate_your_own.md"


def test_the_examples_run() -> None:
    failed, run = doctest.testfile(
        str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert run > 20
    assert failed == 0


def test_the_hook_and_the_action_inputs_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    examples = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    hook, job = map(yaml.safe_load, examples)
    used = {used["id"] for repo in hook["repos"] for used in repo["hooks"]}
    assert used == {known["id"] for known in hooks}
    assert set(job["steps"][1]["with"]) <= set(action["inputs"])
