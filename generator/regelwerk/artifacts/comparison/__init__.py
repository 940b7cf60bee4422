"""What changed between two versions of a process, for readers: sentences, and a redline."""

from regelwerk.artifacts.comparison.since import as_it_was, history, since_last
from regelwerk.artifacts.comparison.tell import Comparison, Told, compare

__all__ = ["Comparison", "Told", "as_it_was", "compare", "history", "since_last"]
