"""The one mapping from the Indonesian keys of rule files to the fields of the dataclasses in rules.py."""

from __future__ import annotations

from collections.abc import Mapping

from irmcheck.catalogue.values import (
    Key,
    as_data,
    as_list,
    as_mapping,
    as_node,
    choice,
    flag,
    many,
    optional_text,
    optional_whole,
    text,
    whole,
)
from irmcheck.model import PlanKind, SectionKind, Status

GROUPS = ("RIS", "KEB", "PRB", "API", "MER", "INK", "SIAP", "ANG", "LIN", "MON")  # order of reports; others follow
PILLARS = ("prb", "api", "mer", "lintas")
ASPECTS = ("sosial", "ekonomi", "lingkungan", "infrastruktur", "tata_kelola")
STAGES = ("pengetahuan", "kebijakan", "pencegahan", "kesiapsiagaan", "tanggap", "pemulihan", "anggaran", "pemantauan")
PLAN_KINDS = (PlanKind.RPJMDES, PlanKind.RKPDES, PlanKind.APBDES)
GRADES = ("P", "Q", "R", "X")
STATUSES: Mapping[str, Status] = {
    "terpenuhi": Status.MET,
    "sebagian": Status.PARTIAL,
    "belum": Status.MISSING,
    "tidak_berlaku": Status.NOT_APPLICABLE,
    "tidak_dapat_dinilai": Status.UNDETERMINED,
}
STATUS_WORDS: Mapping[Status, str] = {status: word for word, status in STATUSES.items()}

CARD: Mapping[str, Key] = {
    "id": Key("id", text, required=True),
    "judul": Key("title", text, required=True),
    "kelompok": Key("group", text, required=True),
    "pilar": Key("pillar", choice(PILLARS), required=True),
    "aspek": Key("aspect", choice(ASPECTS), required=True),
    "tahap": Key("stage", choice(STAGES), required=True),
    "bobot": Key("weight", whole(1, 3), required=True),
    "mudah": Key("ease", whole(1, 3)),
    "untuk": Key("plan_kinds", many(choice(PLAN_KINDS)), required=True),
    "dinilai": Key("scored", flag),
    "pertanyaan": Key("question", text, required=True),
    "mengapa": Key("why", text, required=True),
    "istilah": Key("terms", as_mapping),
    "berlaku": Key("condition", as_node),
    "bukti": Key("evidence", as_list, required=True),
    "saran": Key("advice", text),
    "contoh_kegiatan": Key("suggestions", as_list),
    "dasar": Key("basis", as_list),
    "pkd": Key("pkd", many(whole(1, 999))),
    "destana": Key("destana", many(whole(1, 999))),
    "contoh": Key("examples", as_mapping),
    "catatan": Key("note", as_data),
}
CONDITION: Mapping[str, Key] = {
    "bila": Key("rules", as_list, required=True),
    "jika_tidak": Key("otherwise", text, required=True),
}
EVIDENCE: Mapping[str, Key] = {  # beside the one key that names the kind
    "nilai": Key("grants", choice(("terpenuhi", "sebagian"))),
    "alasan": Key("why", text),
}
SUGGESTION: Mapping[str, Key] = {
    "nama": Key("name", text, required=True),
    "kode": Key("code", optional_text),
    "satuan": Key("unit", optional_text),
    "pelaksana": Key("implementer", optional_text),
    "sumber": Key("source_hint", optional_text),
}
CITATION: Mapping[str, Key] = {
    "aturan": Key("regulation", text, required=True),
    "pasal": Key("article", optional_text),
}
EXAMPLE: Mapping[str, Key] = {
    "kalimat": Key("sentence", text),
    "judul": Key("heading", text),
    "di": Key("section", choice(tuple(SectionKind))),
    "baris": Key("row", as_mapping),
    "isi": Key("parts", as_list),
    "dokumen": Key("plan_kind", choice(PLAN_KINDS)),
    "tahun": Key("year", whole(2015, 2100)),
    "status": Key("status", choice(tuple(STATUSES))),
    "sebab": Key("trap", text),
    "catatan": Key("note", as_data),
}
CONCEPT: Mapping[str, Key] = {
    "cari": Key("phrases", as_list, required=True),
    "bukan": Key("negatives", as_list),
    "catatan": Key("note", as_data),
}
ACTIVITY_TYPE: Mapping[str, Key] = {
    "nama": Key("title", text, required=True),
    "cari": Key("find", as_list, required=True),
    "dengan": Key("with_all", as_list),
    "bukan": Key("exclude", as_list),
    "pilar": Key("pillars", many(choice(PILLARS[:3])), required=True),
    "menjawab": Key("answers", many(text)),
    "selalu": Key("always", many(text)),
    "kode": Key("codes", many(text)),
    "di": Key("where", choice(("nama", "sasaran", "baris", "masalah"))),
    "bila_disebut": Key("when_named", flag),
    "cadangan": Key("fallback", flag),
    "hanya_mengenali": Key("only_informs", flag),
    "alasan": Key("why", text),
    "contoh": Key("examples", as_mapping),
    "catatan": Key("note", as_data),
}
HAZARD: Mapping[str, Key] = {
    "nama": Key("title", text, required=True),
    "konsep": Key("concepts", as_list, required=True),
    "catatan": Key("note", as_data),
}
REGULATION: Mapping[str, Key] = {
    "nama": Key("name", text, required=True),
    "judul": Key("title", optional_text),
    "tahun": Key("year", optional_whole(1945, 2100)),
    "topik": Key("topic", optional_text),
    "tingkat": Key("grade", choice(GRADES), required=True),
    "pasal": Key("articles", as_mapping),
    "isi": Key("summaries", as_mapping),
    "peringatan": Key("caution", optional_text),
    "sumber": Key("source", optional_text),
    "catatan": Key("note", as_data),
}
PACK: Mapping[str, Key] = {
    "tahun": Key("year", whole(2015, 2100), required=True),
    "diketahui": Key("known", flag, required=True),
    "aturan": Key("regulations", many(text)),
    "terbit": Key("published", optional_text),
    "fokus": Key("focus", as_list),
    "boleh": Key("eligible", as_list),
    "dilarang": Key("prohibited", as_list),
    "porsi": Key("earmarks", as_data),
    "catatan": Key("notes", many(text)),
}
FUND_ITEM: Mapping[str, Key] = {
    "id": Key("id", text, required=True),
    "judul": Key("title", text, required=True),
    "jenis": Key("types", many(text)),
    "konsep": Key("concepts", as_list),
    "pilar": Key("pillars", many(choice(PILLARS[:3]))),
    "dengan": Key("needs", as_list),
    "bukan": Key("exclude", as_list),
    "batas": Key("limit", optional_whole(0, 10**12)),
    "pasti": Key("certain", flag),
    "aturan": Key("regulation", text),
    "catatan": Key("note", text),
}
