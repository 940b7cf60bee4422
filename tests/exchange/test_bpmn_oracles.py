"""BPMN as other programs see it; run `npm ci` in `tools/` and install the group `oracles` first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from checks.random_definitions import Maker
from exchange.oracles import (
    drawn,
    linted,
    needs_chromium,
    needs_modules,
    needs_node,
    schema_faults,
)
from exchange.worlds import all_files, bpmn_of

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DRAWN = ("participant", "lane", "startEvent", "endEvent", "userTask", "callActivity")
GATEWAYS = ("exclusiveGateway", "parallelGateway")


@needs_modules
def test_every_file_is_valid_against_the_schemas_of_the_omg() -> None:
    assert {name: schema_faults(content) for name, content in all_files().items()} == {
        name: [] for name in all_files()
    }


@needs_modules
@pytest.mark.parametrize("seed", range(40))
def test_a_definition_with_faults_in_its_flow_still_makes_a_valid_file(seed: int) -> None:
    data = Maker(seed).process()
    data["steps"].append({"id": "lost", "title": "Lost", "responsible": "nobody", "next": "gone"})
    assert schema_faults(bpmn_of(data)) == []


@needs_modules
def test_the_schemas_refuse_what_is_not_bpmn() -> None:
    content = all_files()["odd"].replace(b"bpmn:userTask", b"bpmn:humanTask")
    assert schema_faults(content)


@needs_node
@needs_modules
def test_bpmnlint_finds_nothing_and_its_reader_warns_of_nothing(tmp_path: Path) -> None:
    found = linted(all_files(), tmp_path)
    assert found == {name: {"warnings": [], "problems": []} for name in all_files()}


@needs_node
@needs_modules
def test_bpmnlint_finds_what_is_wrong(tmp_path: Path) -> None:
    content = all_files()["odd"]
    unnamed = re.sub(rb'(<bpmn:userTask id="step-work") name="[^"]*"', rb"\1", content)
    assert unnamed != content
    (problem,) = linted({"unnamed": unnamed}, tmp_path)["unnamed"]["problems"]
    assert problem.startswith("label-required step-work")


@needs_chromium
@needs_modules
@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_bpmn_js_draws_every_lane_node_flow_and_label(tmp_path: Path) -> None:
    seen = drawn(all_files(), tmp_path)
    for name, content in all_files().items():
        assert seen[name]["warnings"] == [], name
        elements = seen[name]["elements"]
        for element in etree.fromstring(content).iter():
            tag = etree.QName(element).localname
            if tag not in (*DRAWN, *GATEWAYS, "sequenceFlow", "textAnnotation"):
                continue
            id_ = element.get("id")
            assert elements[id_]["drawn"], (name, id_)
            said = element.get("name") or element.findtext(f"{MODEL}text") or ""
            shown = elements[id_]["text"] or elements.get(f"{id_}_label", {"text": ""})["text"]
            assert _letters(shown) == _letters(said), (name, id_)


def _letters(text: str) -> str:
    """A text without white space and hyphens, which change where lines are broken."""
    return re.sub(r"[\s-]", "", text)
