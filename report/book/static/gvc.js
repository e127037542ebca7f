"use strict";

// Small multiples are laid out for a wide column. Keep what their axes take, and share the rest among as many
// panels as stay readable. A drawing, which is no plot, keeps its shape.
const SMALLEST_PANEL = 170;
const PHONE = 480;

const fitted = (designed, width, designedWidth) => {
  const spec = { ...designed };
  if (width < PHONE) {
    spec.config = { ...spec.config, legend: { ...spec.config.legend, columns: 2 } };
  }
  if (!spec.facet) {
    return spec;
  }
  const gap = spec.config.facet.spacing;
  if (spec.spec.name === "drawing") {
    return { ...spec, columns: Math.max(1, Math.floor((width + gap) / (spec.spec.width + gap))) };
  }
  const axes = designedWidth - spec.columns * spec.spec.width - (spec.columns - 1) * gap;
  const room = width - axes + gap;
  const columns = Math.max(1, Math.min(spec.columns, Math.floor(room / (SMALLEST_PANEL + gap))));
  return { ...spec, columns, spec: { ...spec.spec, width: Math.floor(room / columns - gap) } };
};

const draw = async (figure) => {
  const live = figure.querySelector(".gvc-live");
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const options = {
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  };
  const designedWidth = figure.querySelector(".gvc-static svg").viewBox.baseVal.width;
  let width = live.clientWidth;
  let drawn = await vegaEmbed(live, fitted(spec, width, designedWidth), options);
  figure.dataset.live = "";
  // The column may still change after the first drawing: fonts and style sheets arrive, a phone is turned.
  new ResizeObserver(async () => {
    if (live.clientWidth !== width) {
      width = live.clientWidth;
      const bound = (drawn.vgSpec.signals ?? []).filter((signal) => signal.bind).map((signal) => signal.name);
      const chosen = bound.map((name) => [name, drawn.view.signal(name)]);
      drawn.finalize();
      drawn = await vegaEmbed(live, fitted(spec, width, designedWidth), options);
      // One by one: a whole state also asks for that of panels which the new drawing does not have yet.
      chosen.forEach(([name, value]) => drawn.view.signal(name, value));
      await drawn.view.runAsync();
    }
  }).observe(live);
};

// The library that draws is large: it comes when the first chart is near, and each chart is drawn as it comes near.
// Until then, and wherever nothing runs, the picture that the page brought stands.
const library = new URL(document.currentScript.dataset.vega, document.currentScript.src);
let arrived;
const gvcVega = () =>
  (arrived ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: library, onload: done, onerror: failed });
    document.head.append(script);
  }));

const near = new IntersectionObserver(
  (entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      near.unobserve(target);
      gvcVega().then(() => draw(target));
    }
  },
  { rootMargin: "300px 0px" },
);
document.querySelectorAll("figure.gvc-chart").forEach((figure) => near.observe(figure));
