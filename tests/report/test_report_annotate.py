from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pypdfium2.raw as raw
import pytest
import sample

from irmcheck.errors import UsageError
from irmcheck.model import Assessment, Block, Line, Place, Status
from irmcheck.report import annotate
from irmcheck.report.annotate_docx import with_comments
from irmcheck.report.annotate_pdf import with_highlights
from irmcheck.report.notes import Note, key
from irmcheck.settings import Settings


def of_file(path: Path, kind: str) -> Assessment:
    """The sample as if it were read from `path`."""
    rich = sample.assessment()
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(rich, plan=replace(rich.plan, document=replace(rich.plan.document, sha256=sha, format=kind)))


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A Word draft with the sample's sentences: a row that stands twice, a heading, a sentence split over runs."""
    document = docx.Document()
    document.add_heading("BAB II KEADAAN DESA", 1)
    document.add_paragraph("Desa belum ").add_run("memiliki tim siaga").bold = True
    document.paragraphs[-1].add_run(" bencana.")
    last_year = document.add_table(rows=1, cols=3)
    for cell, text in zip(last_year.rows[0].cells, ("Pengadaan pengeras suara desa", "Gereja", "2 paket"), strict=True):
        cell.text = text
    document.add_heading("BAB VI MATRIKS KEGIATAN", 1)
    matrix = document.add_table(rows=1, cols=3)
    for cell, text in zip(matrix.rows[0].cells, ("Pengadaan pengeras suara desa", "Kantor desa", "1 paket"), strict=True):
        cell.text = text
    path = tmp_path / "draf.docx"
    document.save(str(path))
    return path


def comments(path: Path) -> dict[str, str]:
    """Comment text by the paragraph or cell that it stands at."""
    document = docx.Document(str(path))
    by_id = {comment.comment_id: comment.text for comment in document.comments}
    found = {}
    for paragraph in document.element.body.iter("{*}p"):
        for start in paragraph.iter("{*}commentRangeStart"):
            text = "".join(t.text or "" for t in paragraph.iter("{*}t"))
            row = next(paragraph.iterancestors("{*}tr"), None)
            around = " | ".join(t.text or "" for t in row.iter("{*}t")) if row is not None else text
            found[around] = by_id[int(start.values()[0])]
    return found


def test_word_comments_stand_where_the_draft_says_it(draft: Path, tmp_path: Path) -> None:
    before = draft.read_bytes()
    made = annotate(of_file(draft, "docx"), draft, tmp_path / "out", settings=Settings(facilitator="Maria"))
    assert made.name == "draf-catatan.docx"
    assert draft.read_bytes() == before
    found = comments(made)
    assert "Tidak dihitung untuk SIAP-01" in found["Desa belum memiliki tim siaga bencana."]
    assert "PRB-03 Peringatan dini: Sebagian." in found["Pengadaan pengeras suara desa | Kantor desa | 1 paket"]
    assert "MER-01 Penghijauan dan rehabilitasi lahan: Belum." in found["BAB VI MATRIKS KEGIATAN"]
    assert "Pengadaan pengeras suara desa | Gereja | 2 paket" not in found
    assert {comment.author for comment in docx.Document(str(made)).comments} == {"Maria"}


def test_word_text_itself_is_unchanged(draft: Path, tmp_path: Path) -> None:
    made = annotate(of_file(draft, "docx"), draft, tmp_path, settings=Settings())

    def text(path: Path) -> str:
        return "\n".join(
            "".join(t.text or "" for t in p.iter("{*}t")) for p in docx.Document(str(path)).element.body.iter("{*}p")
        )

    assert text(made) == text(draft)
    assert zipfile.ZipFile(made).testzip() is None


def test_hostile_note_text_is_harmless_in_word(draft: Path) -> None:
    note = Note("=cmd|' <w:p/> \x00\x1b\u202e\ufffe {{ x }}", "BAB II", Place(), Status.MISSING)
    made = docx.Document(io.BytesIO(with_comments(draft.read_bytes(), [note], "a\x00b")))
    assert [comment.text for comment in made.comments] == ["=cmd|' <w:p/>  {{ x }}"]


def test_note_on_a_text_box_stands_at_the_paragraph_that_holds_it(tmp_path: Path) -> None:
    from docx.oxml import parse_xml

    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    box = "<w:txbxContent><w:p><w:r><w:t>Visi desa tangguh</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    document.add_paragraph("Sampul")
    run = parse_xml(f"<w:r {names}><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>")
    document.add_paragraph("BAB IV")._p.append(run)
    memory = io.BytesIO()
    document.save(memory)
    path = tmp_path / "kotak.docx"
    path.write_bytes(with_comments(memory.getvalue(), [Note("catatan", "Visi desa tangguh", Place(), Status.MET)], "a"))
    assert comments(path) == {"BAB IVVisi desa tangguh": "catatan"}
    body = docx.Document(str(path)).element.body
    assert not [start for content in body.iter("{*}txbxContent") for start in content.iter("{*}commentRangeStart")]


def pdf_of(lines: list[str]) -> bytes:
    """A one-page PDF with `lines` in Helvetica."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 760 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(body)
    return (
        body + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    )


def annotations(data: bytes) -> list[tuple[int, str, tuple[float, float]]]:
    """(subtype, contents, (left, top)) of the first page's annotations."""
    import ctypes

    document = pypdfium2.PdfDocument(data)
    page = document[0]
    found = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        one = raw.FPDFPage_GetAnnot(page, number)
        buffer = ctypes.create_string_buffer(4000)
        size = raw.FPDFAnnot_GetStringValue(one, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 4000)
        rect = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(one, rect)
        found.append(
            (raw.FPDFAnnot_GetSubtype(one), buffer.raw[: size - 2].decode("utf-16-le"), (round(rect.left), round(rect.top)))
        )
        raw.FPDFPage_CloseAnnot(one)
    document.close()
    return found


def test_pdf_highlights_stand_on_the_quote_and_the_rest_in_the_margin() -> None:
    data = pdf_of(["Desa belum memiliki tim", "siaga bencana. Kali Oelmuti longsor."])
    notes = [
        Note("Belum ada tim.", "Desa belum memiliki tim siaga bencana.", Place(1), Status.MISSING),
        Note("Tidak ada di halaman ini.", "Menanam bambu", Place(1), Status.PARTIAL),
    ]
    first, second = annotations(with_highlights(data, notes, "irmcheck"))
    assert first[:2] == (raw.FPDF_ANNOT_HIGHLIGHT, "Belum ada tim.")
    assert 72 <= first[2][0] <= 74
    assert 765 <= first[2][1] <= 775
    assert second[:2] == (raw.FPDF_ANNOT_TEXT, "“Menanam bambu”\nTidak ada di halaman ini.")


def test_scanned_page_is_highlighted_where_the_text_was_read() -> None:
    first, second = Line(0, 1, (72, 100, 300, 112)), Line(15, 1, (72, 114, 300, 126))
    block = Block("Desa belum punya tim siaga bencana.", 1, lines=(first, second))
    note = Note("Belum ada tim.", "tim siaga bencana", Place(1), Status.MISSING)
    made = annotations(with_highlights(pdf_of([]), [note], "irmcheck", [block]))
    assert made == [(raw.FPDF_ANNOT_HIGHLIGHT, "Belum ada tim.", (72, 728))]


def test_pdf_pages_are_the_same_but_for_notes(tmp_path: Path) -> None:
    path = tmp_path / "draf.pdf"
    path.write_bytes(pdf_of(["Pembangunan bronjong tepi Kali Oelmuti"]))
    before = path.read_bytes()
    made = annotate(of_file(path, "pdf"), path, tmp_path / "out", settings=Settings())
    assert path.read_bytes() == before
    contents = [text for _, text, _ in annotations(made.read_bytes())]
    assert any("SIAP-01" in text for text in contents)
    document = pypdfium2.PdfDocument(made)
    assert document[0].get_textpage().get_text_range() == "Pembangunan bronjong tepi Kali Oelmuti"
    document.close()


def test_other_formats_and_changed_files_are_refused(draft: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="DOCX atau PDF"):
        annotate(of_file(draft, "xlsx"), draft, tmp_path, settings=Settings())
    read = of_file(draft, "docx")
    draft.write_bytes(draft.read_bytes() + b" ")
    with pytest.raises(UsageError, match="sudah berubah"):
        annotate(read, draft, tmp_path, settings=Settings())
    (tmp_path / "rusak.docx").write_bytes(b"no archive")
    with pytest.raises(UsageError, match="tidak dapat diberi catatan"):
        annotate(of_file(tmp_path / "rusak.docx", "docx"), tmp_path / "rusak.docx", tmp_path, settings=Settings())


def test_key_is_equal_over_layout() -> None:
    assert key("Ke-\n giatan  PRB (ﬁx)") == key("kegiatan prb fix") == "kegiatanprbfix"
