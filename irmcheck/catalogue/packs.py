"""Regulations and the dana desa packs of fiscal years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irmcheck.catalogue.concepts import Book
from irmcheck.catalogue.keys import FUND_ITEM, GRADES, PACK, REGULATION
from irmcheck.catalogue.rules import FundItem, Pack, Regulation
from irmcheck.catalogue.values import nearest, read_fields
from irmcheck.catalogue.yaml_nodes import Node


def read_regulation(key: str, node: Node, book: Book) -> Regulation | None:
    """A law or guide that may be cited."""
    values = read_fields(node, REGULATION, book.faults, f"aturan '{key}'")
    if values is None:
        return None
    values.pop("note", None)
    articles = values.get("articles", {})
    for article, grade in articles.items():
        if grade.text not in GRADES:
            book.faults.add(grade, f"tingkat pasal {article} '{grade.text}' tidak dikenal. {nearest(grade.text, GRADES)}")
    defaults = {"title": values["name"], "year": None, "topic": ""}
    values["articles"] = {article: grade.text for article, grade in articles.items()}
    values["summaries"] = {article: about.text for article, about in values.get("summaries", {}).items()}
    return Regulation(key=key, **{**defaults, **values})


def read_pack(node: Node, book: Book) -> Pack | None:
    """The dana desa rules of one fiscal year."""
    values = read_fields(node, PACK, book.faults, "paket tahun ini")
    if values is None:
        return None
    name = f"paket.{values['year']}"
    book.want("aturan", values.get("regulations", ()), node)
    for part in ("focus", "eligible", "prohibited"):
        values[part] = tuple(item for one in values.get(part, []) if (item := _item(one, name, book)) is not None)
    values["earmarks"] = _earmarks(values.get("earmarks"), node, book)
    return Pack(**values)


def _item(node: Node, pack: str, book: Book) -> FundItem | None:
    values = read_fields(node, FUND_ITEM, book.faults, "butir paket ini")
    if values is None:
        return None
    name = f"{pack}.{values['id']}"
    book.want("jenis kegiatan", values.get("types", ()), node)
    book.want("aturan", [values["regulation"]] if "regulation" in values else (), node)
    values["concepts"] = book.references(values.get("concepts", []), {})
    values["needs"] = book.references(values.get("needs", []), {})
    values["exclude"] = book.phrases_or_references(values.get("exclude", []), f"{name}.bukan")
    return FundItem(**values)


def _earmarks(data: Any, node: Node, book: Book) -> Mapping[str, Mapping[str, Any]]:
    if data is None:
        return {}
    if not isinstance(data, dict) or not all(isinstance(one, dict) for one in data.values()):
        book.faults.add(node.mapping["porsi"], "'porsi' harus berisi isian seperti 'blt: {maks: 15, pasti: true, aturan: ...}'.")
        return {}
    for one in data.values():
        if one.get("aturan"):
            book.want("aturan", [str(one["aturan"])], node.mapping["porsi"])
    return data
