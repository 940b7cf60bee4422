"""How far changes go: wording, a minor or a major number."""

from __future__ import annotations

import pytest

from difference_support import FULL, build, edited
from regelwerk.model.difference import Extent, differences, extent
from schemas.documents import GONE


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({}, "none"),
        ({"version": "2.1", "change": "Anew", "approval": "other"}, "none"),
        ({"history": GONE}, "none"),
        ({"purpose": "Orders are handled well."}, "editorial"),
        ({"steps/0/title": "Take it", "kpis/0/title": "Time"}, "editorial"),
        ({"steps/1/decision/options/big-one/label": "Huge"}, "editorial"),
        ({"steps/0/instructions/0": "Listen well."}, "editorial"),
        ({"steps/0/instructions": ["Listen to the customer."]}, "minor"),
        ({"steps/0/instructions": ["Listen.", "Write it down.", "Sign it."]}, "minor"),
        ({"scope": GONE}, "minor"),
        ({"kpis/0/target/max": 24}, "minor"),
        ({"documents/order-form/retention": "P1Y"}, "minor"),
        ({"steps/0/due/within": "P4D", "purpose": "Anew."}, "minor"),
        ({"steps/0/fields/0/required": False}, "minor"),
        ({"steps/0/responsible": "shop-lead"}, "major"),
        ({"steps/1/decision/options/big-one/next": "pack-order"}, "major"),
        ({"steps/1/decision/options/no-order": GONE}, "major"),
        ({"steps/0/optional": GONE}, "major"),
        ({"owner": "head-office"}, "major"),
        ({"ends/no-deal/success": True}, "major"),
        ({"steps/2": GONE}, "major"),
    ],
)
def test_the_extent_of_a_change(edits: dict[str, object], expected: Extent) -> None:
    assert extent(differences(build(FULL), build(edited(edits)))) == expected
