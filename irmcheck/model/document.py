"""load: the Document, a file as read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from irmcheck.errors import Problem


@dataclass(frozen=True, slots=True)
class Line:
    """Where a run of a block's text stands: from offset `start` of the text on, `page` and `box` (x0, y0, x1, y1).

    Points from the top left corner of the page as displayed; `box` is None where the format has no positions.
    """

    start: int
    page: int | None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, text box or footnote, its layout repaired (one line, words joined).

    `page` is that of its first character; a paragraph that runs over a page break has `lines` on both. `level` is a
    heading level known from the file itself (Word style), else None. `number` is numbering text computed by Word
    ("3.2", "a."), which is not part of `text`. `tabs` keeps tab-separated parts where the file has them.
    """

    text: str
    page: int | None
    kind: str = "paragraph"  # paragraph | heading | list | textbox | footnote
    level: int | None = None
    number: str = ""
    bold: bool = False
    size: float | None = None
    centred: bool = False
    lines: tuple[Line, ...] = ()
    tabs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid as read from the file. `rows[r][c]` is the cell's text, "" when empty, None when merged away.

    A merged cell stands once, at its top left corner; `spans` maps (row, column) of such corners to (rows, columns)
    covered. `number` counts tables through the document from 1. Rows and columns hidden in a workbook are left out, `hidden`
    says how many. `rows_at` gives each row's number in its sheet (1-based, workbooks only).
    """

    rows: tuple[tuple[str | None, ...], ...]
    page: int | None
    number: int
    box: tuple[float, float, float, float] | None = None
    spans: dict[tuple[int, int], tuple[int, int]] | None = None
    ruled: bool = True
    hidden: int = 0
    rows_at: tuple[int, ...] = ()
    columns_x: tuple[float, ...] = ()  # column borders in points, for stitching over pages
    caption: str = ""


class Quality(StrEnum):
    """How well a page or plan could be read."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Page:
    """A page (or sheet) and how it was read. `source`: text | ocr | unread | blank | hidden. `label` is a sheet's name."""

    number: int
    source: str = "text"
    quality: Quality = Quality.GOOD
    reason: str = ""
    label: str = ""
    width: float | None = None
    height: float | None = None
    confidence: float | None = None  # mean OCR word confidence, 0-100


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: `items` in reading order. `pages` is () where the format knows none (most DOCX).

    `unit` names what a page number means: page | approximate (page breaks that Word left) | sheet.
    """

    file: str
    sha256: str
    format: str  # pdf | docx | xlsx | xls | ods | csv | doc | image
    items: tuple[Block | Table, ...]
    pages: tuple[Page, ...] = ()
    unit: str = "page"
    properties: tuple[tuple[str, str], ...] = ()
    running: tuple[str, ...] = ()  # texts of running headers and footers that were cut, for identity
    problems: tuple[Problem, ...] = ()
