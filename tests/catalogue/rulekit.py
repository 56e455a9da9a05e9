"""Small rule folders for tests."""

from pathlib import Path
from textwrap import dedent

CARD = """
id: PRB-03
judul: Peringatan dini
kelompok: PRB
pilar: prb
aspek: tata_kelola
tahap: kesiapsiagaan
bobot: 2
mudah: 3
untuk: [rpjmdes, rkpdes]
pertanyaan: Adakah cara memberi tahu warga sebelum bahaya datang?
mengapa: Warga selamat bila tahu lebih dulu. Alatnya murah.
istilah:
  alat:
    cari: [kentongan, sirene, "[air] & sirene"]
    bukan: [pengeras suara gereja]
  pesan: {cari: ["[alat] desa"]}
berlaku:
  bila:
    - kalimat: {cari: [air]}
  jika_tidak: Tidak ada bahaya yang disebut.
bukti:
  - kegiatan: {cari: [alat], dengan: [[pesan, "[air]"], [alat]], jenis: embung, punya: [lokasi]}
    nilai: terpenuhi
    alasan: ada alat di matriks
  - semua: {aturan: [{kalimat: {cari: [alat], di: [masalah]}}, {kegiatan: {bahaya: banjir, minimal: 2}}]}
    nilai: sebagian
    alasan: baru disebut
saran: Tambahkan kentongan.
contoh_kegiatan:
  - {kode: 3.1.04, nama: Pengadaan kentongan, satuan: buah, pelaksana: TPK, sumber: DD}
dasar:
  - {aturan: uu-24-2007, pasal: "46"}
pkd: [23, 24]
destana: 43
contoh:
  terpenuhi:
    - baris: {kegiatan: Pengadaan kentongan, lokasi: Dusun 1, biaya: 1.000.000, sumber: DD}
  sebagian:
    - {kalimat: Kentongan dipukul waktu banjir, di: masalah}
  belum:
    - {judul: Bencana, di: profil, dokumen: rkpdes, tahun: 2025}
  jebakan:
    - {kalimat: Belum ada sirene, di: masalah, sebab: negasi}
    - isi: [{kalimat: Ada air, di: profil}, {baris: {tabel: hadir, nama: Contoh}}]
      status: tidak_berlaku
      sebab: mirip
"""
LEXICON = """
konsep:
  air: {cari: [air, =oe], bukan: [air mata]}
  banjir: {cari: [banjir]}
"""
TYPES = """
jenis:
  embung:
    nama: Embung
    cari: [embung, "[air]"]
    dengan: [[kering, "[air]"], ["[banjir]"]]
    bukan: [embun]
    pilar: [api]
    menjawab: [banjir]
    kode: [2.3.10]
    di: baris
    contoh: {ya: [Pembuatan embung], tidak: [{kegiatan: Embun pagi, lokasi: Desa}]}
"""
HAZARDS = """
bahaya:
  banjir: {nama: Banjir, konsep: [banjir]}
"""
REGULATIONS = """
aturan:
  uu-24-2007: {nama: UU 24/2007, judul: Penanggulangan Bencana, tahun: 2007, topik: PRB, tingkat: P, pasal: {"46": P}}
"""
PACK = """
tahun: 2026
diketahui: true
aturan: [uu-24-2007]
terbit: 2025-12-30
fokus:
  - {id: iklim, judul: Iklim, jenis: [embung], konsep: [air], bukan: [air kemasan], pasti: true}
porsi: {blt: {maks: 15, min: null, pasti: true, aturan: uu-24-2007}}
"""
FILES = {
    "prb/PRB-03-peringatan-dini.yaml": CARD,
    "lexicon/istilah.yaml": LEXICON,
    "lexicon/kegiatan.yaml": TYPES,
    "lexicon/bencana.yaml": HAZARDS,
    "lexicon/satuan.yaml": "kelipatan: {1000: [ribu], 1000000: [juta]}\nrasio: 0.5\nkosong: null\nya: on\n",
    "regulations.yaml": REGULATIONS,
    "packs/2026.yaml": PACK,
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write rule files (dedented) into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def line_of(text: str, part: str) -> int:
    """The 1-based line of a written file on which `part` stands."""
    lines = dedent(text).lstrip("\n").splitlines()
    return next(number for number, line in enumerate(lines, 1) if part in line)
