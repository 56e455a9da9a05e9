"""Wording that looks like risk work and is none: rows that get no pillar, sentences that fulfil no criterion."""

from dataclasses import replace

import pytest

from irmcheck.assess import assess
from irmcheck.match import find_matches
from irmcheck.miniplan import PlanMaker
from irmcheck.model import PlanKind, Stance
from irmcheck.pipeline import prepare

HAZARD_PROBLEMS = [
    ("Rumah warga kebanjiran setiap musim hujan", "Dusun I"),
    ("Tanah longsor menimpa kebun warga", "Dusun II"),
    ("Atap rumah terbang kena angin kencang", "Dusun III"),
    ("Kekeringan dan kurang air bersih", "Dusun IV"),
    ("Gagal panen jagung karena belalang", "Dusun I"),
]
ORDINARY = ("Rabat beton jalan lingkungan", "Rehab gedung PAUD", "Insentif ketua RT")
TRAP_ROWS = [
    # offices and their yards
    "Bak penampung air kantor desa",
    "Talang air kantor desa",
    "Sumur kantor desa",
    "Drainase kantor desa",
    "Penghijauan kantor desa",
    "Penanaman ketapang di halaman kantor desa",
    "Tempat sampah kantor desa",
    "APAR kantor desa",
    "Pembangunan teras kantor desa",
    "Pagar tembok penahan halaman gereja",
    "Tempat penampungan air wudhu masjid",
    # feasts and contests
    "Festival Embung Muda",
    "Lomba cipta menu pangan lokal",
    "Pembersihan kali untuk lomba dayung",
    "Penanaman pohon pinang untuk acara HUT RI",
    "Turnamen voli Gelombang Cup",
    "Studi banding pengelolaan embung ke Jawa",
    "Latihan pramuka siaga",
    "Regu api unggun",
    # names
    "Kelompok tenun Seroja",
    "Pentas seni Seroja",
    "Penyertaan modal BUMDes Bakau Jaya",
    "Penyertaan modal BUMDes Lumbung Pangan Sejahtera",
    "Pagar Posyandu Mata Air",
    "Rabat jalan Dusun Mata Air",
    "Kelompok tani Mamar Indah",
    "Kelompok tani Tangguh",
    # order, elections, health
    "Tim siaga pemilu",
    "Satgas linmas siaga nataru",
    "Tim siaga stunting",
    "Pos siaga lebaran",
    "Pengadaan seragam Linmas",
    "Dana siaga kesehatan ibu hamil",
    "Evakuasi jenazah oleh ambulans desa",
    "Imunisasi campak",
    "Penyelenggaraan desa siaga kesehatan",
    # other risks, other evacuations, other fires
    "Sosialisasi risiko pernikahan dini",
    "Pelatihan manajemen risiko keuangan BUMDes",
    "Pendataan keluarga berisiko stunting",
    "Peta risiko korupsi",
    "Papan tanda bahaya tegangan listrik",
    "Rencana penanggulangan kemiskinan",
    "Larangan membakar petasan",
    "Babat rumput keliling kampung menjelang HUT RI",
    "Pindah alamat penduduk dan administrasi KK warga",
    "Suntikan modal untuk ternak sapi",
    "Bantuan sosial bagi korban kekerasan",
    "Pembinaan mental spiritual menghadapi badai kehidupan",
    # other water, other plants
    "Galon air minum rapat",
    "Depot air minum isi ulang",
    "Kelompok pengelola air mancur taman",
    "Bibit babi asli kampung",
    "Bibit jati untuk dijual",
    "Penanaman tiang listrik di pinggir kali",
    "Jalan ke hutan adat",
    "Rehabilitasi lahan parkir",
    "Penanaman modal BUMDes",
    "Sosialisasi iklim usaha",
    "Mitigasi konflik sosial",
    "Evaluasi APBDes",
    "Ketahanan pangan 20%",
]
TRAP_SENTENCES = [
    ("SIAP-01", "profil", "Tim siaga bencana bubar setelah proyek selesai."),
    ("SIAP-01", "profil", "Kelompok siaga bencana sudah lama vakum."),
    ("SIAP-01", "profil", "Alih-alih membentuk tim siaga bencana, desa membangun kantor baru."),
    (
        "SIAP-01",
        "kebijakan",
        "BPBD kabupaten akan membentuk tim siaga dan memasang rambu evakuasi di beberapa desa pada tahun 2027.",
    ),
    ("SIAP-02", "profil", "Forum PRB hanya sebatas wacana."),
    ("SIAP-02", "profil", "Forum PRB tinggal papan nama saja."),
    ("SIAP-02", "profil", "Forum PRB desa adalah wadah warga untuk pengurangan risiko bencana."),
    ("SIAP-03", "profil", "Rencana kontinjensi tidak ditemukan di arsip desa."),
    ("SIAP-02", "profil", "Forum PRB di tingkat desa belum ada."),
    ("SIAP-01", "profil", "Tim siaga bencana di dusun kami belum ada."),
    ("SIAP-03", "profil", "BPBD Kabupaten telah menyusun rencana kontinjensi cuaca ekstrem."),
    ("SIAP-04", "profil", "Tenda dan peralatan bencana tersimpan di gudang BPBD Kabupaten."),
    ("INK-02", "lampiran", "Unsur disabilitas: - ; unsur lansia: - ; unsur perangkat desa: 9 orang."),
    ("ANG-03", "biaya", "Belanja tak terduga : Rp. 0,-"),
    ("PRB-02", "profil", "Pada tahun 2018 pemerintah desa membangun jalur evakuasi."),
    ("PRB-02", "profil", "Tak satu pun warga tahu jalur evakuasi."),
    ("PRB-03", "profil", "Sistem peringatan dini nihil."),
    ("PRB-03", "kebijakan", "Pemerintah provinsi akan memasang sirene peringatan dini tsunami."),
    ("PRB-04", "profil", "Belum satu kali pun dilakukan simulasi bencana."),
    ("PRB-04", "kebijakan", "BPBD kabupaten akan melatih relawan bencana di kecamatan."),
    ("RIS-01", "profil", "Desa aman dari banjir, longsor, dan angin kencang."),
    ("RIS-01", "profil", "Selama ini desa terhindar dari banjir dan longsor."),
    ("RIS-01", "profil", "Tanah longsor adalah gerakan tanah menuruni lereng, dan gempa bumi adalah getaran kerak bumi."),
    ("RIS-01", "profil", "Secara global banyak negara mengalami banjir, longsor serta kekeringan yang merusak ribuan rumah."),
    ("RIS-01", "masalah", "Banjir produk luar merusak harga pasar."),
    ("RIS-01", "pengantar", "Kami telah melewati badai dan gelombang kehidupan."),
    ("RIS-02", "profil", "Di Kabupaten Lumajang, banjir lahar dingin pada tahun 2021 merusak 1.027 rumah."),
    ("RIS-02", "profil", "Di ibu kota kabupaten terjadi banjir pada tahun 2021 yang merusak 40 rumah."),
    ("RIS-05", "proses", "Kajian risiko bencana tidak termasuk dalam pengkajian keadaan desa."),
    ("RIS-06", "profil", "Iklim investasi berubah sejak pasar dibuka."),
    ("KEB-01", "kebijakan", "Mewujudkan ekonomi desa yang tangguh dan mandiri."),
    ("KEB-02", "profil", "Perdes tentang lingkungan dicabut tahun 2020."),
    ("KEB-02", "profil", "Aturan adat tentang hutan telah ditinggalkan."),
    ("KEB-03", "profil", "Desa luput dari program Destana dan Proklim."),
    (
        "KEB-03",
        "kebijakan",
        "Program kabupaten tentang desa tangguh bencana dan kampung iklim akan menyasar desa lain di kecamatan.",
    ),
    ("KEB-03", "kebijakan", "Program Destana adalah program BNPB."),
    ("KEB-03", "profil", "Desa di sebelah sudah menjadi Desa Tangguh Bencana."),
    ("PRB-04", "profil", "Pelatihan siaga bencana diadakan dinas, bukan di desa kami."),
    ("API-04", "profil", "Lumbung desa sudah roboh dan tidak dipakai."),
    ("INK-01", "pengantar", "Terima kasih kepada kelompok perempuan dan penyandang disabilitas yang hadir dalam musyawarah."),
    ("INK-02", "pengantar", "Terima kasih kepada kelompok perempuan dan penyandang disabilitas yang hadir dalam musyawarah."),
    ("INK-01", "proses", "Kelompok perempuan diundang tetapi tidak hadir."),
    ("INK-01", "proses", "Tokoh perempuan berhalangan hadir."),
    ("INK-01", "proses", "Musyawarah desa wajib diikuti kelompok perempuan sebagaimana diatur dalam Pasal 54."),
    ("KEB-01", "kebijakan", "Mengurangi risiko kemiskinan dan pengangguran."),
    ("KEB-01", "kebijakan", "Mengurangi risiko kematian ibu dan bayi."),
    ("KEB-01", "kebijakan", "Pengelolaan risiko keuangan desa."),
    ("KEB-02", "profil", "Denda adat untuk perselingkuhan dan pencurian ternak masih berlaku."),
    ("KEB-02", "profil", "Larangan menebang pohon sering dilanggar."),
    ("KEB-03", "kebijakan", "Tujuan 13: Desa tanggap perubahan iklim; tujuan 14: desa peduli lingkungan laut."),
    ("RIS-02", "profil", "Di desa tetangga terjadi longsor pada tahun 2022 yang menimbun 5 rumah."),
    ("RIS-02", "profil", "Badai Seroja pada April 2021 merusak Kota Kupang tetapi tidak menyentuh desa ini."),
    ("RIS-01", "profil", "Semoga tidak terjadi banjir, longsor dan angin kencang yang merusak rumah warga."),
    ("RIS-07", "profil", "Hutan dijaga oleh KPH dan tidak rusak."),
    ("RIS-07", "profil", "Hutan desa masih lestari dan mata air tidak pernah kering."),
    ("RIS-07", "profil", "Galian pasir di kali menjadi mata pencaharian 30 KK."),
    ("API-03", "proses", "BPBD dan BMKG hadir dalam musrenbang."),
    ("API-03", "profil", "Petugas BMKG tinggal di desa ini."),
    ("API-04", "profil", "KUD Lumbung Pangan bergerak dalam usaha dagang."),
    ("INK-01", "proses", "Tim penyusun sebelas orang, seluruhnya laki-laki tanpa unsur perempuan."),
    ("INK-01", "proses", "Perempuan hadir di dapur, bukan dalam musyawarah."),
    ("INK-02", "proses", "Lansia dan difabel tidak sempat diundang dalam musyawarah."),
    ("INK-04", "profil", "Lembaga adat mengurus perkawinan dan pemakaman."),
    ("SIAP-03", "profil", "Rencana penanggulangan bencana dan rencana kontinjensi merupakan dokumen kabupaten."),
    ("ANG-03", "kebijakan", "Menyediakan dana cadangan untuk pilkades."),
    ("ANG-03", "kebijakan", "Dana siap pakai belum dapat disediakan tahun ini."),
    ("LIN-01", "profil", "Tidak ada kerja sama antar desa dalam urusan air."),
]
EVIDENT = [
    ("RIS-01", "profil", "Rumah warga Dusun III tidak aman dari banjir; Januari 2024 banjir merusak 14 rumah."),
    ("SIAP-01", "profil", "Tim siaga bencana dibentuk tahun 2023 dengan SK kepala desa."),
    ("INK-01", "proses", "Tim penyusun beranggotakan sebelas orang, empat di antaranya perempuan."),
]


@pytest.fixture(scope="module")
def rules():
    return prepare()


def judged(rules, *, sentence=None, rows=(), problems=()):
    cells = [{"tabel": "masalah", "masalah": text, "lokasi": place} for text, place in problems]
    common = {"lokasi": "Dusun I", "volume": "1 paket", "sasaran": "Warga", "biaya": "Rp 25.000.000", "sumber": "ADD"}
    cells += [{"kegiatan": name, **common} if isinstance(name, str) else name for name in rows]
    plan = PlanMaker.of(rules.catalogue).plan_of(PlanKind.RPJMDES, 2026, [sentence] if sentence else (), (), cells)
    plan = replace(plan, identity=replace(plan.identity, district="Timor Tengah Selatan"))
    return assess(plan, find_matches(plan, rules.matcher), rules.catalogue)


@pytest.fixture(scope="module")
def tagged_traps(rules):
    """Names of trap rows that were given a pillar, though the plan's problems are full of hazards."""
    assessment = judged(rules, rows=TRAP_ROWS, problems=HAZARD_PROBLEMS)
    names = {a.row: a.name for a in assessment.plan.activities}
    return {names[tag.activity]: tag.types for tag in assessment.tags if tag.pillars}


@pytest.mark.parametrize("name", TRAP_ROWS)
def test_a_row_that_only_sounds_like_risk_work_gets_no_pillar(tagged_traps, name):
    assert name not in tagged_traps, tagged_traps[name]


@pytest.mark.parametrize(("criterion", "section", "sentence"), TRAP_SENTENCES, ids=[s for _, _, s in TRAP_SENTENCES])
def test_a_sentence_that_only_sounds_like_evidence_fulfils_nothing(rules, criterion, section, sentence):
    finding = next(f for f in judged(rules, sentence=(section, sentence), rows=ORDINARY).findings if f.id == criterion)
    assert finding.status not in ("met", "partial"), [e.quote for e in finding.evidence]


@pytest.mark.parametrize(("criterion", "section", "sentence"), EVIDENT, ids=[s for _, _, s in EVIDENT])
def test_true_evidence_beside_such_words_still_counts(rules, criterion, section, sentence):
    finding = next(f for f in judged(rules, sentence=(section, sentence), rows=ORDINARY).findings if f.id == criterion)
    assert finding.status in ("met", "partial")


@pytest.mark.parametrize(
    ("criterion", "name", "told"),
    [
        ("SIAP-01", "Tim siaga bencana", "0"),
        ("SIAP-01", "Tim siaga bencana", "0 orang"),
        ("SIAP-02", "Forum PRB", "tidak ada"),
        ("SIAP-02", "Kelompok pengelola air", "Tidak aktif"),
        ("KEB-02", "Perdes tentang lingkungan hidup", "Belum ada"),
        ("PRB-03", "Sistem peringatan dini", "tidak tersedia"),
        ("RIS-07", "Lahan kritis", "0 ha"),
    ],
)
def test_a_row_of_facts_that_says_there_is_none_is_no_evidence(rules, criterion, name, told):
    rows = [*ORDINARY, {"tabel": "data", "no": "1", "nama": name, "keterangan": told}]
    assert next(f for f in judged(rules, rows=rows).findings if f.id == criterion).status not in ("met", "partial")


@pytest.mark.parametrize("kind", ["tim", "hadir"])
@pytest.mark.parametrize(("criterion", "unit"), [("INK-01", "Wakil perempuan"), ("INK-02", "Wakil penyandang disabilitas")])
def test_a_place_kept_for_people_counts_only_with_a_name(rules, kind, criterion, unit):
    filled = {"tabel": kind, "nama": "Yosef Contoh", "jabatan": "Ketua LPMD", "jenis_kelamin": "L"}
    for name, expected in (("-", False), ("", False), ("Maria Contoh", True)):
        rows = [*ORDINARY, filled, {"tabel": kind, "nama": name, "jabatan": unit, "jenis_kelamin": "P" if name else ""}]
        finding = next(f for f in judged(rules, rows=rows).findings if f.id == criterion)
        assert (finding.status in ("met", "partial")) is expected, name


def test_a_row_of_facts_with_a_number_counts(rules):
    rows = [*ORDINARY, {"tabel": "data", "no": "1", "nama": "Tim siaga bencana", "jumlah": "15 orang", "keterangan": "-"}]
    assert next(f for f in judged(rules, rows=rows).findings if f.id == "SIAP-01").status == "partial"


def test_a_hollow_row_is_evidence_for_no_criterion(rules):
    hollow = {"kegiatan": "Perlindungan mata air", "lokasi": "-", "volume": "0", "biaya": "0"}
    assessment = judged(rules, rows=[*ORDINARY, hollow])
    assert [f.id for f in assessment.findings if any(e.quote == "Perlindungan mata air" and e.counts for e in f.evidence)] == []


def test_a_row_of_nought_counts_for_nothing_even_where_no_other_row_has_figures(rules):
    nought = {"kegiatan": "Penghijauan bukit gundul", "lokasi": "-", "volume": "0", "biaya": "0"}
    for rows, expected in (([nought], "missing"), ([{"kegiatan": "Penghijauan bukit gundul"}], "partial")):
        assert next(f for f in judged(rules, rows=rows).findings if f.id == "MER-01").status == expected


def test_a_sentence_about_another_kabupaten_is_a_quotation(rules):
    sentence = ("profil", "Di Kabupaten Lumajang, warga sudah memiliki jalur evakuasi dan tim siaga bencana.")
    finding = next(f for f in judged(rules, sentence=sentence, rows=ORDINARY).findings if f.id == "SIAP-01")
    assert (finding.status, finding.evidence[0].stance, finding.evidence[0].counts) == ("missing", Stance.LAW, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Desa Sukamaju memiliki tim siaga bencana yang dibentuk tahun 2021.",
        "Di Desa Sukamaju tim siaga bencana dibentuk tahun 2021.",
    ],
)
def test_a_sentence_about_another_village_is_a_quotation(rules, sentence):
    finding = next(f for f in judged(rules, sentence=("profil", sentence), rows=ORDINARY).findings if f.id == "SIAP-01")
    assert finding.status == "missing"


@pytest.mark.parametrize(
    "sentence",
    [
        "Desa Contoh memiliki tim siaga bencana yang dibentuk tahun 2023.",
        "Desa Sukamaju dan Desa Contoh membentuk tim siaga bencana bersama tahun 2023.",
        "Desa Tangguh Bencana dibentuk tahun 2023 bersama tim siaga bencana.",
        "DESA MEMILIKI TIM SIAGA BENCANA SEJAK TAHUN 2023 dengan SK.",
        "Desa Memiliki Tim Siaga Bencana Sejak Tahun 2023",
    ],
)
def test_the_village_itself_is_not_taken_for_another(rules, sentence):
    finding = next(f for f in judged(rules, sentence=("profil", sentence), rows=ORDINARY).findings if f.id == "SIAP-01")
    assert finding.status in ("met", "partial")


@pytest.mark.parametrize("place", ["Kabupaten Timor Tengah Selatan", "Kabupaten TTS"])
def test_the_plans_own_kabupaten_is_home_by_name_and_initials(rules, place):
    sentence = ("profil", f"Di {place}, tim siaga bencana desa dibentuk tahun 2023 dengan SK kepala desa.")
    finding = next(f for f in judged(rules, sentence=sentence, rows=ORDINARY).findings if f.id == "SIAP-01")
    assert finding.status in ("met", "partial")
