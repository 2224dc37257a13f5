"""Whether two pictures of a figure show the same: every colour of one has its like in the other, within a few pixels.

Engines draw letters and the edges of lines each in their own way, one row of black or two of grey: so pixels are compared with
their neighbours mixed in, and not one by one. A curve that is missing leaves the pixels of its colour without any like.
"""

import io

import matplotlib
import numpy as np
from PIL import Image
from scipy.ndimage import uniform_filter

from neurolib.explorer.figure import COLOURS

# Measured on three figures at two widths: what one engine lacks of another is at most 2.9 % of a colour's pixels; with one
# curve taken away it is 14 % and more.
NEAR = 4  # pixels, by which letters and ends of lines differ
SAME_COLOUR = 90.0  # distance of two colours, of 442 from black to white
INK = 60.0  # the same distance, within which a pixel is of one of the book's inks and no mixture
FEWEST = 120  # pixels of a colour, below which it is only the edges of others
INKS = 255.0 * np.array([matplotlib.colors.to_rgb(colour) for name, colour in COLOURS.items() if name != "grid"])


def pixels(png, box):
    """The part of a screenshot that ``box`` (left, top, width, height) covers, as numbers."""
    left, top, width, height = box
    picture = Image.open(io.BytesIO(png)).convert("RGB").crop((left, top, left + width, top + height))
    return np.asarray(picture, dtype=float)


def missing_ink(first, second):
    """The largest part of the pixels of one colour in ``first`` that have no like in ``second``."""
    height, width = np.minimum(first.shape, second.shape)[:2]
    first, second = first[:height, :width], second[:height, :width]
    away = np.linalg.norm(first[:, :, None, :] - INKS, axis=-1)
    ink = np.where(away.min(axis=-1) < INK, away.argmin(axis=-1), -1)
    first, second = (uniform_filter(picture, (3, 3, 0)) for picture in (first, second))
    wide = np.pad(second, ((NEAR, NEAR), (NEAR, NEAR), (0, 0)), constant_values=1e4)
    nearest = np.full(ink.shape, np.inf)
    for down in range(2 * NEAR + 1):
        for right in range(2 * NEAR + 1):
            other = wide[down : down + height, right : right + width]
            nearest = np.minimum(nearest, np.linalg.norm(first - other, axis=-1))
    counts = [(np.sum(ink == k), np.sum((ink == k) & (nearest > SAME_COLOUR))) for k in range(len(INKS))]
    shares = [lost / count for count, lost in counts if count >= FEWEST]
    assert shares, "nothing is drawn"
    return max(shares)
