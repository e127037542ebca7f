"use strict";

// Tables of words are cards on a narrow screen. Some can be searched and sorted: this script enables the controls, which
// the page has disabled. Without scripts they are plain tables.

const text = (element) => element.textContent.trim().replace(/\s+/g, " ");
// Remove marks from letters, so that Lu finds Lü.
const bare = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const letters = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

// The style sheet makes rows blocks, which screen readers take for no table. Roles tell them.
const asCards = (table) => {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  table.setAttribute("role", "table");
  for (const part of [table.tHead, body]) {
    part.setAttribute("role", "rowgroup");
  }
  for (const row of [table.tHead.rows[0], ...rows]) {
    row.setAttribute("role", "row");
  }
  for (const row of rows) {
    [...row.cells].forEach((cell, column) => cell.setAttribute("role", column ? "cell" : "rowheader"));
  }
  for (const head of heads) {
    head.setAttribute("role", "columnheader");
  }
  return { body, rows, heads };
};

const enhance = (table, bar) => {
  const { body, rows, heads } = asCards(table);
  const status = bar.querySelector(".exhibit-search-count");
  const box = bar.querySelector("input");
  const filters = [...bar.querySelectorAll("select")].map((choice) => {
    const column = choice.dataset.column;
    const values = [...new Set(rows.map((row) => text(row.cells[column])))].sort(letters.compare);
    choice.append(...values.map((value) => new Option(value)));
    return { column, choice };
  });

  let words;
  const search = () => {
    words ??= rows.map((row) => bare(text(row)));
    const wanted = bare(box.value).split(/[\s,]+/).filter(Boolean);
    rows.forEach((row, number) => {
      const chosen = filters.every(({ column, choice }) => !choice.value || text(row.cells[column]) === choice.value);
      row.hidden = !chosen || !wanted.every((word) => words[number].includes(word));
    });
    const counts = [rows.filter((row) => !row.hidden).length, rows.length];
    status.textContent = status.dataset.count.replace(/\{(\d)\}/g, (_, n) => counts[n]);
  };
  bar.addEventListener("input", search);

  heads.forEach((head, column) => {
    head.querySelector("button")?.addEventListener("click", () => {
      const rising = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) {
        other.removeAttribute("aria-sort");
      }
      head.setAttribute("aria-sort", rising ? "ascending" : "descending");
      const sorted = rows.toSorted((a, b) => letters.compare(text(a.cells[column]), text(b.cells[column])));
      body.append(...(rising ? sorted : sorted.reverse()));
    });
  });
  for (const control of [...bar.querySelectorAll("input, select"), ...table.tHead.querySelectorAll("button")]) {
    control.disabled = false;
  }
};

for (const table of document.querySelectorAll("table.exhibit-worded")) {
  const bar = table.closest(".exhibit-table").querySelector(".exhibit-search-bar");
  if (bar) {
    enhance(table, bar);
  } else {
    asCards(table);
  }
}
