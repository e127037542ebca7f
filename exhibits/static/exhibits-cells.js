"use strict";

// A number in a sentence leads to its cell. Its address names the exhibit, then row and column: `#sales~12~3`.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-cell]");
  if (link) {
    link.hash = [link.hash.slice(1).split("~")[0], ...link.dataset.cell.split(" ")].join("~");
  }
});

const markCell = (table, row, column) => {
  for (const marked of document.querySelectorAll(".exhibit-cited")) {
    marked.classList.remove("exhibit-cited");
  }
  const cell = table?.tBodies[0]?.rows[row]?.cells[column];
  if (cell) {
    cell.classList.add("exhibit-cited");
    stayAt(cell);
  }
};

// Charts on the way are drawn anew as they come near, and move what is below them; until the page has settled or its
// reader does something, the cell stays in view.
const stayAt = (cell) => {
  const centre = () => cell.scrollIntoView({ block: "center", inline: "center" });
  const grows = new ResizeObserver(centre);
  const stop = () => grows.disconnect();
  centre();
  grows.observe(document.body);
  setTimeout(stop, 3000);
  for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(sign, stop, { once: true, passive: true });
  }
};

// What an address names; one that cannot be read, such as `#%`, names nothing.
const named = (hash) => {
  try {
    return decodeURIComponent(hash.slice(1)).split("~");
  } catch {
    return [];
  }
};

const showCell = () => {
  const [name, row, column] = named(location.hash);
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
