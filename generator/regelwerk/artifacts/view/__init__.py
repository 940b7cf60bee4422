"""The reader's view of a process: everything in words, so that templates only arrange it."""

from regelwerk.artifacts.view.chart import chart_of
from regelwerk.artifacts.view.process import process_view
from regelwerk.artifacts.view.sample import sample_view

__all__ = ["chart_of", "process_view", "sample_view"]
