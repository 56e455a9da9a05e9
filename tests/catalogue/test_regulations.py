"""regulations.yaml and the packs: certainty, cautions, and the articles held against the law texts where these are at hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from irmcheck.catalogue import load_catalogue
from irmcheck.catalogue.rules import Catalogue

REGS = Path(__file__).resolve().parents[3] / "shared" / "regs"
TEXTS = {
    "uu-6-2014": "uu-2014-6.md",
    "uu-24-2007": "uu-2007-24.md",
    "uu-32-2009": "uu-2009-32.md",
    "pp-43-2014": "pp-2014-43.md",
    "pp-47-2015": "pp-2015-47.md",
    "permendagri-44-2016": "permendagri-2016-44.txt",
    "permendagri-18-2018": "permendagri-2018-18.txt",
    "permendagri-26-2020": "permendagri-2020-26.txt",
}
AMENDED = ("5A", "26", "39", "56", "62", "74", "78", "79", "86", "118")  # of UU 6/2014, by UU 3/2024


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_articles_stand_only_where_the_text_was_read_or_quoted(catalogue: Catalogue) -> None:
    for regulation in catalogue.regulations.values():
        assert regulation.grade in "PQRX", regulation.key
        assert regulation.grade in "PQ" or not regulation.articles, regulation.key
        assert all(grade in "PQ" for grade in regulation.articles.values()), regulation.key
        assert regulation.grade == "P" or "P" not in regulation.articles.values(), regulation.key


def test_every_article_says_what_it_is_about(catalogue: Catalogue) -> None:
    for regulation in catalogue.regulations.values():
        assert set(regulation.summaries) == set(regulation.articles), regulation.key
        assert all(0 < len(text) <= 130 for text in regulation.summaries.values()), regulation.key


def test_regulations_have_a_name_of_their_own_and_a_source(catalogue: Catalogue) -> None:
    names = [r.name for r in catalogue.regulations.values()]
    assert len(set(names)) == len(names)
    assert all(r.source or r.grade == "X" for r in catalogue.regulations.values())


def test_cautions_that_must_be_printed(catalogue: Catalogue) -> None:
    assert "PP 16/2026" in catalogue.regulations["pp-43-2014"].caution
    assert "PP 16/2026" in catalogue.regulations["pp-47-2015"].caution
    assert "sejalan dengan" in catalogue.regulations["uu-24-2007"].caution
    assert "UU 6/2023" in catalogue.regulations["uu-32-2009"].caution
    assert "Permendesa 6/2023" in catalogue.regulations["permendesa-21-2020"].caution


def test_uu_desa_is_cited_by_its_numbering_of_2024(catalogue: Catalogue) -> None:
    articles = catalogue.regulations["uu-6-2014"].articles
    assert "26 ayat (4) huruf p" in articles
    assert "26 ayat (4) huruf o" not in articles
    assert "74 ayat (3)" in articles
    assert "74 ayat (2)" not in articles


def test_criteria_cite_only_what_may_be_printed(catalogue: Catalogue) -> None:
    for criterion in catalogue.criteria:
        for citation in criterion.basis:
            regulation = catalogue.regulations[citation.regulation]
            assert regulation.grade != "X", (criterion.id, citation)
            assert not citation.article or regulation.articles.get(citation.article) in ("P", "Q"), (criterion.id, citation)
        assert all(1 <= number <= 32 for number in criterion.pkd), criterion.id
        assert all(1 <= number <= 60 for number in criterion.destana), criterion.id


# ------------------------------------------------------------------------------------------------ packs


def test_packs_cover_2020_to_2026(catalogue: Catalogue) -> None:
    assert sorted(y for y, p in catalogue.packs.items() if p.known) == list(range(2020, 2027))
    assert catalogue.pack(2027) is None
    assert catalogue.pack(None) is None


def test_packs_name_known_regulations_and_concepts(catalogue: Catalogue) -> None:
    for pack in catalogue.packs.values():
        assert pack.regulations, pack.year
        assert set(pack.regulations) <= set(catalogue.regulations), pack.year
        for item in (*pack.focus, *pack.eligible, *pack.prohibited):
            assert set(item.concepts) | set(item.needs) <= set(catalogue.concepts), (pack.year, item.id)
            assert not item.regulation or catalogue.regulations[item.regulation].grade in "PQ", (pack.year, item.id)
            assert item.types or item.pillars or item.concepts, (pack.year, item.id)
        for key, earmark in pack.earmarks.items():
            known = {**catalogue.lexicon["dana_desa"]["porsi"][key], **earmark}
            assert set(known["konsep"]) <= set(catalogue.concepts), (pack.year, key)
            assert earmark["pasti"] or (earmark["min"] is None and earmark["maks"] is None), (pack.year, key)


def test_numbers_of_the_shares(catalogue: Catalogue) -> None:
    shares = {
        (year, key): (earmark["min"], earmark["maks"])
        for year, pack in catalogue.packs.items()
        for key, earmark in pack.earmarks.items()
        if earmark["pasti"]
    }
    assert shares == {
        (2022, "blt"): (40, None),
        (2022, "pangan"): (20, None),
        (2022, "covid"): (8, None),
        (2023, "blt"): (10, 25),
        (2023, "pangan"): (20, None),
        (2023, "operasional"): (None, 3),
        (2024, "blt"): (None, 25),
        (2024, "pangan"): (20, None),
        (2024, "operasional"): (None, 3),
        (2025, "blt"): (None, 15),
        (2025, "pangan"): (20, None),
        (2025, "operasional"): (None, 3),
    }


def test_the_eight_prohibitions_of_2026(catalogue: Catalogue) -> None:
    pack = catalogue.packs[2026]
    assert pack.published == "2025-12-29"
    groups = {item.id for item in pack.prohibited}
    assert groups == {
        "honor-aparat",
        "perjalanan-dinas",
        "jaminan-sosial",
        "bangun-kantor",
        "rehab-kantor",
        "bimtek-aparat",
        "studi-banding",
        "utang",
        "bantuan-hukum",
    }
    assert next(i.limit for i in pack.prohibited if i.id == "rehab-kantor") == 25_000_000


def test_disaster_in_2024_stands_in_permendesa_7_2023(catalogue: Catalogue) -> None:
    focus = {item.id: item.regulation for item in catalogue.packs[2024].focus}
    assert focus["bencana"] == "permendesa-7-2023"
    assert focus["stunting"] == "permendesa-13-2023"


# ------------------------------------------------------------------------------------------------ against the texts


def _article(key: str, number: str) -> str:
    """The text of an article, the body's and its explanation's, from its heading to the next one."""
    path = REGS / TEXTS[key]
    if not path.exists():
        pytest.skip("naskah peraturan tidak ada di samping repositori")
    lines, inside, found = path.read_text(encoding="utf-8").splitlines(), False, []
    for line in lines:
        heading = re.fullmatch(r"\s*Pasal (\d+[A-Z]?)\s*", line)
        inside = heading.group(1) == number if heading else inside
        if inside:
            found.append(line)
    return "\n".join(found)


def _read_articles(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [
        (key, article)
        for key in TEXTS
        for article in catalogue.regulations[key].articles
        if not article.startswith("Penjelasan") and not (key == "uu-6-2014" and article.split()[0] in AMENDED)
    ]


def test_paragraphs_and_letters_exist_in_the_texts(catalogue: Catalogue) -> None:
    for key, article in _read_articles(catalogue):
        text = _article(key, article.split()[0])
        paragraph, letter, point = (re.search(pattern, article) for pattern in (r"ayat (\(\d+\))", r"huruf (\w)", r"angka (\d+)"))
        assert text, (key, article)
        assert paragraph is None or paragraph.group(1) in text, (key, article)
        assert letter is None or re.search(rf"(?m)(^|\s){letter.group(1)}\. ", text), (key, article)
        assert point is None or re.search(rf"(?m)^\s*{point.group(1)}\. ", text), (key, article)


@pytest.mark.parametrize(
    ("key", "article", "words"),
    [
        ("uu-24-2007", "46", "Peringatan dini"),
        ("uu-24-2007", "45", "penyiapan lokasi evakuasi"),
        ("uu-24-2007", "47", "Mitigasi"),
        ("uu-24-2007", "55", "ibu yang sedang mengandung"),
        ("uu-24-2007", "36", "analisis kemungkinan dampak bencana"),
        ("uu-24-2007", "59", "pembangunan yang lebih baik"),
        ("uu-24-2007", "27", "Setiap orang berkewajiban"),
        ("uu-32-2009", "69", "pembukaan lahan dengan cara membakar"),
        ("uu-32-2009", "57", "adaptasi perubahan iklim"),
        ("uu-32-2009", "70", "kearifan lokal"),
        ("uu-6-2014", "81", "kearifan lokal"),
        ("uu-6-2014", "82", "pemantauan"),
        ("uu-6-2014", "92", "peraturan bersama kepala desa"),
        ("pp-43-2014", "117", "kondisi objektif"),
        ("pp-43-2014", "118", "evaluasi pelaksanaan rkp desa tahun sebelumnya"),
        ("pp-43-2014", "120", "bencana alam"),
        ("pp-43-2014", "127", "warga disabilitas"),
        ("pp-43-2014", "143", "pihak ketiga"),
        ("pp-47-2015", "114", "bulan Juni"),
        ("pp-47-2015", "80", "kelompok perempuan"),
        ("permendagri-18-2018", "10", "hutan adat"),
        ("permendagri-26-2020", "20", "ancaman bencana"),
        ("permendagri-26-2020", "23", "evakuasi"),
        ("permendagri-26-2020", "27", "pencegahan"),
        ("permendagri-26-2020", "39", "anggaran pendapatan dan belanja Desa"),
        ("permendagri-44-2016", "8", "embung Desa"),
    ],
)
def test_articles_are_about_what_they_are_cited_for(key: str, article: str, words: str) -> None:
    assert words.lower() in " ".join(_article(key, article).split()).lower()


@pytest.mark.parametrize(
    "words",
    [
        "p. mengembangkan potensi sumber daya alam dan melestarikan lingkungan hidup",
        "(3) Kebutuhan pembangunan sebagaimana dimaksud pada ayat (1) meliputi, tetapi tidak terbatas pada kebutuhan primer",
        "berhak mendapatkan dana konservasi dan/atau dana rehabilitasi",
        "memperhatikan 30% (tiga puluh persen) keterwakilan perempuan",
        "e. mendapatkan tunjangan dari anggaran pendapatan dan belanja Desa yang bersumber dari alokasi dana Desa",
        "untuk jangka waktu 8 (delapan) tahun",
        "pemanfaatan sumber daya alam dan lingkungan secara berkelanjutan bagi kehidupan",
    ],
)
def test_uu_3_2024_says_so(words: str) -> None:
    path = REGS / "uu-2024-3.txt"
    if not path.exists():
        pytest.skip("naskah peraturan tidak ada di samping repositori")
    assert words in " ".join(path.read_text(encoding="utf-8").split())
