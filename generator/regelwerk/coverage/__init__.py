"""Which clause of a standard is answered by which process, step, document and record."""

from regelwerk.coverage.assess import coverage_of

__all__ = ["coverage_of"]
