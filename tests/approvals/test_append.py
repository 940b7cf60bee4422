"""Adding to approvals.yaml: what is there stays, character for character."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.approvals.append import CannotAppendError, append_item, append_key
from regelwerk.approvals.yaml_text import block, flow
from regelwerk.project.reading import decode, parse

HEAD = '# who signed\nversion: "1.0"   # in quotes\ndigest: x\n'
ITEM: dict[str, Any] = {
    "stage": "approved",
    "by": "gerald.unger",
    "deputy": True,
    "at": "2026-05-12T10:00:00+02:00",
    "method": "ssh",
    "comment": 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字 # no: comment\n\tat all \u2028 \U000e0001',
    "original": {"file": "a b.pdf", "sha256": "00"},
    "signature": "-----BEGIN SSH SIGNATURE-----\nU1N=\n-----END SSH SIGNATURE-----\n",
}
TEXTS = [
    HEAD,
    HEAD.rstrip("\n"),
    HEAD.replace("\n", "\r\n"),
    "\ufeff" + HEAD,
    HEAD + "\n\n# the end\n",
    HEAD + "signatures: []\n",
    HEAD + "signatures: [{a: b}]  # one line\nx-note: kept\n",
    HEAD + "signatures: [\n  {a: b}, # first\n  {c: d},\n]\n",
    HEAD + "signatures:\n- {a: b}\n# below\n",
    HEAD + "signatures:\n    - a: b\n      c: |\n        one\n\n        two\n\n# below\nx-z: []\n",
    HEAD + "signatures:\n  - a: 'b'   # beside\n  # below\n\nreviews:\n  - {a: b}\n",
    HEAD + "signatures:\n  - a:\n      - b\n      - {c: d,\n         e: f}\nwithdrawn: {by: x}",
    HEAD + "signatures:\n  - a:\n  # nothing\n\n\nx-z: 1\n",
    HEAD + "signatures:\n  - {a: ü漢字𝄞}\n",
    '{"version": "1.0", "digest": "x"}\n',
    '{"version": "1.0", "signatures": [{"a": "b"}]}',
    HEAD + "signatures:\n  - a: b\n...\n",
]


def read(text: str) -> Any:
    tree = parse(decode(text.encode()), is_json=False)
    assert tree.problems == ()
    return tree.data


def is_kept(before: str, after: str) -> bool:
    """Whether the old text is there in one or two pieces, round one insertion."""
    same = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before)
    )
    return after.endswith(before[same:]) and len(after) > len(before)


@pytest.mark.parametrize("text", TEXTS)
def test_an_item_is_added_at_the_end_and_nothing_else_changes(text: str) -> None:
    after = append_item(text, "signatures", ITEM)
    before = read(text)
    assert read(after) == {**before, "signatures": [*before.get("signatures", []), ITEM]}
    assert is_kept(text, after)
    twice = append_item(after, "signatures", ITEM)
    assert read(twice)["signatures"] == [*before.get("signatures", []), ITEM, ITEM]
    assert ("\r\n" in text) is ("\r\n" in after)
    assert "\r\n" not in after or after.count("\n") == after.count("\r\n")


@pytest.mark.parametrize("text", [text for text in TEXTS if "withdrawn" not in text])
def test_a_key_is_added_below_the_others(text: str) -> None:
    after = append_key(text, "withdrawn", {"by": "x", "reason": "y: z"})
    assert read(after) == {**read(text), "withdrawn": {"by": "x", "reason": "y: z"}}
    assert is_kept(text, after)


def test_a_signature_reads_well_in_the_file() -> None:
    after = append_item(HEAD, "signatures", {**ITEM, "comment": "Fine."})
    assert after == HEAD + (
        "signatures:\n"
        "  - stage: approved\n"
        "    by: gerald.unger\n"
        "    deputy: true\n"
        '    at: "2026-05-12T10:00:00+02:00"\n'
        "    method: ssh\n"
        '    comment: "Fine."\n'
        "    original:\n"
        '      file: "a b.pdf"\n'
        '      sha256: "00"\n'
        "    signature: |\n"
        "      -----BEGIN SSH SIGNATURE-----\n"
        "      U1N=\n"
        "      -----END SSH SIGNATURE-----\n"
    )


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "- a\n", "a: [", "signatures: x\n", "signatures: {a: b}\n"]
)
def test_what_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(CannotAppendError):
        append_item(text, "signatures", ITEM)


def test_a_second_withdrawal_is_refused() -> None:
    with pytest.raises(CannotAppendError, match="already"):
        append_key(HEAD + "withdrawn: {by: x}\n", "withdrawn", {"by": "y"})


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
TEXT = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
ENTRIES = st.dictionaries(
    st.sampled_from(["by", "at", "comment", "reason", "role", "x-y_z"]),
    TEXT | st.booleans() | st.sampled_from(["no", "null", "2026-05-12", "1.10", "-", "~", "a-"]),
    min_size=1,
)


@settings(max_examples=150, deadline=None)
@given(ENTRIES)
def test_any_entry_is_read_back_as_it_was(entry: dict[str, Any]) -> None:
    for text in (TEXTS[0], TEXTS[6], TEXTS[9]):
        assert read(append_item(text, "signatures", entry))["signatures"][-1] == entry
    assert read("\n".join(block(entry)) + "\n") == entry
    assert read(f"a: {flow(entry)}\n") == {"a": entry}


@settings(max_examples=80, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=4), st.sampled_from(TEXTS))
def test_any_number_of_entries_one_after_the_other(
    entries: list[dict[str, Any]], text: str
) -> None:
    before = read(text)
    after = text
    for entry in entries:
        after = append_item(after, "signatures", entry)
    assert read(after) == {**before, "signatures": [*before.get("signatures", []), *entries]}
