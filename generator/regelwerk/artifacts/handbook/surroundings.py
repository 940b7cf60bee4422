"""What the handbook tells beside the definitions, and the site in which it will stand."""

from __future__ import annotations

import msgspec

from regelwerk.model.coverage import StandardCoverage
from regelwerk.model.site import Site


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """`coverage` of the organization's standards; numbers of fewer than `min_cases` are not told.

    The counts of records in `coverage` are as they are; withholding them is the pages' affair.
    """

    coverage: tuple[StandardCoverage, ...] = ()
    min_cases: int = 0
    site: Site = Site()


NOTHING_ELSE = Surroundings()
"""No coverage, and no site that anything is known of."""
