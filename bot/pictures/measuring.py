"""Whether the writing of a page can be read: light, something written, sharpness, edges. Every threshold stands here.

The measures are taken on a grey picture of 1,200 pixels. The thresholds lie between what pages drawn by the tests give
when they are good and when they are spoilt (tests/storage/test_pictures.py holds both sides), on the side of the
person: a page is refused only when a reader would give up on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from flows.events import Verdict

SIDE: Final = 1200
SMALLEST: Final = 700
"""Pixels of the longer side: below, a line of an A4 page is under nine pixels high."""

DARKEST_PAPER: Final = 90
"""Luminance of the brightest twentieth, the paper. Lamplight gives 120 to 180, a page that looks grey to us 90."""

LEAST_INK: Final = 0.0008
"""Part of the page that is darker than its surroundings. One line of words on A4 is 0.002, an empty page 0."""

LEAST_SHARP: Final = 190.0
"""Variance of the Laplacian where the page is sharpest. Sharp print gives 1,000 to 2,400, out of focus by two pixels
220 to 400 and still legible, by three 50 to 160."""

MOST_AT_AN_EDGE: Final = 0.03
"""Part of the paper along an edge that is ink. A margin has none, print that runs off the picture 0.08 and more."""

_INK: Final = 24
"""Levels that ink is darker than its surroundings, paper being stretched to 255."""
_AROUND: Final = 16
"""Radius of those surroundings, in pixels: wider than a letter, narrower than the shadow of a hand."""
_FAINTEST: Final = 60
"""Levels between paper and the darkest of a page that has next to nothing on it."""
_GRAIN: Final = 0.8
"""Radius, in pixels, of what a camera's noise looks like: smoothed before sharpness is measured."""
_TILES: Final = 8
_BAND: Final = (0.004, 0.016)
"""Where along an edge ink is looked for, as parts of the side: past the thin line that a scanner leaves."""
_PAPER: Final = 150
"""Level above which the surroundings of a pixel are paper and not a table."""

_LAPLACIAN: Final = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=4, offset=128)


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured of a page: the longer side in pixels, paper in levels of 0 to 255, the others as above."""

    side: int
    paper: int
    ink: float
    sharp: float
    at_edge: float


def measured(page: Image.Image) -> Measures:
    """The measures of a page in any mode."""
    grey = page.convert("L")
    grey.thumbnail((SIDE, SIDE))
    paper = _level(grey, 0.95)
    low = min(_level(grey, 0.001), paper - _FAINTEST)
    even = grey.point([max(0, min(255, round((level - low) * 255 / (paper - low)))) for level in range(256)])
    around = even.filter(ImageFilter.GaussianBlur(_AROUND))
    on_paper = around.point(_above(_PAPER))
    ink = ImageChops.multiply(ImageChops.subtract(around, even).point(_above(_INK)), on_paper)
    return Measures(max(page.size), paper, _part(ink), _sharpness(even, on_paper), _at_edge(ink, on_paper))


def verdict(found: Measures) -> Verdict:
    """What stands most in the way of reading, the first thing to mend first; "good" when nothing does."""
    if found.side < SMALLEST:
        return "too_small"
    if found.paper < DARKEST_PAPER:
        return "too_dark"
    if found.ink < LEAST_INK:
        return "blank"
    if found.sharp < LEAST_SHARP:
        return "blurred"
    if found.at_edge > MOST_AT_AN_EDGE:
        return "cut_off"
    return "good"


def _level(grey: Image.Image, part: float) -> int:
    """The level that so large a part of the pixels does not exceed."""
    counts = grey.histogram()
    wanted, so_far = part * sum(counts), 0
    for level, count in enumerate(counts):
        so_far += count
        if so_far >= wanted:
            return level
    return 255


def _part(mask: Image.Image) -> float:
    return ImageStat.Stat(mask).mean[0] / 255


def _above(level: int) -> list[int]:
    """The table that makes a mask: white above that level."""
    return [255 if one > level else 0 for one in range(256)]


def _sharpness(even: Image.Image, on_paper: Image.Image) -> float:
    """The variance of the Laplacian in the fourth-sharpest tile of paper: a page with three lines has four."""
    calm = even.filter(ImageFilter.GaussianBlur(_GRAIN))
    edges = ImageOps.crop(calm.filter(_LAPLACIAN), 2)  # the filter leaves the outermost pixels as they were
    width, height = edges.width // _TILES, edges.height // _TILES
    found = []
    for x, y in product(range(_TILES), range(_TILES)):
        tile = (x * width, y * height, (x + 1) * width, (y + 1) * height)
        if _part(on_paper.crop(tile)) > 0.5:
            found.append(ImageStat.Stat(edges.crop(tile)).var[0] * 16)  # the filter has divided by four
    return sorted(found, reverse=True)[:4][-1] if found else 0.0


def _at_edge(ink: Image.Image, on_paper: Image.Image) -> float:
    """The largest part of ink in the paper of a band along one of the four edges."""
    width, height = ink.size
    near, far = (max(1, round(part * max(width, height))) for part in _BAND)
    bands = (
        (0, near, width, far + 1),
        (0, height - far - 1, width, height - near),
        (near, 0, far + 1, height),
        (width - far - 1, 0, width - near, height),
    )
    on = [(_part(ink.crop(band)), _part(on_paper.crop(band))) for band in bands]
    return max((part / paper for part, paper in on if paper > 0.2), default=0.0)
