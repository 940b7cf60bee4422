"""What differs between two definitions, as data: pure, and the same for everybody who asks.

It lies in the ground because approvals, artifacts and operations all argue with it.
"""

from regelwerk.model.difference.change import Change, Detail, Kind, Part, Place, Position, Weight
from regelwerk.model.difference.compare import differences
from regelwerk.model.difference.weight import Extent, extent

__all__ = [
    "Change",
    "Detail",
    "Extent",
    "Kind",
    "Part",
    "Place",
    "Position",
    "Weight",
    "differences",
    "extent",
]
