"""Scanned pages -> text and tables: which pages, how many at once, kept for the next time, and how well they were read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from irmcheck.errors import InputError, Problem, Severity
from irmcheck.load.glyphs import Frame
from irmcheck.load.guard import Limits
from irmcheck.load.ocr_cache import Cache
from irmcheck.load.ocr_engine import INSTALL, Engine, RecognitionError, find_engine
from irmcheck.load.ocr_page import Reading, read_page
from irmcheck.load.pdf import cut_running, document_items, open_pdf, render_page
from irmcheck.load.pdf_page import PageContent
from irmcheck.model import Block, Document, Page, Quality, Table

if TYPE_CHECKING:
    from PIL import Image

DPI = 200  # finer is slower and reads tables worse (research/extraction.md section 6)
GOOD, FAIR, HOPELESS = 85.0, 72.0, 45.0  # mean confidence from which a page is well read, usable, not believable
_FEW = 5  # words; a page with fewer is a photo or a map

Progress = Callable[[int, int, str], None]
Source = Callable[[int], "Image.Image"]  # page number -> grey image at DPI; raises InputError


@dataclass(frozen=True, slots=True)
class _Job:
    """One file's pages to recognise."""

    numbers: Sequence[int]
    source: Source
    engine: Engine
    cache: Cache
    limits: Limits
    progress: Progress | None


def read_scanned_pages(
    path: Path, document: Document, limits: Limits, *, ocr: bool = True, progress: Progress | None = None
) -> Document:
    """Fill the pages of a PDF that are marked "unread". Raises InputError when the file can no longer be opened."""
    pdf = open_pdf(path)
    try:
        return recognise(document, lambda number: _drawn(pdf, number, limits), limits, ocr=ocr, progress=progress)
    finally:
        pdf.close()


def recognise(
    document: Document, source: Source, limits: Limits, *, ocr: bool = True, progress: Progress | None = None
) -> Document:
    """The document with its "unread" pages recognised from images that `source` draws.

    Pages that stay unread keep that mark, with the reason; one Problem says which they are and what to do.
    """
    broken = {problem.page for problem in document.problems if problem.code == "page-broken"}
    numbers = [page.number for page in document.pages if page.source == "unread" and page.number not in broken]
    if not numbers:
        return document
    engine = find_engine() if ocr else None
    if engine is None:
        return _left_out(document, numbers, ocr)
    cache = Cache(document.sha256, f"{DPI}:{engine.version}:{engine.language}")
    found: dict[int, Reading] = {}
    failed: dict[int, str] = {}
    for number, outcome in _readings(_Job(numbers, source, engine, cache, limits, progress)):
        if isinstance(outcome, Reading):
            found[number] = outcome
        else:
            failed[number] = outcome
    cache.trim()
    pages = tuple(_judged(page, found, failed) for page in document.pages)
    read = {page.number for page in pages if page.number in found and page.source == "ocr"}
    contents = [_content(page, found[page.number]) for page in pages if page.number in read]
    running = cut_running(contents)
    kept = [item for item in document.items if item.page not in read]
    return replace(
        document,
        pages=pages,
        items=_in_order([*kept, *document_items(contents)]),
        running=tuple(dict.fromkeys((*document.running, *running))),
        problems=(*document.problems, *_problems(pages, numbers, engine)),
    )


def _readings(job: _Job) -> Iterator[tuple[int, Reading | str]]:
    """Each page's reading or why there is none, as they are done; a page per core at a time."""
    deadline = time.monotonic() + job.limits.ocr_seconds
    waiting: dict[Future[Reading], int] = {}
    done = 0
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        queue = iter(job.numbers)
        while True:
            # PDFium draws in this thread only; images wait for a worker, at most one ahead of each.
            for number in _until(lambda: len(waiting) < 2 * workers, queue):
                outcome = _begin(job, number, deadline, pool)
                if isinstance(outcome, Future):
                    waiting[outcome] = number
                else:
                    done += 1
                    _tell(job, done)
                    yield number, outcome
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                number, done = waiting.pop(future), done + 1
                _tell(job, done)
                yield number, _result(job, number, future)


def _until(more: Callable[[], bool], queue: Iterator[int]) -> Iterator[int]:
    while more():
        number = next(queue, None)
        if number is None:
            return
        yield number


def _begin(job: _Job, number: int, deadline: float, pool: ThreadPoolExecutor) -> Future[Reading] | Reading | str:
    kept = job.cache.get(number)
    if kept is not None:
        return kept
    if time.monotonic() > deadline:
        return "waktu untuk membaca hasil pindai habis; jalankan lagi, halaman yang sudah dibaca tersimpan"
    try:
        image = job.source(number)
    except InputError as error:
        return error.message
    return pool.submit(read_page, job.engine, image, DPI, job.limits.page_seconds)


def _result(job: _Job, number: int, future: Future[Reading]) -> Reading | str:
    try:
        reading = future.result()
    except RecognitionError:
        return "pengenalan huruf gagal atau terlalu lama di halaman ini"
    job.cache.put(number, reading)
    return reading


def _tell(job: _Job, done: int) -> None:
    if job.progress is not None:
        job.progress(done, len(job.numbers), "OCR")


def _drawn(pdf: Any, number: int, limits: Limits) -> Image.Image:
    from PIL import Image
    from pypdfium2 import PdfiumError

    try:
        width, height = pdf.get_page_size(number - 1)
    except PdfiumError as error:
        raise InputError("halaman ini rusak di dalam berkas") from error
    dots = width * height * (DPI / 72) ** 2
    if dots > limits.max_pixels:
        raise InputError("ukuran halaman tidak wajar besarnya")
    drawn = render_page(pdf, number, DPI)
    if drawn.min() == drawn.max() and _has_broken_picture(pdf, number):
        raise InputError("gambar di halaman ini rusak atau terlalu besar untuk dibuka, pindai ulang 300 dpi")
    return Image.fromarray(drawn)


def _has_broken_picture(pdf: Any, number: int) -> bool:
    """True when a picture on the page cannot be unpacked; PDFium leaves it out without a word."""
    from pypdfium2 import PdfiumError
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    page = pdf[number - 1]
    try:
        for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
            picture.get_bitmap()
    except PdfiumError:
        return True
    finally:
        page.close()
    return False


def _judged(page: Page, found: dict[int, Reading], failed: dict[int, str]) -> Page:
    """The page with how it was read."""
    if page.number in failed:
        return replace(page, reason=failed[page.number])
    reading = found.get(page.number)
    if reading is None:
        return page
    sure = reading.confidence
    if reading.blank:
        return replace(page, source="blank", quality=Quality.GOOD, reason="")
    if sure is not None and sure < HOPELESS and reading.words >= _FEW:
        return replace(page, reason=f"tulisan tidak terbaca (keyakinan {sure:.0f} %), pindai ulang 300 dpi", confidence=sure)
    if sure is None or reading.words < _FEW:
        return replace(
            page, source="ocr", quality=Quality.POOR, reason="hampir tidak ada tulisan (foto atau peta?)", confidence=sure
        )
    if sure >= GOOD:
        return replace(page, source="ocr", quality=Quality.GOOD, reason="", confidence=sure)
    quality = Quality.FAIR if sure >= FAIR else Quality.POOR
    return replace(page, source="ocr", quality=quality, reason=f"keyakinan {sure:.0f} %, pindai ulang 300 dpi", confidence=sure)


def _content(page: Page, reading: Reading) -> PageContent:
    frame = Frame((0.0, 0.0, page.width or 595.0, page.height or 842.0), turn=reading.turns, shown=0)
    return PageContent(page.number, frame, list(reading.lines), list(reading.tables))


def _in_order(items: Iterable[Block | Table]) -> tuple[Block | Table, ...]:
    """By page, tables numbered anew."""
    ordered: list[Block | Table] = []
    tables = 0
    for item in sorted(items, key=lambda item: item.page or 0):
        if isinstance(item, Table):
            tables += 1
            item = replace(item, number=tables)
        ordered.append(item)
    return tuple(ordered)


def _left_out(document: Document, numbers: Sequence[int], ocr: bool) -> Document:
    why = "program tesseract tidak ada" if ocr else "pembacaan hasil pindai dimatikan"
    todo = INSTALL if ocr else "Jalankan lagi tanpa --no-ocr."
    message = f"Hal. {ranges(numbers)} hanya gambar (hasil pindai) dan tidak dibaca karena {why}. {todo}"
    problem = Problem("load", "ocr-missing" if ocr else "ocr-off", message, numbers[0], Severity.ERROR)
    pages = tuple(replace(page, reason=why) if page.source == "unread" else page for page in document.pages)
    return replace(document, pages=pages, problems=(*document.problems, problem))


def _problems(pages: Sequence[Page], numbers: Sequence[int], engine: Engine) -> list[Problem]:
    wanted = [page for page in pages if page.number in set(numbers)]
    problems = []
    if not engine.language.startswith("ind"):
        message = f"Hasil pindai dibaca dengan bahasa Inggris karena data bahasa Indonesia tidak ada. {INSTALL}"
        problems.append(Problem("load", "ocr-language", message))
    by_reason: dict[str, list[int]] = {}
    for page in wanted:
        if page.source == "unread":
            by_reason.setdefault(page.reason, []).append(page.number)
    for reason, unread in by_reason.items():
        message = f"Hal. {ranges(unread)} tidak terbaca: {reason}."
        problems.append(Problem("load", "page-unread", message, unread[0], Severity.ERROR))
    weak = [page.number for page in wanted if page.source == "ocr" and page.quality is not Quality.GOOD]
    if weak:
        message = f"Hal. {ranges(weak)} terbaca kurang baik; pindai ulang 300 dpi, lurus dan terang, agar lebih pasti."
        problems.append(Problem("load", "page-weak", message, weak[0]))
    return problems


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers for people: [23, 24, 25, 30] -> "23-25, 30"."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
