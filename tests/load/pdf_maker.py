"""Minimal PDFs drawn by hand: text at places, rules, images, forms, turned pages."""

from __future__ import annotations

from pathlib import Path

Drawing = list[str]


def text(
    x: float, y: float, words: str, size: float = 10, font: str = "F1", turn: tuple[int, int, int, int] = (1, 0, 0, 1)
) -> str:
    """Words with the baseline at (x, y) from the bottom left; `turn` is the first part of the text matrix."""
    coded = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").decode("latin-1")
    matrix = " ".join(map(str, turn))
    return f"BT /{font} {size} Tf {matrix} {x} {y} Tm ({coded}) Tj ET"


def rule(x0: float, y0: float, x1: float, y1: float, dash: str = "") -> str:
    """A stroked line."""
    return f"q 0.5 w {dash} {x0} {y0} m {x1} {y1} l S Q"


def hairline(x0: float, y0: float, x1: float, y1: float) -> str:
    """The same as a thin filled rectangle, as Word draws it."""
    return f"{x0} {y0} {max(x1 - x0, 0.5)} {max(y1 - y0, 0.5)} re f"


def frame(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked rectangle."""
    return f"q 0.5 w {x0} {y0} {x1 - x0} {y1 - y0} re S Q"


def write_pdf(
    path: Path, pages: list[Drawing], extra: str = "", box: str = "0 0 595 842", forms: dict[str, Drawing] | None = None
) -> Path:
    """Write pages of drawing commands; `extra` goes into every page's dictionary (/Rotate, /CropBox)."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    def stream(commands: Drawing, head: str = "") -> int:
        data = "\n".join(commands).encode("latin-1")
        return add(f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")

    add("")  # the catalogue, once the pages are known
    add("")
    plain = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    bold = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
    picture = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1"
    pixel = add(f"<< {picture} >>\nstream\n".encode() + b"\x80\nendstream")
    fonts = f"/Font << /F1 {plain} 0 R /F2 {bold} 0 R >>"
    names = f"/Im {pixel} 0 R"
    for name, commands in (forms or {}).items():
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 2000 2000] /Resources << {fonts} >>"
        names += f" /{name} {stream(commands, head)} 0 R"
    kids = []
    for commands in pages:
        content = stream(commands)
        resources = f"<< {fonts} /XObject << {names} >> >>"
        kids.append(
            add(f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {extra} /Resources {resources} /Contents {content} 0 R >>")
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    path.write_bytes(out)
    return path
