"""Page images made ready for OCR: light evened out, slope removed, rules found and erased (numpy and Pillow only)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

Segment = tuple[float, float, float]  # position across, from, to; in pixels
Run = tuple[int, int, int]  # row, start, end (exclusive)
Rule = tuple[Segment, list[Run]]

_INK = 0.62  # darker than this share of the paper around it is ink
_BLANK = 0.0003  # share of the page under ink
_PALE = 0.86  # darker than this share of the paper may be pale writing; the back page shining through is lighter
_PALE_SHARE = 0.002  # of a page without ink that bears a line or two of pale writing
_PIECE = 20  # pixels; shorter runs of ink are letters
_GAP = 10  # pixels; a rule broken by less is one rule
_LENGTH, _LONG = 45, 180  # pixels (6 and 23 mm at 200 dpi); see _held for what shorter ones must show
_ALIGNED = 5  # pixels
_SKEWED = 8  # pixels at a corner; less does no harm
_ROUNDS = 3  # of squaring
_STEEP = 0.1  # slope of a rule; more is a slanting line of a drawing
_SPECK = 2.5  # pixels of full ink within 7 x 7; less is dirt
_THICK = 9  # pixels; thicker is a bar or a picture


@dataclass(frozen=True, slots=True)
class Rules:
    """Ruled lines of a page image, in pixels: (y, x0, x1) and (x, y0, y1); `mask` marks their ink."""

    across: tuple[Segment, ...]
    down: tuple[Segment, ...]
    mask: Any


def even_light(image: Image.Image) -> Image.Image:
    """A grey image with white paper: shadows of a photo and yellowed paper divided out."""
    grey = image.convert("L")
    small = grey.resize((max(1, grey.width // 16), max(1, grey.height // 16)), Image.Resampling.BOX)
    paper = (
        small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(4)).resize(grey.size, Image.Resampling.BILINEAR)
    )
    ratio = np.asarray(grey, dtype=np.float32) / np.maximum(np.asarray(paper, dtype=np.float32), 32)
    return Image.fromarray((np.minimum(ratio, 1.0) * 255).astype(np.uint8))


def with_ink(image: Image.Image) -> Image.Image | None:
    """The evened image as it is; pale writing (worn-out toner, pencil) on a page without ink made dark; None for a blank page."""
    clean = without_specks(image)
    if ink(clean).mean() >= _BLANK:
        return image
    pixels = np.asarray(clean, dtype=np.float32)
    if (pixels < 255 * _PALE).mean() < _PALE_SHARE:
        return None
    darkest = float(np.percentile(pixels, 100 * _PALE_SHARE / 4))
    return Image.fromarray(np.clip(255 - (255 - pixels) * 255 / (255 - darkest), 0, 255).astype(np.uint8))


def squared(image: Image.Image) -> Image.Image:
    """A page of tables whose long rules are made level and upright: photos taken from the side or from below.

    Leaning rules are found in part only, the straighter they stand the better; so it is done again until little is left.
    """
    for _ in range(_ROUNDS):
        better = _squarer(image)
        if better is image:
            break
        image = better
    return image


def _squarer(image: Image.Image) -> Image.Image:
    dark = ink(image)
    across, down = _leanings(_rules_one_way(dark)), _leanings(_rules_one_way(np.ascontiguousarray(dark.T)))
    if across is None or down is None:
        return image
    width, height = image.size
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    source = [
        edge
        for x, y in corners
        for edge in (x + np.polyval(down, x) * (y - height / 2), y + np.polyval(across, y) * (x - width / 2))
    ]
    if max(abs(edge - corner) for edge, corner in zip(source, [c for pair in corners for c in pair], strict=True)) < _SKEWED:
        return image
    return image.transform(image.size, Image.Transform.QUAD, source, Image.Resampling.BICUBIC, fillcolor=255)


def _leanings(rules: list[Rule]) -> Any:
    """How the slope of long rules changes over the page, as a polynomial in their position; None with fewer than three."""
    places, slopes = [], []
    for (position, start, end), runs in rules:
        if end - start >= 2 * _LONG:
            fifth = (end - start) / 5
            head = [row for row, first, _ in runs if first < start + fifth]
            foot = [row for row, _, last in runs if last > end - fifth]
            lean = (sum(foot) / len(foot) - sum(head) / len(head)) / (end - start)
            places.append(position)
            slopes.append(lean)
    if len(places) < 3 or max(places) - min(places) < 2 * _LONG or max(map(abs, slopes)) > _STEEP:
        return None
    at, leans = np.array(places), np.array(slopes)
    one, other = np.triu_indices(len(at), 1)
    apart = at[other] - at[one]
    far = np.abs(apart) > 2 * _LONG
    # Medians, because a rule joined with a letter leans wrongly.
    change = np.median((leans[other] - leans[one])[far] / apart[far])
    return np.array([change, np.median(leans - change * at)])


def without_specks(image: Image.Image) -> Image.Image:
    """The evened image with lone dots smaller than a full stop (3 x 3 pixels in 8 point at 200 dpi) made paper."""
    pixels = np.asarray(image)
    dark = np.where(pixels < 215, 255 - pixels, 0).astype(np.int64)
    sums = np.pad(dark, ((4, 3), (4, 3))).cumsum(0).cumsum(1)
    around = sums[7:, 7:] - sums[:-7, 7:] - sums[7:, :-7] + sums[:-7, :-7]  # over 7 x 7 pixels
    return Image.fromarray(np.where((dark > 0) & (around < _SPECK * 255), 255, pixels).astype(np.uint8))


def ink(image: Image.Image) -> Bools:
    """Which pixels of an evened image are ink, shape (height, width)."""
    return np.asarray(image) < 255 * _INK


def slope(image: Image.Image) -> float:
    """Degrees that the page is turned clockwise, between -12 and 12; 0.0 when lines of text or rules do not tell.

    Ink is projected along candidate slopes; along the right one the rows of ink and paper stand out the most.
    """
    reduced = image.reduce(2)
    ys, xs = np.nonzero(np.asarray(reduced) < 255 * 0.75)
    if len(ys) < 500:
        return 0.0
    if len(ys) > 60_000:
        chosen = np.random.default_rng(0).choice(len(ys), 60_000, replace=False)
        ys, xs = ys[chosen], xs[chosen]

    def sharpness(degrees: float) -> float:
        rows = (ys - xs * np.tan(np.radians(degrees))).astype(np.int64)
        counts = np.bincount(rows - rows.min()).astype(np.float64)
        return float((np.diff(counts) ** 2).sum())

    best = max(np.arange(-12, 12.01, 0.25), key=sharpness)
    best = max(np.arange(best - 0.25, best + 0.26, 0.05), key=sharpness)
    return float(best) if sharpness(best) > 1.1 * sharpness(0.0) else 0.0


def straighten(image: Image.Image, degrees: float) -> Image.Image:
    """The image turned back by `degrees`, same size, corners white."""
    if abs(degrees) < 0.05:
        return image
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def find_rules(dark: Bools) -> Rules:
    """Ruled lines of tables in a straight page's ink: long thin runs, small breaks bridged, that meet a rule of the other way.

    Lines that meet none are underlines or joined serifs, and stay what they are.
    """
    across = _rules_one_way(dark)
    down = _rules_one_way(np.ascontiguousarray(dark.T))
    for _ in range(2):
        across = _held(across, down)
        down = _held(down, across)
    mask = np.zeros_like(dark)
    for _, runs in across:
        for y, start, end in runs:
            mask[y, start:end] = True
    for _, runs in down:
        for x, start, end in runs:
            mask[start:end, x] = True
    return Rules(tuple(segment for segment, _ in across), tuple(segment for segment, _ in down), mask & dark)


def _held(rules: list[Rule], others: list[Rule]) -> list[Rule]:
    """Rules that meet one of the other way. Strokes of letters are short, so a short one must run from rule to rule, or be a
    piece of a long rule elsewhere on the page; the shortest must be both.
    """
    reach = 1.5 * _GAP
    places = [position for (position, start, end), _ in rules if end - start >= _LONG]
    kept = []
    for rule in rules:
        position, start, end = rule[0]
        crossing = [other for other, _ in others if other[1] - reach <= position <= other[2] + reach]
        meets = any(start - reach <= at <= end + reach for at, _, _ in crossing)
        if meets and end - start < _LONG:
            ends = [at for at, first, last in crossing if last - first >= 2 * _LENGTH]
            bounded = any(-_GAP <= start - at <= 2 for at in ends) and any(-2 <= end - at <= _GAP for at in ends)
            aligned = any(abs(position - place) <= _ALIGNED for place in places)
            meets = bounded or aligned if end - start >= _LENGTH else bounded and aligned
        if meets:
            kept.append(rule)
    return kept


def erase(image: Image.Image, mask: Bools) -> Image.Image:
    """The image with the masked ink and a rim of one pixel made paper."""
    wide = mask.copy()
    wide[1:] |= mask[:-1]
    wide[:-1] |= mask[1:]
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    pixels = np.asarray(image).copy()
    pixels[wide] = 255
    return Image.fromarray(pixels)


def stroke(dark: Bools) -> float:
    """Mean width in pixels of the upright strokes of a line of writing; 0.0 where there is none."""
    padded = np.pad(dark, ((0, 0), (1, 1))).astype(np.int8)
    edges = np.diff(padded, axis=1).ravel()
    widths = np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)
    widths = widths[widths <= 0.4 * len(dark)]  # longer runs lie across
    return float(widths.mean()) if len(widths) else 0.0


def _rules_one_way(dark: Bools) -> list[Rule]:
    """Horizontal rules of `dark`, each with the runs it is made of."""
    thick = dark.copy()  # a rule that steps from one pixel row to the next stays one run
    thick[1:] |= dark[:-1]
    found = []
    for group in _join(_runs(thick, _PIECE)):
        left, right = min(run[1] for run in group), max(run[2] for run in group)
        covered = sum(run[2] - run[1] for run in group)
        if covered <= (_THICK + 1) * (right - left):
            middle = sum((run[2] - run[1]) * run[0] for run in group) / covered - 0.5
            found.append(((middle, float(left), float(right)), group))
    return found


def _join(runs: list[Run]) -> list[list[Run]]:
    """Groups of runs that touch: at most two rows apart and a gap of _GAP."""
    groups: list[list[Run]] = []
    recent: list[list[Run]] = []
    for run in runs:
        y, start, end = run
        recent = [group for group in recent if group and group[-1][0] >= y - 2]
        near = [
            group for group in recent if any(r[0] >= y - 2 and r[1] <= end + _GAP and start <= r[2] + _GAP for r in group[-12:])
        ]
        if not near:
            groups.append([run])
            recent.append(groups[-1])
            continue
        home = near[0]
        for other in near[1:]:
            home.extend(other)
            other.clear()
        home.append(run)
        home.sort()
    return [group for group in groups if group]


def _runs(dark: Bools, shortest: int) -> list[Run]:
    """Horizontal runs of at least `shortest` pixels, top to bottom."""
    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    edges = np.diff(padded, axis=1).ravel()
    width = dark.shape[1] + 1
    begin, stop = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    keep = stop - begin >= shortest
    begin, stop = begin[keep], stop[keep]
    return list(zip((begin // width).tolist(), (begin % width).tolist(), (stop % width).tolist(), strict=True))
