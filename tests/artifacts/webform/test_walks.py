"""The way that the form asks for, compared with what the replay accepts, on random processes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from artifacts.webform.webform_worlds import context_of
from records.flows import Acceptor, random_process, random_walk
from records.support import entry, judge, record
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.artifacts.webform.data import form_data

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
]


def told_of(cases: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """What the script's logic says of each case."""
    (folder / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    script = Path(__file__).with_name("walks.mjs")
    run = subprocess.run(
        ["node", str(script), str(folder / "cases.json")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_every_case_that_conforms_is_on_the_way_and_keeps_its_order(tmp_path: Path) -> None:
    cases, walks = [], []
    for seed in range(120):
        random = Random(seed)  # noqa: S311
        definition = random_process(random)
        form = form_data(lookup(context_of(definition)), {})
        for _ in range(3):
            found = random_walk(random, Acceptor(definition))
            if found is not None:
                walk, end = found
                steps = [entry(step, option) for step, option in walk]
                cases.append({"form": form, "entries": steps})
                walks.append((seed, definition, walk, end))
    assert len(cases) > 100
    for told, (seed, definition, walk, end) in zip(told_of(cases, tmp_path), walks, strict=True):
        where = (seed, walk, told)
        assert [key.split("#")[0] for key in told["kept"]] == [step for step, _ in walk], where
        assert told["aside"] == [], where
        assert told["at"] == f"end:{end}", where
        assert told["skipped"] == [], where
        options = dict(zip(told["kept"], (option for _, option in walk), strict=True))
        again = [entry(key.split("#")[0], options[key]) for key in told["fresh"]]
        assert judge(definition, record(*again, closed_with=end)) == [], where
