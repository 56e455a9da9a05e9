"""Files judged before any reader touches them: what they are, what they may cost, and one sentence for each refusal."""

import io
import zipfile
from pathlib import Path

import pytest

from irmcheck.errors import InputError, UsageError
from irmcheck.load import load
from irmcheck.load.guard import MB, Limits, check_file, check_zip, limits_from, sha256
from irmcheck.load.sniff import expected, sniff
from irmcheck.settings import read_settings

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.{}+xml"/></Types>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")


def ole(*names: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))


def archive(members: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def office(kind: str) -> bytes:
    return archive({"[Content_Types].xml": CONTENT_TYPES.format(kind)})


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


KNOWN = {
    "pdf": ("a.pdf", b"%PDF-1.4\n"),
    "pdf with junk before it": ("a.pdf", b"junk" * 200 + b"%PDF-1.7\n"),
    "docx": ("a.docx", office("wordprocessingml.document.main")),
    "docx template": ("a.dotx", office("wordprocessingml.template.main")),
    "docx with an unusual main part name": ("a.zip", office("wordprocessingml.document.main")),
    "docx without content types": ("a.docx", archive({"word/document.xml": "<x/>"})),
    "xlsx": ("a.xlsx", office("spreadsheetml.sheet.main")),
    "xlsb": ("a.xlsb", archive({"[Content_Types].xml": "application/vnd.ms-excel.sheet.binary.macroEnabled"})),
    "ods": ("a.ods", archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})),
    "doc": ("a.doc", ole("WordDocument", "1Table")),
    "doc with a workbook inside": ("a.doc", ole("WordDocument", "Workbook")),
    "xls": ("a.xls", ole("Workbook")),
    "xls with its names in capitals": ("a.xls", ole("WORKBOOK")),
    "xls of 1995": ("a.xls", ole("Book")),
    "xls with a document inside": ("a.xls", ole("WordDocument", "Workbook")),
    "csv by its name": ("a.csv", b"satu kolom\nsaja\n"),
    "csv by its lines": ("a.dat", b"No;Kegiatan;Biaya\n1;Embung;5.000.000\n2;Talud;7.000.000\n"),
    "csv in UTF-16": ("a.csv", "No\tKegiatan\n1\tEmbung\n".encode("utf-16")),
    "image JPEG": ("a.jpg", b"\xff\xd8\xff\xe0"),
    "image PNG": ("a.png", b"\x89PNG\r\n\x1a\n"),
    "image TIFF": ("a.tif", b"II*\0\x08\0\0\0"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_real_type_is_told_by_content(tmp_path, name):
    path = put(tmp_path, *KNOWN[name])
    assert sniff(path) == name.split()[0]


REFUSED = {
    "HTML": ("laporan.xls", b"<html><table><tr><td>1</td></tr></table></html>", "halaman web"),
    "HTML after a byte order mark": ("a.doc", b"\xef\xbb\xbf\r\n<!DOCTYPE html><p>x", "halaman web"),
    "RTF": ("a.doc", b"{\\rtf1\\ansi x}", "RTF"),
    "XML of Word 2003": ("a.doc", b'<?xml version="1.0"?><w:wordDocument/>', "XML"),
    "OpenDocument text": ("a.odt", archive({"mimetype": "application/vnd.oasis.opendocument.text"}), ".odt"),
    "PowerPoint": ("a.pptx", office("presentationml.presentation.main"), "PowerPoint"),
    "old PowerPoint": ("a.ppt", ole("PowerPoint Document"), "PowerPoint"),
    "ZIP of files": ("a.zip", archive({"rkp.docx": b"x"}), "arsip ZIP"),
    "RAR": ("a.rar", b"Rar!\x1a\x07\x00", "RAR"),
    "Office with a password": ("a.docx", ole("EncryptionInfo", "EncryptedPackage"), "kata sandi"),
    "plain text": ("a.txt", b"Rencana kerja desa kami tahun ini.\nTidak ada tabel.\n", "teks biasa"),
    "binary rubbish": ("a.pdf", bytes(range(256)) * 8, "bukan jenis yang dikenal"),
    "truncated ZIP": ("a.docx", office("wordprocessingml.document.main")[:60], "terpotong"),
    "Excel 4": ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00".ljust(200, b"\0"), "sangat lama"),
    "HEIC photo": ("a.heic", b"\0\0\0\x18ftypheic".ljust(64, b"\0"), "PNG atau JPG"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path, name):
    file, data, words = REFUSED[name]
    with pytest.raises(InputError) as refused:
        sniff(put(tmp_path, file, data))
    assert words in refused.value.message
    assert file in refused.value.message
    assert refused.value.message.endswith(".")


def test_an_old_workbook_with_a_password_is_told_so():
    path = Path(__file__).resolve().parents[3] / "shared" / "robust" / "apache__poi" / "xor-encryption-abc.xls"
    if not path.exists():
        pytest.skip("shared/robust is not here")
    with pytest.raises(InputError, match="kata sandi"):
        load(path)


def test_limits_of_irmcheck_toml(tmp_path):
    (tmp_path / "irmcheck.toml").write_text("[limits]\nmax_mb = 3\npage_seconds = 9\n")
    limits = limits_from(read_settings(tmp_path).limits)
    assert (limits.max_bytes, limits.page_seconds, limits.max_pages) == (3 * MB, 9, Limits().max_pages)
    for wrong in ("mega = 3", "max_mb = 0", "max_mb = true", 'max_mb = "besar"'):
        (tmp_path / "irmcheck.toml").write_text(f"[limits]\n{wrong}\n")
        with pytest.raises(UsageError, match="max_mb"):
            read_settings(tmp_path)


def test_names_promise_formats():
    assert [expected(Path(name)) for name in ("A.PDF", "a.docm", "a.xls", "a.jpeg", "a", "a.bak")] == [
        "pdf", "docx", "xls", "image", "", "",
    ]  # fmt: skip


def test_files_that_are_no_files(tmp_path):
    for path, words in (
        (tmp_path, "adalah folder"),
        (tmp_path / "tidak-ada.pdf", "tidak ada"),
        (put(tmp_path, "kosong.pdf", b""), "kosong"),
        (put(tmp_path, "~$plan.docx", b"x" * 162), "berkas sementara"),
        (Path("/dev/null"), "bukan berkas biasa"),
        (tmp_path / ("x" * 300), "tidak sah"),
    ):
        if path.parent == Path("/dev") and not path.exists():
            continue
        with pytest.raises(InputError, match=words):
            check_file(path, Limits())


def test_size_limit(tmp_path):
    path = put(tmp_path, "besar.pdf", b"%PDF" * 1000)
    check_file(path, Limits(max_bytes=4000))
    with pytest.raises(InputError, match="terlalu besar"):
        check_file(path, Limits(max_bytes=3999))


def test_hash_is_of_the_content(tmp_path):
    assert sha256(put(tmp_path, "a", b"abc")).startswith("ba7816bf8f01cfea")


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path):
    bomb = archive({"word/document.xml": b"0" * 60 * MB})
    with pytest.raises(InputError, match="mengembang"):
        check_zip(put(tmp_path, "bom.docx", bomb), Limits())


def test_a_zip_that_lies_about_its_sizes_is_found_out(tmp_path):
    honest = archive({"xl/workbook.xml": b"0" * 5_000_000})
    lying = honest.replace((5_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(InputError, match="rusak"):
        check_zip(put(tmp_path, "bohong.xlsx", lying), Limits())


def test_too_many_members(tmp_path):
    path = put(tmp_path, "banyak.docx", archive({f"{n}": b"" for n in range(30)}))
    with pytest.raises(InputError, match="mengembang"):
        check_zip(path, Limits(max_members=29))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities_are_refused(tmp_path, encoding):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'.encode(encoding)
    path = put(tmp_path, "tawa.docx", archive({"word/document.xml": laughs}))
    with pytest.raises(InputError, match="entitas XML"):
        check_zip(path, Limits())


def test_ordinary_packages_pass(tmp_path):
    filler = b"<w:p>Pembangunan embung &amp; talud</w:p>" * 20_000  # 0.8 MB that packs very well
    check_zip(put(tmp_path, "a.docx", archive({"word/document.xml": filler, "word/media/image1.png": b"\x89PNG"})), Limits())
