"""An invented assessment that shows every status, evidence that counts and does not, money, hazards and troubles."""

from __future__ import annotations

from dataclasses import replace

from irmcheck.errors import Problem, Severity
from irmcheck.model import (
    Activity,
    Assessment,
    Basis,
    Budget,
    CatalogueStamp,
    DanaDesa,
    Document,
    Evidence,
    Finding,
    FundNote,
    GroupScore,
    HazardThread,
    Identity,
    Page,
    Place,
    Plan,
    PlanKind,
    PlanTable,
    Priority,
    Quality,
    Section,
    SectionKind,
    Share,
    Stance,
    Status,
    SuggestedActivity,
    SumCheck,
    Summary,
    TableKind,
    Tag,
    Volume,
)

MET, PARTIAL, MISSING = Status.MET, Status.PARTIAL, Status.MISSING
NOT_APPLICABLE, UNDETERMINED = Status.NOT_APPLICABLE, Status.UNDETERMINED

CRITERIA = (
    ("RIS-01", "Ancaman disebut jenisnya", "lintas", "tata_kelola", 3, MET),
    ("RIS-02", "Riwayat kejadian dan dampak", "lintas", "sosial", 2, PARTIAL),
    ("RIS-03", "Lokasi atau peta rawan", "lintas", "infrastruktur", 2, MISSING),
    ("RIS-06", "Gejala perubahan iklim setempat", "api", "lingkungan", 3, MET),
    ("RIS-07", "Kondisi ekosistem dan kaitannya dengan risiko", "mer", "lingkungan", 3, PARTIAL),
    ("KEB-01", "Ketangguhan atau lingkungan dalam visi dan arah kebijakan", "lintas", "tata_kelola", 2, MET),
    ("KEB-02", "Perdes atau aturan tentang bencana, air, hutan, lingkungan", "lintas", "tata_kelola", 2, MISSING),
    ("PRB-01", "Mitigasi fisik", "prb", "infrastruktur", 3, MET),
    ("PRB-02", "Jalur, rambu, dan tempat evakuasi", "prb", "infrastruktur", 2, MISSING),
    ("PRB-03", "Peringatan dini", "prb", "tata_kelola", 2, PARTIAL),
    ("PRB-04", "Pelatihan, sosialisasi, simulasi warga", "prb", "sosial", 3, MISSING),
    ("API-01", "Air: panen, simpan, hemat", "api", "infrastruktur", 3, MET),
    ("API-02", "Pertanian, peternakan, perikanan adaptif", "api", "ekonomi", 3, PARTIAL),
    ("MER-01", "Penghijauan dan rehabilitasi lahan", "mer", "lingkungan", 3, MISSING),
    ("MER-02", "Perlindungan mata air dan daerah tangkapan", "mer", "lingkungan", 3, MET),
    ("MER-04", "Ekosistem pesisir", "mer", "lingkungan", 2, NOT_APPLICABLE),
    ("INK-01", "Perempuan ikut menyusun", "lintas", "sosial", 3, UNDETERMINED),
    ("SIAP-01", "Tim siaga atau relawan bencana", "prb", "tata_kelola", 3, MISSING),
    ("ANG-01", "Kegiatan risiko punya biaya dan sumber dana", "lintas", "tata_kelola", 3, PARTIAL),
    ("LIN-02", "Kemitraan dan gabungan sektor", "lintas", "tata_kelola", 2, MET),
    ("MON-01", "Sasaran terukur", "lintas", "tata_kelola", 2, PARTIAL),
)

ROWS = (
    ("Penghasilan tetap dan tunjangan perangkat desa", "01.01.01", 1, "Desa", "12 bulan", 318_600_000, ("ADD",), ()),
    ("Rabat beton jalan Dusun II", "02.03.10", 2, "Dusun II", "350 meter", 148_250_000, ("DD",), ()),
    ("Pembangunan bronjong tepi Kali Oelmuti", "02.03.14", 2, "Dusun I, RT 03", "60 m3", 96_400_000, ("DD",), ("prb",)),
    (
        "Bak penampung air hujan keluarga 5.000 liter",
        "02.04.10",
        2,
        "Dusun II dan III",
        "24 unit",
        132_000_000,
        ("DD",),
        ("api",),
    ),
    (
        "Pagar dan penanaman pohon di sekitar mata air Oemolo",
        "02.05.02",
        2,
        "Dusun III",
        "1 lokasi",
        21_500_000,
        ("DD",),
        ("mer",),
    ),
    ("Perbaikan jaringan pipa air bersih", "02.04.11", 2, "Dusun I-IV", "1.200 meter", 54_700_000, ("PBH",), ("api",)),
    ("Bantuan benih jagung lokal dan sorgum", "04.02.01", 4, "4 dusun", "120 KK", 18_000_000, ("DD",), ("api",)),
    ("Pelatihan pupuk kandang bagi kelompok tani", "04.02.05", 4, "Balai desa", "30 orang", None, (), ()),
    ("Pengadaan pengeras suara desa", "02.06.03", 2, "Kantor desa", "1 paket", 7_500_000, ("ADD",), ()),
    ("Dana keadaan darurat", "05.01.00", 5, "Desa", "1 tahun", 15_000_000, ("DD",), ("prb",)),
)

HEADER = ("No", "Kode", "Kegiatan", "Lokasi", "Volume", "Sasaran", "Waktu", "Biaya (Rp)", "Sumber", "Pelaksana")
ROLES = ("no", "kode", "kegiatan", "lokasi", "volume", "sasaran", "waktu", "biaya", "sumber", "pelaksana")
BIDANG = {1: "Penyelenggaraan Pemerintahan Desa", 2: "Pelaksanaan Pembangunan Desa", 4: "Pemberdayaan Masyarakat Desa"}
BIDANG[5] = "Penanggulangan Bencana, Keadaan Darurat dan Mendesak"

EVIDENCE = {
    "RIS-01": (
        Evidence(
            "Setiap bulan Agustus sampai November warga Dusun II dan III kekurangan air karena kemarau panjang.",
            Place(14, "BAB II > 2.4 Masalah Desa"),
            Stance.PROBLEM,
            True,
            "Menyebut kekeringan sebagai masalah desa ini, dengan tempat dan waktu.",
        ),
        Evidence(
            "Tepi Kali Oelmuti longsor dan 7 rumah di RT 03 terancam.",
            Place(15, "BAB II > 2.4 Masalah Desa", 4, 6),
            Stance.PROBLEM,
            True,
            "Menyebut longsor dengan tempat dan rumah yang terancam.",
        ),
        Evidence(
            "Undang-Undang Nomor 24 Tahun 2007 tentang Penanggulangan Bencana",
            Place(3, "Mengingat"),
            Stance.LAW,
            False,
            "Ini bagian dasar hukum, bukan keadaan desa.",
        ),
    ),
    "PRB-01": (
        Evidence(
            "Pembangunan bronjong tepi Kali Oelmuti",
            Place(31, "BAB VI > Matriks kegiatan", 9, 3),
            Stance.COMMITMENT,
            True,
            "Baris kegiatan dengan lokasi, volume dan biaya.",
            3,
        ),
    ),
    "API-01": (
        Evidence(
            "Bak penampung air hujan keluarga 5.000 liter",
            Place(31, "BAB VI > Matriks kegiatan", 9, 4),
            Stance.COMMITMENT,
            True,
            "Menambah simpanan air untuk musim kemarau.",
            4,
        ),
    ),
    "MER-02": (
        Evidence(
            "Pagar dan penanaman pohon di sekitar mata air Oemolo",
            Place(32, "BAB VI > Matriks kegiatan", 9, 5),
            Stance.COMMITMENT,
            True,
            "Melindungi daerah sekitar mata air.",
            5,
        ),
    ),
    "PRB-03": (
        Evidence(
            "Pengadaan pengeras suara desa",
            Place(33, "BAB VI > Matriks kegiatan", 9, 9),
            Stance.COMMITMENT,
            True,
            "Alatnya ada, tetapi tujuan peringatan bahaya tidak ditulis.",
            9,
        ),
    ),
    "SIAP-01": (
        Evidence(
            "Desa belum memiliki tim siaga bencana.",
            Place(17, "BAB II > 2.5 Kelembagaan"),
            Stance.ABSENT,
            False,
            "Kalimat ini menyatakan tim siaga belum ada.",
        ),
        Evidence(
            "Pada tahun 2021 BPBD melatih 10 relawan.",
            Place(17, "BAB II > 2.5 Kelembagaan"),
            Stance.PAST,
            False,
            "Ini kegiatan masa lalu, bukan rencana.",
        ),
    ),
    "MER-01": (
        Evidence(
            "Apabila ada bantuan bibit, lahan kritis akan ditanami.",
            Place(None, "BAB V > Arah kebijakan"),
            Stance.CONDITIONAL,
            False,
            "Masih bersyarat, belum menjadi kegiatan.",
        ),
    ),
}

SUGGESTED = {
    "SIAP-01": (
        SuggestedActivity(
            "Pembentukan dan pelatihan Tim Siaga Bencana Desa", "3.1.04", "orang", "Kasi Pemerintahan", "DD atau ADD"
        ),
        SuggestedActivity("Perlengkapan Tim Siaga Bencana Desa", "3.1.05", "paket", "Kasi Pemerintahan", "DD"),
    ),
    "MER-01": (
        SuggestedActivity("Penanaman bambu dan beringin di lahan kritis", "2.5.02", "anakan", "Kasi Kesejahteraan", "DD"),
    ),
    "PRB-04": (SuggestedActivity("Simulasi longsor dan kekeringan bagi warga", "3.1.04", "orang", "Kasi Pemerintahan", "DD"),),
}


def _findings() -> tuple[Finding, ...]:
    reasons = {
        MET: "Rencana memuat hal ini di tempat yang tepat.",
        PARTIAL: "Hal ini disebut, tetapi lokasi, volume atau biayanya belum lengkap.",
        MISSING: "Tidak ditemukan di seluruh bagian yang terbaca.",
        NOT_APPLICABLE: "Desa ini tidak berbatasan dengan laut.",
        UNDETERMINED: "Daftar hadir dan berita acara ada di halaman 38-40 yang tidak terbaca.",
    }
    basis = (
        Basis("Perka BNPB 1/2012", "", True, "pedoman Desa/Kelurahan Tangguh Bencana"),
        Basis("Permendesa PDT 16/2025", "Pasal 3", False, "perlu dicek ke DPMD"),
    )
    advice = "Tambahkan kegiatan ini ke matriks dengan lokasi, volume dan biaya. Bicarakan di musyawarah dusun."
    return tuple(
        Finding(
            id=id_,
            title=title,
            group=id_.split("-")[0],
            pillar=pillar,
            aspect=aspect,
            weight=weight,
            status=status,
            reason=reasons[status],
            evidence=EVIDENCE.get(id_, ()),
            advice="" if status in (MET, NOT_APPLICABLE) else advice,
            basis=basis if status is not NOT_APPLICABLE else (),
            suggested=SUGGESTED.get(id_, ()),
        )
        for id_, title, pillar, aspect, weight, status in CRITERIA
    )


def _activities() -> tuple[Activity, ...]:
    return tuple(
        Activity(
            row=number,
            place=Place(31 + (number - 1) // 4, "BAB VI > Matriks kegiatan", 9, number),
            name=name,
            code=code,
            bidang=BIDANG[bidang],
            bidang_number=bidang,
            location=where,
            volume=Volume(volume, float(volume.split()[0].replace(".", "")), volume.split(" ", 1)[1]),
            target="Warga desa",
            schedule="2026",
            years=(2026,),
            cost=cost,
            sources=sources,
            sources_text=", ".join(sources),
            pattern="Swakelola",
        )
        for number, (name, code, bidang, where, volume, cost, sources, _) in enumerate(ROWS, start=1)
    )


def _tags() -> tuple[Tag, ...]:
    hazards = {3: ("longsor", "banjir"), 4: ("kekeringan",), 5: ("kekeringan",), 6: ("kekeringan",), 7: ("pangan",)}
    return tuple(
        Tag(number, row[7], hazards.get(number, ()), (), "Dikenali dari nama kegiatannya." if row[7] else "")
        for number, row in enumerate(ROWS, start=1)
    )


def _hazards() -> tuple[HazardThread, ...]:
    evidence = EVIDENCE["RIS-01"]
    return (
        HazardThread("kekeringan", "Kekeringan", True, (evidence[0],), (4, 5, 6), 208_200_000),
        HazardThread(
            "longsor",
            "Tanah longsor",
            True,
            (evidence[1],),
            (3,),
            96_400_000,
            "Ada bronjong, tetapi tidak ada penanaman di hulu.",
        ),
        HazardThread("angin", "Angin kencang", True, (replace(evidence[0], quote="Angin kencang merusak 12 atap rumah."),)),
        HazardThread("banjir", "Banjir", False, (evidence[2],), (3,), 96_400_000),
    )


def _shares(pairs: tuple[tuple[str, int, int], ...], total: int) -> tuple[Share, ...]:
    return tuple(Share(key, cost, rows, round(100 * cost / total, 1)) for key, cost, rows in pairs)


def _budget() -> Budget:
    total = 811_950_000
    return Budget(
        total=total,
        by_source=_shares((("DD", 431_150_000, 6), ("ADD", 326_100_000, 2), ("PBH", 54_700_000, 1)), total),
        by_pillar=_shares(
            (("prb", 111_400_000, 2), ("api", 204_700_000, 3), ("mer", 21_500_000, 1), ("prt", 337_600_000, 6)), total
        ),
        by_bidang=_shares(
            tuple(zip(BIDANG.values(), (318_600_000, 460_350_000, 18_000_000, 15_000_000), (1, 6, 2, 1), strict=True)), total
        ),
        by_year=_shares((("2026", total, 10),), total),
        checks=(
            SumCheck("Jumlah Bidang 1", 318_600_000, 318_600_000, 31),
            SumCheck("Jumlah Bidang 2", 460_530_000, 460_350_000, 33),
        ),
        without_cost=(8,),
        without_source=(8,),
    )


def _scores(keys: tuple[tuple[str, float | None], ...], by: str) -> tuple[GroupScore, ...]:
    def count(key: str, status: Status) -> int:
        return sum(f.status is status and getattr(f, by) == key for f in _findings())

    order = (MET, PARTIAL, MISSING, NOT_APPLICABLE, UNDETERMINED)
    return tuple(GroupScore(key, score, *(count(key, status) for status in order)) for key, score in keys)


def _summary() -> Summary:
    groups = (("RIS", 62.5), ("KEB", 50.0), ("PRB", 40.0), ("API", 75.0), ("MER", 50.0), ("INK", None))
    rest = (("SIAP", 0.0), ("ANG", 50.0), ("LIN", 100.0), ("MON", 50.0))
    aspects = (("sosial", 22.0), ("ekonomi", 50.0), ("lingkungan", 63.6), ("infrastruktur", 60.0), ("tata_kelola", 51.0))
    return Summary(
        score=53.6,
        band="cukup",
        groups=_scores(groups + rest, "group"),
        pillars=_scores((("prb", 34.6), ("api", 83.3), ("mer", 50.0)), "pillar"),
        aspects=_scores(aspects, "aspect"),
        integrated=True,
    )


def _priorities() -> tuple[Priority, ...]:
    row = (
        ("kode", "3.1.04"),
        ("kegiatan", "Pembentukan dan pelatihan Tim Siaga Bencana Desa"),
        ("lokasi", "Dusun II dan III"),
        ("volume", "... orang"),
        ("sumber", "DD"),
        ("pelaksana", "Kasi Pemerintahan"),
    )
    other = (
        ("kode", "2.5.02"),
        ("kegiatan", "Penanaman bambu dan beringin di lahan kritis"),
        ("lokasi", "Dusun ..."),
        ("volume", "... anakan"),
    )
    drill = (
        ("kode", "3.1.04"),
        ("kegiatan", "Simulasi longsor dan kekeringan bagi warga"),
        ("volume", "... orang"),
        ("sumber", "DD"),
    )
    return (
        Priority("SIAP-01", "Belum ada tim yang bergerak lebih dulu saat bencana, dan biayanya kecil.", (row,)),
        Priority("MER-01", "Lahan kritis di hulu memperbesar kekeringan dan longsor.", (other,)),
        Priority("PRB-04", "Warga perlu tahu apa yang dilakukan sebelum longsor terjadi.", (drill,)),
    )


def _dana_desa() -> DanaDesa:
    rule = "Permendesa PDT 16/2025"
    return DanaDesa(
        2026,
        True,
        rule,
        fit=(FundNote("Bak penampung air hujan cocok dengan fokus ketahanan iklim.", 4, "iklim", "API-01", rule, True),),
        opportunities=(FundNote("Tim siaga bencana dapat diusulkan dari dana desa.", None, "bencana", "SIAP-01", rule, False),),
        warnings=(FundNote("Dana keadaan darurat: perlu dicek persentasenya.", 10, "", "ANG-04", rule, False),),
    )


def document() -> Document:
    """The file behind the sample: 40 pages, of which 38-40 could not be read."""
    pages = tuple(
        Page(n, "unread", Quality.POOR, "gambar buram") if n >= 38 else Page(n, "ocr" if n > 34 else "text") for n in range(1, 41)
    )
    return Document("rpjmdes-oelfatu.pdf", "ab" * 32, "pdf", (), pages)


def assessment() -> Assessment:
    """The rich sample."""
    identity = Identity(PlanKind.RKPDES, "Oelfatu", "Mollo Rindu", "Timor Raya", "Nusa Tenggara Timur", 2026, 2026, True)
    sections = (
        Section("BAB II KEADAAN DESA", SectionKind.PROFILE, 1, (0, 1), 8, "BAB II"),
        Section("BAB VI MATRIKS KEGIATAN", SectionKind.MATRIX, 1, (1, 2), 30, "BAB VI"),
    )
    table = PlanTable(9, "Matriks kegiatan", TableKind.MATRIX, HEADER, ROLES, (), 1, 31)
    plan = Plan(document(), identity, sections, (table,), _activities(), (), (), 811_950_000)
    problems = (
        Problem("load", "page-unread", "Halaman 38-40 tidak terbaca: gambar buram. Pindai ulang 300 dpi.", 38, Severity.ERROR),
        Problem("structure", "sum-differs", "Jumlah Bidang 2 tertulis Rp 460.530.000, terhitung Rp 460.350.000.", 33),
    )
    return Assessment(
        plan=plan,
        findings=_findings(),
        tags=_tags(),
        hazards=_hazards(),
        budget=_budget(),
        dana_desa=_dana_desa(),
        summary=_summary(),
        priorities=_priorities(),
        stamp=CatalogueStamp(2026, "0123456789abcdef" * 4, ("PRB-02",)),
        quality=Quality.FAIR,
        pages_unread=(38, 39, 40),
        problems=problems,
    )


def not_a_plan() -> Assessment:
    """A file that is no village plan: nothing is judged."""
    rich = assessment()
    plan = replace(
        rich.plan,
        identity=Identity(PlanKind.NOT_A_PLAN, reasons=("Berkas ini skripsi: ada bab metode penelitian.",)),
        activities=(),
        tables=(),
        checks=(),
        stated_total=None,
    )
    return replace(
        rich,
        plan=plan,
        findings=(),
        tags=(),
        hazards=(),
        priorities=(),
        budget=Budget(None),
        dana_desa=DanaDesa(None, False),
        summary=Summary(None, "", (), (), (), None),
    )


def hostile(text: str) -> Assessment:
    """The sample with `text` wherever a document's own words can appear."""
    rich = assessment()
    bad = Evidence(text, Place(1, text, 1, 1), Stance.STATEMENT, True, text, 1)
    plan = replace(
        rich.plan,
        document=replace(rich.plan.document, file=text),
        identity=replace(rich.plan.identity, village=text, district=text, subdistrict=text),
        activities=tuple(
            replace(
                a, name=text, location=text, target=text, volume=Volume(text), sources=(text,), sources_text=text, bidang=text
            )
            for a in rich.plan.activities
        ),
        tables=tuple(replace(t, header=(text,) * len(t.header)) for t in rich.plan.tables),
    )
    return replace(
        rich,
        plan=plan,
        findings=tuple(replace(f, evidence=(bad, *f.evidence)) for f in rich.findings),
        hazards=tuple(replace(h, evidence=(bad,)) for h in rich.hazards),
        priorities=tuple(replace(p, rows=((("kegiatan", text), ("lokasi", text)),)) for p in rich.priorities),
        budget=replace(rich.budget, by_source=(Share(text, 1, 1, 0.1),)),
        problems=(Problem("load", "odd", text, 1),),
    )
