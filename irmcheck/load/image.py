"""Photos and scans of pages (JPG, PNG, TIFF, BMP, WEBP) read like a scanned PDF; a TIFF may hold several pages."""

from __future__ import annotations

import struct
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from irmcheck.errors import InputError
from irmcheck.load.guard import Limits
from irmcheck.load.ocr import DPI, Progress, recognise
from irmcheck.model import Document, Page, Quality

_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
_LONG_SIDE = 2600  # pixels at 200 dpi of a folio page, taken where the file does not say how large the paper was
_PAPER = (5.0, 18.0)  # inches; a stated long side outside of this is no statement about paper
_LEAST_DPI = 100.0  # cameras and programs write 72 or 96 without meaning it
# What Pillow raises on damaged or hostile files, by its own decoders.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    EOFError,
    struct.error,
    ZeroDivisionError,
)


def read_image(path: Path, sha256: str, limits: Limits, *, ocr: bool = True, progress: Progress | None = None) -> Document:
    """Read an image file as a document of scanned pages.

    Raises InputError for images that are damaged, of another kind, or larger than `limits.max_pixels` (told from the header,
    before anything is decoded).
    """
    Image.MAX_IMAGE_PIXELS = limits.max_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as image:
                return _read(image, path, sha256, limits, ocr, progress)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(
            f"Gambar {path.name} terlalu besar (lebih dari {limits.max_pixels // 1_000_000} juta titik). "
            "Perkecil menjadi sekitar 2500 x 3500 titik, atau pindai ulang 300 dpi."
        ) from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise InputError(f"Gambar {path.name} rusak atau terpotong. Salin ulang atau pindai ulang halamannya.") from error


def _read(image: Image.Image, path: Path, sha256: str, limits: Limits, ocr: bool, progress: Progress | None) -> Document:
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if frames > limits.max_pages:
        raise InputError(
            f"Berkas {path.name} berisi {frames} halaman, batasnya {limits.max_pages}. Pecah menjadi beberapa berkas."
        )
    pages = []
    for number in range(1, frames + 1):
        image.seek(number - 1)
        turned = image.getexif().get(0x0112, 1) >= 5
        size = image.size[::-1] if turned else image.size
        width, height = (round(side * _scale(image) * 72 / DPI, 1) for side in size)
        pages.append(Page(number, "unread", Quality.POOR, "halaman ini hanya gambar (hasil pindai)", width=width, height=height))
    document = Document(path.name, sha256, "image", (), tuple(pages))
    return recognise(document, lambda number: _drawn(image, number), limits, ocr=ocr, progress=progress)


def _scale(image: Image.Image) -> float:
    """Factor that brings the image to 200 dpi of its paper."""
    longest = max(image.size)
    dots = image.info.get("dpi", (0, 0))[0]
    if dots >= _LEAST_DPI and _PAPER[0] <= longest / float(dots) <= _PAPER[1]:
        return DPI / float(dots)
    return _LONG_SIDE / longest


def _drawn(image: Image.Image, number: int) -> Image.Image:
    """A page as a grey image at 200 dpi, the way up that its camera noted."""
    try:
        image.seek(number - 1)
        if image.mode in ("RGBA", "LA", "PA", "P"):
            flat = image.convert("RGBA")
            grey = Image.alpha_composite(Image.new("RGBA", flat.size, "white"), flat).convert("L")
            grey.getexif().update(image.getexif())
        elif image.mode.startswith(("I", "F")):
            grey = image.convert("I").point(lambda value: value / 256).convert("L")
        else:
            grey = image.convert("L")
        scale = _scale(image)
        upright = ImageOps.exif_transpose(grey)
        size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
        return upright.resize(size, Image.Resampling.LANCZOS if scale < 1 else Image.Resampling.BICUBIC)
    except _BROKEN as error:
        raise InputError("gambarnya rusak atau terpotong") from error
