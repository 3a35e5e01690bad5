"""The view for a terminal: the scene in big letters and the figure beside them, redrawn in place."""

import contextlib
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.cli.session.figure_view import FigureView
from coach.cli.session.letters import big
from coach.cli.session.view import SceneKeeper, clock_text
from coach.log.entries import Entry

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

SHOWN_EVERY_S = 0.25
FIGURE_COLUMNS, FIGURE_ROWS = (20, 30), 11  # from, to
COUNT_COLUMNS = 48  # a word of six big letters: the figure never takes their place


class LiveView(SceneKeeper):
    """The scene in big letters and the figure beside them, drawn by a thread of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._figure = FigureView()

    def watch(self, entry: Entry) -> None:
        """Take in what happened."""
        super().watch(entry)
        self._figure.watch(entry)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Draw it while the session runs; leave the terminal as it was."""
        from rich.live import Live

        with Live(get_renderable=self._drawn, refresh_per_second=1 / SHOWN_EVERY_S, screen=sys.stdout.isatty()):
            yield

    def _drawn(self) -> "RenderableType":
        from rich.align import Align
        from rich.console import Group
        from rich.panel import Panel
        from rich.text import Text

        scene = self.scene
        body = Group(
            Text(scene.title.upper(), style="bold"),
            Text(),
            self._count(),
            Text(),
            Text(scene.said),
            Text(scene.heard, style="bold green" if scene.taken else "bold red"),
            Text(scene.note, style="magenta"),
        )
        foot = f"{clock_text(scene.clock_s)} · ? what can be said · space pause · c continue · q end"
        return Panel(Align.center(body, vertical="middle"), subtitle=foot, padding=(1, 2))

    def _count(self) -> "RenderableType":
        """Return the word and the numbers in big letters, and where there is room the figure beside them."""
        from rich.columns import Columns
        from rich.text import Text

        scene, columns = self.scene, shutil.get_terminal_size().columns - 8
        left = "" if scene.left_s is None else f"{int(scene.left_s) // 60}:{int(scene.left_s) % 60:02d}"
        least, most = FIGURE_COLUMNS
        wide = min(most, columns - COUNT_COLUMNS - 1)
        figure = self._figure.lines(scene.clock_s, wide, FIGURE_ROWS) if wide >= least else ()
        if not figure:
            return Text("\n\n").join(_big(scene.word, "  ".join(filter(None, (scene.rep, left))), columns))
        drawn = Text("\n".join(line.ljust(wide) for line in figure), no_wrap=True)
        return Columns([drawn, Text("\n\n").join(_big(scene.word, scene.rep or left, columns - wide - 1))])


def _big(word: str, numbers: str, columns: int) -> "list[Text]":
    from rich.text import Text

    return [
        Text(big(word, columns), style="bold yellow", no_wrap=True),
        Text(big(numbers, columns), style="bold cyan", no_wrap=True),
    ]
