"use strict";

// Small multiples are laid out for a wide column. Axes, and names beside a row, keep their width. The rest is divided
// among as many panels as stay readable.
const SMALLEST_PANEL = 170;
const SMALLEST_OF_THREE = 130;
const PHONE = 480;

const fitted = (designed, width, designedWidth) => {
  const spec = { ...designed };
  if (width < PHONE) {
    spec.config = { ...spec.config, legend: { ...spec.config.legend, columns: 1 } };
  }
  if (!spec.facet) {
    // A number: Vega itself follows the window, and on paper, where a chart has no width, would draw one of none, to stay.
    return spec.width === "container" ? { ...spec, width } : spec;
  }
  const gap = spec.config.facet.spacing;
  const axes = designedWidth - spec.columns * spec.spec.width - (spec.columns - 1) * gap;
  const room = width - axes + gap;
  let columns = Math.max(1, Math.min(spec.columns, Math.floor(room / (SMALLEST_PANEL + gap))));
  if (columns === 2 && spec.facet.sort?.length === 3) {
    columns = room / 3 - gap < SMALLEST_OF_THREE ? 1 : 3; // two would leave a hole
  }
  const params = spec.params?.map((param) => (param.name === "across" ? { ...param, value: columns } : param));
  return { ...spec, params, columns, spec: { ...spec.spec, width: Math.floor(room / columns - gap) } };
};

// The page describes the base case of a picture. When a slider moves, the sentence beside it is filled in anew with the
// numbers that the picture computes, and the description of the picture gets the places of the sliders and the sentence.
const follow = (figure, { view, vgSpec }) => {
  const picture = figure.querySelector(".exhibit-picture");
  const beside = figure.querySelector("[data-sentences]");
  const whole = (picture.dataset.base ??= picture.getAttribute("aria-label"));
  const bound = (vgSpec.signals ?? []).filter((signal) => signal.bind);
  const follows = async () => {
    await view.runAsync();
    const [which, ...numbers] = figure.querySelector(".exhibit-live [aria-label]").getAttribute("aria-label").split(";");
    beside.textContent = filled(JSON.parse(beside.dataset.sentences)[which], ...numbers);
    const turned = bound.some((signal) => view.signal(signal.name) !== signal.value);
    const knobs = bound.map((signal) => `${signal.bind.name.trim()} ${view.signal(signal.name)}`).join(", ");
    picture.setAttribute("aria-label", turned ? `${whole} ${knobs}: ${beside.textContent}` : whole);
  };
  for (const signal of bound) {
    view.addSignalListener(signal.name, follows);
  }
};

const fetched = (src) =>
  new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed }));
  });

// The library that draws is large, and it is the same for all charts.
const library = new URL(document.currentScript.dataset.vega, document.currentScript.src);
let arrived;
const exhibitVega = () => (arrived ??= fetched(library));

const filled = (text, ...values) => text.replace(/\{(\d)\}/g, (_, n) => values[n]);

const specs = new Map();
const exhibitChart = (name, spec) => specs.set(name, spec);

// Twice: how the names of columns are written depends on the width that the names of rows leave.
const embedded = async (...asked) => {
  const drawn = await vegaEmbed(...asked);
  await drawn.view.resize().runAsync();
  return drawn;
};

const draw = async (figure) => {
  const live = figure.querySelector(".exhibit-live");
  await Promise.all([exhibitVega(), fetched(live.dataset.chart)]);
  // A page on which nothing moves may have no idle time to tell of, and then its own limit is no help either.
  await new Promise((done) => {
    setTimeout(done, 200);
    window.requestIdleCallback?.(done);
  });
  const spec = specs.get(figure.id);
  const options = {
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  };
  const designedWidth = figure.querySelector(".exhibit-static svg").viewBox.baseVal.width;
  let width = live.clientWidth;
  let drawn = await embedded(live, fitted(spec, width, designedWidth), options);
  figure.dataset.live = "";
  follow(figure, drawn);
  // The column may still change after the first drawing: fonts and style sheets arrive, a phone is turned. On paper it
  // has no width, and nothing is drawn.
  new ResizeObserver(async () => {
    if (live.clientWidth && live.clientWidth !== width) {
      width = live.clientWidth;
      const bound = (drawn.vgSpec.signals ?? []).filter((signal) => signal.bind).map((signal) => signal.name);
      const chosen = bound.map((name) => [name, drawn.view.signal(name)]);
      drawn.finalize();
      drawn = await embedded(live, fitted(spec, width, designedWidth), options);
      // One by one: a whole state also asks for that of panels which the new drawing does not have yet.
      chosen.forEach(([name, value]) => drawn.view.signal(name, value));
      await drawn.view.runAsync();
      follow(figure, drawn);
    }
  }).observe(live);
};

// The page shows its SVG until a reader does something: a page that is only opened need not draw its charts. After that
// each chart is drawn when it comes near the view, one after another.
const begun = new Promise((done) => {
  for (const sign of ["scroll", "pointermove", "pointerdown", "keydown", "focusin"]) {
    addEventListener(sign, done, { once: true, passive: true });
  }
});
let turn = begun;
const near = new IntersectionObserver(
  (entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      near.unobserve(target);
      turn = turn.then(() => draw(target)).catch(console.error);
    }
  },
  { rootMargin: "100% 0px" },
);
document.querySelectorAll("figure.exhibit-chart").forEach((figure) => near.observe(figure));

// The values of a chart as a table, made when a reader opens it.
const MOST_ROWS = 500;
const asked = new Map();
const exhibitValues = (name, [head, ...rows]) => {
  const details = asked.get(name);
  const cells = (tag, row) => {
    const line = document.createElement("tr");
    for (const value of row) {
      const cell = document.createElement(tag);
      cell.textContent = value;
      line.append(cell);
    }
    return line;
  };
  const holder = document.createElement("div");
  holder.innerHTML = `<table class="table"><thead></thead><tbody></tbody></table>`;
  Object.assign(holder, { className: "exhibit-values-table", tabIndex: 0 });
  holder.setAttribute("role", "region");
  // Of several on a page each has a name of its own.
  const number = details.closest("figure")?.querySelector(".caption-number")?.textContent.trim() ?? "";
  holder.setAttribute("aria-label", `${number} ${details.querySelector("summary").textContent}`.trim());
  holder.querySelector("thead").append(cells("th", head));
  holder.querySelectorAll("thead th").forEach((cell) => cell.setAttribute("scope", "col"));
  // A sentence may lead to a row further down.
  const shown = Math.max(MOST_ROWS, Number(details.dataset.row ?? 0) + 1);
  holder.querySelector("tbody").append(...rows.slice(0, shown).map((row) => cells("td", row)));
  details.append(holder);
  if (rows.length > shown) {
    const more = document.createElement("p");
    more.textContent = filled(details.dataset.more, shown, rows.length);
    details.append(more);
  }
  details.dispatchEvent(new Event("exhibit-filled"));
};
for (const details of document.querySelectorAll("details.exhibit-values")) {
  details.addEventListener(
    "toggle",
    () => {
      asked.set(details.closest("figure").id, details);
      fetched(details.dataset.values);
    },
    { once: true },
  );
}
