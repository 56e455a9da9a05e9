"""PDFium's per-character and per-object functions with plain integer addresses, an order of magnitude cheaper to call.

pypdfium2's own bindings check and wrap every argument. Here the same library functions are bound once more with bare
pointers; `address(handle)` gives the integer for a pypdfium2 handle. PDFium must not be called from two threads.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

_POINTER, _INT, _UINT, _DOUBLE, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_double, ctypes.c_float


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    location = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(location)


def address(handle: Any) -> int:
    """The integer address behind a pypdfium2 helper's raw handle."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


# Text page: (text page, ...)
count_chars = _bind("FPDFText_CountChars", _INT, _POINTER)
get_text = _bind("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
get_unicode = _bind("FPDFText_GetUnicode", _UINT, _POINTER, _INT)
get_box = _bind("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
get_angle = _bind("FPDFText_GetCharAngle", _FLOAT, _POINTER, _INT)
get_font_size = _bind("FPDFText_GetFontSize", _DOUBLE, _POINTER, _INT)
get_char_matrix = _bind("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
get_font_info = _bind("FPDFText_GetFontInfo", ctypes.c_ulong, _POINTER, _INT, _POINTER, ctypes.c_ulong, _POINTER)
get_text_object = _bind("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)

# Page objects: (page or object, ...)
count_objects = _bind("FPDFPage_CountObjects", _INT, _POINTER)
get_object = _bind("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
count_form_objects = _bind("FPDFFormObj_CountObjects", _INT, _POINTER)
get_form_object = _bind("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
object_type = _bind("FPDFPageObj_GetType", _INT, _POINTER)
object_bounds = _bind("FPDFPageObj_GetBounds", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
object_matrix = _bind("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
fill_color = _bind("FPDFPageObj_GetFillColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
draw_mode = _bind("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
count_segments = _bind("FPDFPath_CountSegments", _INT, _POINTER)
get_segment = _bind("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_point = _bind("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
segment_type = _bind("FPDFPathSegment_GetType", _INT, _POINTER)
segment_closes = _bind("FPDFPathSegment_GetClose", _INT, _POINTER)
