"""What changed between two versions of a process, for readers: sentences, and a redline."""

from regelwerk.artifacts.comparison.since import history, since_last
from regelwerk.artifacts.comparison.tell import Comparison, Told, compare

__all__ = ["Comparison", "Told", "compare", "history", "since_last"]
