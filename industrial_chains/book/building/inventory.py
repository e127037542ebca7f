"""Counts what a built site shows against the table of contents and the executed references."""

import re
from pathlib import Path

import nbformat
from sphinx_external_toc.parsing import parse_toc_yaml

from exhibits import charts, tables
from industrial_chains.book import chapters
from industrial_chains.book.building import references

#: What an exhibit becomes on a page, by the kind that its output tells.
MARKUP = {charts.KIND: "gvc-picture", tables.KIND: "gvc-table"}


def expected(root: Path) -> dict[str, dict[str, int]]:
    """Count by page and class of markup what the book should show."""
    pages = {name: dict.fromkeys(MARKUP.values(), 0) for name in parse_toc_yaml(root / "_toc.yml")}
    for name in chapters.chapters(root):
        notebook = nbformat.read(references.reference(root, name), as_version=4)
        for cell in notebook.cells:
            for output in cell.outputs:
                if kind := output.get("metadata", {}).get("gvc"):
                    pages[name][MARKUP[kind]] += 1
    return pages


def shown(page: Path) -> dict[str, int]:
    """Count the same on a page as it was built."""
    html = page.read_text("utf-8")
    return {name: len(re.findall(rf'<div class="(?:[^"]* )?{name}[ "]', html)) for name in MARKUP.values()}


def shortfalls(root: Path, site: Path) -> list[str]:
    """Say of each page what it lacks."""
    lacking = []
    for name, wanted in expected(root).items():
        page = site / f"{name}.html"
        if not page.is_file():
            lacking.append(f"{name}: no page")
            continue
        found = shown(page)
        lacking += [f"{name}: {found[kind]} of {wanted[kind]} {kind}" for kind in wanted if found[kind] < wanted[kind]]
    return lacking
