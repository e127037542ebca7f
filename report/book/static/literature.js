"use strict";

// A table of words becomes cards on a narrow screen; one of works or of statements can be searched and sorted as well.
// Without this script they are plain tables.

const text = (element) => element.textContent.trim().replace(/\s+/g, " ");
// Without marks on letters, so that Lu finds Lü.
const bare = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const letters = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

const element = (tag, properties) => Object.assign(document.createElement(tag), properties);

// Columns of the list of all works by which a reader can narrow it: theme, method, language.
const FILTERS = [3, 4, 5];

const KINDS = {
  works: {
    label: say("Search these works"),
    hint: say("Author, title, theme, 中文 …"),
    count: (shown, all) => say("{0} of {1} works", shown, all),
  },
  statements: {
    label: say("Search these statements"),
    hint: say("Word, verdict, economy …"),
    count: (shown, all) => say("{0} of {1} statements", shown, all),
  },
};

// What each cell of a card is must be said again, to eyes and to screen readers.
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
    [...row.cells].forEach((cell, column) => {
      cell.setAttribute("role", column ? "cell" : "rowheader");
      if (text(cell)) {
        cell.dataset.label = text(heads[column]);
      }
    });
  }
  for (const head of heads) {
    head.setAttribute("role", "columnheader");
  }
  table.dataset.cards = "";
  return { body, rows, heads };
};

const enhance = (table, kind) => {
  const { body, rows, heads } = asCards(table);
  const status = element("span", { className: "gvc-works-count" });
  status.setAttribute("role", "status");
  const box = element("input", { type: "search", placeholder: KINDS[kind].hint, autocomplete: "off" });
  const label = element("label", { textContent: KINDS[kind].label });
  label.append(box);
  const bar = element("div", { className: "gvc-works-bar" });
  bar.append(label, status);

  const filters = heads.flatMap((head, column) => {
    if (table.id !== "works-all" || !FILTERS.includes(column)) {
      return [];
    }
    const choice = element("select", {});
    const values = [...new Set(rows.map((row) => text(row.cells[column])))].sort(letters.compare);
    choice.append(new Option(say("All"), ""), ...values.map((value) => new Option(value)));
    const name = element("label", { textContent: text(head), className: "gvc-works-filter" });
    name.append(choice);
    status.before(name);
    return [{ column, choice }];
  });

  const words = rows.map((row) => bare(text(row)));
  const search = () => {
    const wanted = bare(box.value).split(/[\s,]+/).filter(Boolean);
    rows.forEach((row, number) => {
      const chosen = filters.every(({ column, choice }) => !choice.value || text(row.cells[column]) === choice.value);
      row.hidden = !chosen || !wanted.every((word) => words[number].includes(word));
    });
    status.textContent = KINDS[kind].count(rows.filter((row) => !row.hidden).length, rows.length);
  };
  bar.addEventListener("input", search);

  heads.forEach((head, column) => {
    const button = element("button", { type: "button", textContent: text(head) });
    button.addEventListener("click", () => {
      const rising = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) {
        other.removeAttribute("aria-sort");
      }
      head.setAttribute("aria-sort", rising ? "ascending" : "descending");
      const sorted = rows.toSorted((a, b) => letters.compare(text(a.cells[column]), text(b.cells[column])));
      body.append(...(rising ? sorted : sorted.reverse()));
    });
    head.replaceChildren(button);
  });

  (table.closest(".pst-scrollable-table-container") ?? table).before(bar);
  search();
};

document.querySelectorAll("table.gvc[id^='works-']").forEach((table) => enhance(table, "works"));
document.querySelectorAll("table.gvc[id^='claims-']").forEach((table) => enhance(table, "statements"));
document.querySelectorAll("table.gvc:not(:has(.number, thead tr + tr), [data-cards])").forEach(asCards);
