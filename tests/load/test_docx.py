"""DOCX: every case is a few lines of WordprocessingML, read and compared exactly."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from irmcheck.errors import InputError
from irmcheck.load.docx import read_docx
from irmcheck.load.docx_numbering import letter, numeral, roman
from irmcheck.model import Block, Document, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
SHARED = Path(__file__).resolve().parents[3] / "shared"


def make(path: Path, body: str, **parts: str) -> Path:
    """A DOCX of that body; `parts` are the inner XML of styles, numbering, footnotes, header1 ..."""
    with zipfile.ZipFile(path, "w") as archive:
        kinds = {"header1": "header", "footer1": "footer"}
        links = "".join(
            f'<Relationship Id="x{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            f'{kinds.get(name, name)}" Target="{name}.xml"/>'
            for name in parts
        )
        head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        archive.writestr("_rels/.rels", f'{head}<Relationship Id="a" Type="{main}" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/_rels/document.xml.rels", f"{head}{links}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            root = {"header1": "hdr", "footer1": "ftr"}.get(name, name)
            archive.writestr(f"word/{name}.xml", f"<w:{root} {SPACES}>{inner}</w:{root}>")
    return path


def read(folder: Path, body: str, **parts: str) -> Document:
    return read_docx(make(folder / "rpjm.docx", body, **parts), "0" * 64)


def texts(document: Document) -> list[str]:
    return [item.text for item in document.items if isinstance(item, Block)]


def tables(document: Document) -> list[Table]:
    return [item for item in document.items if isinstance(item, Table)]


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(at: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


OUTLINE = level(0, "upperRoman", "BAB %1") + level(1, "decimal", "%1.%2", "<w:isLgl/>") + level(2, "lowerLetter", "%3.")
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{OUTLINE}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf0fc;"/>'
    '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
)


def test_numbers_are_computed_with_restarts(tmp_path: Path) -> None:
    body = "".join(numbered("x", at) for at in (0, 1, 1, 2, 2, 1, 2, 0, 1))
    found = [item.number for item in read(tmp_path, body, numbering=NUMBERING).items if isinstance(item, Block)]
    assert found == ["BAB I", "1.1", "1.2", "a.", "b.", "1.3", "a.", "BAB II", "2.1"]


def test_lists_of_one_definition_count_on_unless_overridden(tmp_path: Path) -> None:
    body = numbered("x", 0, 2) + numbered("", 0, 2) + numbered("x", 0, 2) + numbered("x", 0, 3) + numbered("x", 0, 2)
    found = [item.number for item in read(tmp_path, body, numbering=NUMBERING).items if isinstance(item, Block)]
    assert found == ["1.", "3.", "1.", "2."]


def test_bulleted_ticks_are_list_items_with_a_tick(tmp_path: Path) -> None:
    (block,) = read(tmp_path, numbered("Penanaman bakau", 0, 4), numbering=NUMBERING).items
    assert isinstance(block, Block)
    assert (block.kind, block.number, block.text) == ("list", "✓", "Penanaman bakau")


def test_numbered_cells_carry_their_number(tmp_path: Path) -> None:
    cell = f"<w:tc><w:tcPr/>{numbered('', 0, 2)}</w:tc>"
    document = read(tmp_path, tbl(tr(cell, tc("Embung")), tr(cell, tc("Talud"))), numbering=NUMBERING)
    assert tables(document)[0].rows == (("1.", "Embung"), ("2.", "Talud"))


@pytest.mark.parametrize(
    ("number", "style", "shown"), [(4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (7, "decimalZero", "07")]
)
def test_number_formats(number: int, style: str, shown: str) -> None:
    assert numeral(number, style) == shown
    assert (roman(1999), letter(26)) == ("mcmxcix", "z")


def test_headings_come_from_style_names_and_outline_levels(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Judul1"><w:name w:val="heading 1"/>'
        '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub Bab"/><w:basedOn w:val="Judul1"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = p(r("PENDAHULUAN"), '<w:pStyle w:val="Judul1"/>') + p(r("Latar Belakang"), '<w:pStyle w:val="Sub"/>')
    body += p(r("Bebas"), '<w:outlineLvl w:val="2"/>') + p(r("Biasa"), '<w:jc w:val="center"/>')
    items = [item for item in read(tmp_path, body, styles=styles).items if isinstance(item, Block)]
    assert [(item.kind, item.level) for item in items] == [("heading", 1), ("heading", 2), ("heading", 3), ("paragraph", None)]
    assert (items[1].bold, items[1].size, items[3].centred, items[3].bold) == (True, 14.0, True, False)


def test_insertions_count_deletions_and_moves_away_do_not(tmp_path: Path) -> None:
    body = p(r("Ada ") + f"<w:ins>{r('embung')}</w:ins><w:del><w:r><w:delText>sumur</w:delText></w:r></w:del>")
    body += p(f"<w:moveFrom>{r('pindah')}</w:moveFrom><w:moveTo>{r('datang')}</w:moveTo>")
    body += p(r("Awal "), "<w:rPr><w:del/></w:rPr>") + p(r("akhir"))
    document = read(tmp_path, body + tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d"), properties="<w:del/>")))
    assert texts(document) == ["Ada embung", "datang", "Awal akhir"]
    assert tables(document)[0].rows == (("a", "b"),)
    assert [one.code for one in document.problems] == ["tracked-changes"]


def test_hidden_text_is_left_out_and_told(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        p(r("Tampak ") + r("rahasia", "<w:vanish/>")) + tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d"), properties="<w:hidden/>")),
    )
    assert texts(document) == ["Tampak"]
    assert tables(document)[0].hidden == 1
    assert "hidden-text" in [one.code for one in document.problems]


def test_struck_text_is_left_out_and_told_and_a_drop_cap_begins_its_word(tmp_path: Path) -> None:
    struck = r("Tanam bakau", "<w:strike/>") + r(" embung", '<w:strike w:val="0"/>') + r(" talud", "<w:dstrike/>")
    document = read(tmp_path, p(struck) + p(r("D"), '<w:framePr w:dropCap="drop"/>') + p(r("esa kami")))
    assert texts(document) == ["embung", "Desa kami"]
    assert [one.code for one in document.problems] == ["hidden-text"]


def test_field_codes_go_results_stay(tmp_path: Path) -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    body = p(char("begin") + code + char("separate") + r("7") + char("end") + r(" lembar"))
    body += p(char("begin") + code) + p(r("tetap terbaca"))
    assert texts(read(tmp_path, body)) == ["7 lembar", "tetap terbaca"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p(r('Dusun Oemofa'))}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    items = read(tmp_path, p(r("Peta rawan") + drawing)).items
    assert [(item.text, item.kind) for item in items if isinstance(item, Block)] == [
        ("Peta rawan", "paragraph"),
        ("Dusun Oemofa", "textbox"),
    ]


def test_footnotes_follow_their_paragraph_headers_are_kept_apart(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="1">{p(r("Sumber: BPS"))}</w:footnote>'
    body = p(r("Penduduk 1.204 jiwa") + '<w:r><w:footnoteReference w:id="1"/></w:r>') + p(r("Lanjut"))
    document = read(tmp_path, body, footnotes=notes, header1=p(r("RPJM Desa Oemofa")), footer1=p(r("12")))
    assert texts(document) == ["Penduduk 1.204 jiwa", "Sumber: BPS", "Lanjut"]
    assert document.running == ("RPJM Desa Oemofa",)


def test_merged_cells_stand_once(tmp_path: Path) -> None:
    start, go_on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    document = read(
        tmp_path,
        tbl(
            tr(tc("No", start), tc("Biaya", two)),
            tr(tc("", go_on), tc("Jumlah"), tc("Sumber")),
            tr(tc("1"), tc("5.000"), tc("DD")),
        ),
    )
    (table,) = tables(document)
    assert table.rows == (("No", "Biaya", None), (None, "Jumlah", "Sumber"), ("1", "5.000", "DD"))
    assert table.spans == {(0, 0): (2, 1), (0, 1): (1, 2)}


def test_nested_tables_follow_and_frames_are_text(tmp_path: Path) -> None:
    inner = tbl(tr(tc("x"), tc("y")))
    document = read(tmp_path, tbl(tr(tc("a"), f"<w:tc><w:tcPr/>{p(r('b'))}{inner}</w:tc>")) + tbl(tr(tc("Visi: desa tangguh"))))
    assert [(one.number, one.rows) for one in tables(document)] == [(1, (("a", "b"),)), (2, (("x", "y"),))]
    assert texts(document) == ["Visi: desa tangguh"]


def test_tabs_and_typed_line_breaks(tmp_path: Path) -> None:
    body = p("<w:r><w:t>Petani</w:t><w:tab/><w:tab/><w:t>298</w:t></w:r>")
    body += p("<w:r><w:t>Desa akan menanam</w:t><w:br/><w:t>bakau di pantai.</w:t><w:br/><w:t>- sumur resapan</w:t></w:r>")
    body += p("<w:r><w:t>DESA OEMOFA</w:t><w:br/><w:t>KECAMATAN CONTOH</w:t></w:r>", '<w:jc w:val="center"/>')
    document = read(tmp_path, body)
    first = document.items[0]
    assert isinstance(first, Block)
    assert first.tabs == ("Petani", "", "298")
    assert texts(document) == [
        "Petani 298",
        "Desa akan menanam bakau di pantai.",
        "- sumur resapan",
        "DESA OEMOFA",
        "KECAMATAN CONTOH",
    ]


def test_symbols_and_checkboxes(tmp_path: Path) -> None:
    def box(value: int) -> str:
        return (
            f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent>{r('☒' if value else '☐')}</w:sdtContent></w:sdt>"
        )

    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    cells = [f"<w:tc><w:tcPr/>{p(inner)}</w:tc>" for inner in (tick, box(1), box(0), r("ü", '<w:rFonts w:ascii="Wingdings"/>'))]
    assert tables(read(tmp_path, tbl(tr(tc("Tahun 1"), *cells))))[0].rows == (("Tahun 1", "✓", "✓", "", "✓"),)


def test_content_controls_links_and_smart_tags_are_text(tmp_path: Path) -> None:
    inner = p("<w:hyperlink>" + r("a") + "</w:hyperlink><w:smartTag>" + r("b") + "</w:smartTag>")
    body = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    assert texts(read(tmp_path, body)) == ["ab"]


def test_what_a_template_asks_to_fill_in_is_no_text(tmp_path: Path) -> None:
    def asks(content: str) -> str:
        return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    body = p(r("Risiko: ") + asks(r("Uraikan risiko bencana."))) + asks(p(r("Klik di sini.")))
    body += tbl(tr(tc("No"), asks(tc("Isi kegiatan")), tc("Biaya")), tr(tc("1"), f"<w:tc>{asks(p(r('Isi')))}</w:tc>", tc("5")))
    document = read(tmp_path, body)
    assert texts(document) == ["Risiko:"]
    assert tables(document)[0].rows == (("No", "", "Biaya"), ("1", "", "5"))
    assert [(one.code, "4 isian" in one.message) for one in document.problems] == [("unfilled", True)]


def test_a_hidden_paragraph_does_not_count_on(tmp_path: Path) -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    hidden = p(r("rahasia", "<w:vanish/>"), number + "<w:rPr><w:vanish/></w:rPr>")
    document = read(tmp_path, numbered("a", 0, 2) + hidden + numbered("b", 0, 2), numbering=NUMBERING)
    assert [(item.number, item.text) for item in document.items if isinstance(item, Block)] == [("1.", "a"), ("2.", "b")]


def test_pages_only_where_word_left_them(tmp_path: Path) -> None:
    turn = "<w:lastRenderedPageBreak/>"
    row = tr(*[f"<w:tc><w:tcPr/>{p(f'<w:r>{turn}<w:t>{cell}</w:t></w:r>')}</w:tc>" for cell in "ab"])
    body = p(r("satu")) + p(f"<w:r><w:t>dua </w:t>{turn}<w:t>tiga</w:t></w:r>") + tbl(row) + p(r("empat"))
    document = read(tmp_path, body)
    assert (document.unit, len(document.pages)) == ("approximate", 3)
    assert [item.page for item in document.items] == [1, 1, 2, 3]
    second = document.items[1]
    assert isinstance(second, Block)
    assert [(line.start, line.page) for line in second.lines] == [(0, 1), (4, 2)]
    assert read(tmp_path, p(r("x"))).pages == ()


def test_embedded_files_and_pictures_are_told(tmp_path: Path) -> None:
    picture = '<w:r><w:drawing><a:blip xmlns:a="a" r:embed="rId9"/></w:drawing></w:r>'
    document = read(tmp_path, p(r("Lampiran") + picture) + '<w:altChunk r:id="rId4"/>')
    assert {one.code for one in document.problems} == {"embedded-file", "pictures-unread"}


def test_entities_are_not_expanded_and_broken_files_are_sentences(tmp_path: Path) -> None:
    path = make(tmp_path / "a.docx", p(r("x")))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/other.xml", "x")
    bomb = f'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document {SPACES}><w:body>{p(r("&a;tetap"))}</w:body></w:document>'
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("word/document.xml", bomb)
    assert "aaaa" not in " ".join(texts(read_docx(tmp_path / "b.docx", "")))
    for name, content in (
        ("c.docx", path.read_bytes()[:200]),
        ("d.docx", b"bukan"),
        ("e.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=name):
            read_docx(tmp_path / name, "")


def test_every_cell_of_the_long_plan_in_time() -> None:
    path, truth = SHARED / "bench" / "lo_150.docx", SHARED / "bench" / "truth_150.json"
    if not path.exists():
        pytest.skip("shared/bench is not here")
    started = time.perf_counter()
    document = read_docx(path, "")
    assert time.perf_counter() - started < 3
    found = {tuple("".join((cell or "").split()) for cell in row) for table in tables(document) for row in table.rows}
    blocks = set(texts(document))
    for item in json.loads(truth.read_text(encoding="utf-8")):
        for row in item.get("rows", []):
            assert row["kind"] != "row" or tuple("".join(cell.split()) for cell in row["cells"]) in found
        assert "x" not in item or " ".join(item["x"].split()) in blocks


def test_a_file_made_by_libreoffice(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "rkp.html"
    table = "<table border=1><tr><td colspan=2>Biaya</td></tr><tr><td>5.000</td><td>DD</td></tr></table>"
    source.write_text(f"<h1>BAB I</h1><ol><li>Embung</li><li>Talud</li></ol>{table}")
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--infilter=HTML (StarWriter)"]
    subprocess.run([*command, "--convert-to", "docx", "--outdir", tmp_path, source], check=True, capture_output=True, timeout=90)
    document = read_docx(tmp_path / "rkp.docx", "")
    blocks = [item for item in document.items if isinstance(item, Block)]
    assert [(one.text, one.number, one.level) for one in blocks] == [
        ("BAB I", "", 1),
        ("Embung", "1.", None),
        ("Talud", "2.", None),
    ]
    assert tables(document)[0].rows == (("Biaya", None), ("5.000", "DD"))
