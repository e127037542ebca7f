"use strict";

// A number in a sentence leads to its cell. Its address names the exhibit, then row and column: `#sales~12~3`.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a.exhibit-cell");
  if (link) {
    link.hash = [link.hash.slice(1).split("~")[0], ...link.dataset.cell.split(" ")].join("~");
  }
});

const markCell = (table, row, column) => {
  for (const marked of document.querySelectorAll(".exhibit-cited")) {
    marked.classList.remove("exhibit-cited");
  }
  const cell = table?.tBodies[0]?.rows[row]?.cells[column];
  cell?.classList.add("exhibit-cited");
  cell?.scrollIntoView({ block: "center", inline: "center" });
};

const showCell = () => {
  const [name, row, column] = decodeURIComponent(location.hash.slice(1)).split("~");
  const exhibit = column && document.getElementById(name);
  if (!exhibit) {
    return;
  }
  exhibit.scrollIntoView();
  const values = exhibit.querySelector("details.exhibit-values");
  if (!values) {
    markCell(exhibit.closest("table") ?? exhibit.querySelector("table"), row, column);
    return;
  }
  const mark = () => markCell(values.querySelector("table"), row, column);
  values.dataset.row = row;
  values.open = true;
  if (values.querySelector("table")) {
    mark();
  } else {
    values.addEventListener("exhibit-filled", mark, { once: true });
  }
};
addEventListener("hashchange", showCell);
showCell();
