"""The formats in which a figure is drawn: tall for a phone held upright, wide for everything else.

A format is chosen so that its text is readable at the size at which it is shown: 11 pixels at least on a phone of 360,
14 on a desktop. Units are those of the SVG.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

LEFT, RIGHT, ABOVE, BELOW, GAP = 42, 10, 26, 36, 26


@dataclass(frozen=True)
class Format:
    """The size of a figure; ``columns``: panels with horizontal axes of their own may stand beside each other."""

    name: str
    width: float
    tallest: float
    columns: bool

    def height(self, heights, shared, grid):
        """The height of the whole figure: what the panels ask for, at most ``tallest``; a wide one is always as tall."""
        if self.columns:
            return self.tallest
        return min(sum(heights) + self.around(len(heights), shared), self.tallest)

    def around(self, number, shared):
        """What the names of axes take of the height of ``number`` panels in a column."""
        return ABOVE * number + BELOW * (1 if shared else number)

    def places(self, heights, shared, grid):
        """For each panel its number, left edge, lower edge, width and height, in parts of the figure."""
        total = self.height(heights, shared, grid)
        width = (self.width - GAP * (len(grid) - 1)) / len(grid)
        for number, column in enumerate(grid):
            room = total - self.around(len(column), shared)
            left, top = number * (width + GAP) + LEFT, total
            for place in column:
                height = room * heights[place] / sum(heights[other] for other in column)
                top -= ABOVE + height
                yield place, left / self.width, top / total, (width - LEFT - RIGHT) / self.width, height / total
                top -= 0 if shared else BELOW


TALL = Format("tall", 340, 384, False)
WIDE = Format("wide", 560, 344, True)
FORMATS = (TALL, WIDE)
BELOW_A_SCENE = 330  # a tall figure's height under a scene: both stand on a phone's screen
_at_hand = ContextVar("format", default=WIDE)


def of(explorer):
    """The formats of an explorer's figure."""
    return (replace(TALL, tallest=BELOW_A_SCENE), WIDE) if explorer.scene else FORMATS


def current():
    """The format at hand."""
    return _at_hand.get()


@contextmanager
def drawn_in(form):
    """Draw in this format."""
    token = _at_hand.set(form)
    try:
        yield
    finally:
        _at_hand.reset(token)
