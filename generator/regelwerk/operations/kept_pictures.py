"""Pictures of charts kept from one build to the next, since laying them out takes most of the time.

A picture is found by what it was drawn from, and taken only where its bytes are those that the
manifest of this very code names; whatever else lies there is drawn anew.
"""

from __future__ import annotations

import msgspec

from regelwerk.artifacts.handbook.picture import Drawn, draw_twice
from regelwerk.artifacts.picture.chart import Chart
from regelwerk.model.context import Artifact
from regelwerk.operations.manifest import fingerprint_of
from regelwerk.operations.output import Output


class KeptPictures:
    """Draws charts; those of the last build are read from the unit `name` of the build folder.

    A folder that somebody named for the output is theirs: nothing is kept in it.
    """

    def __init__(self, output: Output, name: str) -> None:
        self._output = None if output.named else output
        self._name = name
        self._used: dict[str, Artifact] = {}

    def draw(self, chart: Chart) -> Drawn:
        """The picture of the chart, drawn now or earlier."""
        path = f"{self._name}/{fingerprint_of(chart)}.json"
        content = self._output.kept(self._name, path) if self._output is not None else None
        drawn = msgspec.json.decode(content, type=Drawn) if content is not None else None
        if drawn is None or content is None:
            drawn = draw_twice(chart)
            content = msgspec.json.encode(drawn)
        self._used[path] = Artifact(path, content)
        return drawn

    def keep(self) -> None:
        """Write down what was asked for, for the next build; what was not, goes."""
        if self._output is not None:
            self._output.keep(self._name, [self._used[path] for path in sorted(self._used)])
