"use strict";

// A view by itself, for a frame in another page: its title, its picture, its source, and a way back to the book.
{
  const { make } = gvcFiles;
  const place = document.getElementById("gvc-view");
  let turn = 0;
  let redraw;
  let drawnAt;
  const show = async () => {
    turn += 1;
    const mine = turn;
    await gvcAddress.open(location.hash);
    if (mine !== turn) return;
    const { view, notes, wrong } = gvcAddress.read(location.hash);
    const as = new URLSearchParams(location.hash.slice(1)).get("as");
    const result = wrong.length ? null : await gvcViews.make(view).catch(() => null);
    if (mine !== turn) return;
    if (!result) {
      redraw = null;
      document.title = window.gvcBook.title;
      const told = wrong.length ? gvcAsked.sentence(wrong) : say("The numbers of this view did not come. Try again.");
      place.replaceChildren(make("p", { className: "gvc-embed-wrong", role: "status", textContent: told }), make("a", { href: place.dataset.page, target: "_top", textContent: window.gvcBook.title }));
      place.dataset.shown = location.hash;
      return;
    }
    document.title = result.title;
    if (as) {
      redraw = null;
      place.replaceChildren(make("pre", { textContent: gvcFiles.TEXTS[as](result) }));
      place.dataset.shown = location.hash;
      return;
    }
    const chart = make("div", { className: "gvc-explorer-chart", role: "img", tabIndex: 0, ariaLabel: result.kind ?? result.told.join(" ") });
    const home = new URL(`${place.dataset.page}#${gvcAddress.written(view)}`, location.href.split("#")[0]);
    place.replaceChildren(
      make("h1", { textContent: result.title }),
      ...[...notes, result.scope ?? (result.unit ? say("Unit: {0}", result.unit) : result.told.join(" "))].map((textContent) => make("p", { textContent })),
      chart,
      make("p", { className: "gvc-embed-source" }, [...result.notes, result.sources.length ? say("Source: {0}", result.sources.join(" ")) : ""].join(" "), " ", make("a", { href: home, target: "_top", textContent: window.gvcBook.title })),
    );
    redraw = () => {
      if (drawnAt === chart.clientWidth) return;
      drawnAt = chart.clientWidth;
      chart.replaceChildren();
      if (!result.draw) return;
      const made = result.draw(chart.clientWidth);
      chart.append(made.drawn);
      gvcDraw.follow(chart, made);
    };
    drawnAt = null;
    redraw();
    place.dataset.shown = location.hash;
  };
  gvcExplorer.open().then(() => {
    show();
    addEventListener("hashchange", show);
    addEventListener("resize", () => redraw?.());
  });

  // By itself a view is as dark as the reader's pages; in a frame it has the background of the page around it, and tells that
  // page how high it is.
  const { body, documentElement: root } = document;
  const isFramed = parent !== window;
  const dress = (isDark) => {
    root.dataset.theme = isDark ? "dark" : "light";
  };
  dress(!isFramed && matchMedia("(prefers-color-scheme: dark)").matches);
  addEventListener("message", ({ data, source }) => {
    const [red, green, blue, alpha = 1] = (source === parent && String(data?.gvcPaper).match(/[\d.]+/g)?.map(Number)) || [255, 255, 255, 0];
    if (!isFramed || alpha === 0) return;
    body.style.setProperty("--pst-color-background", `rgb(${red} ${green} ${blue})`);
    dress(0.299 * red + 0.587 * green + 0.114 * blue < 128);
  });
  if (isFramed) new ResizeObserver(() => parent.postMessage({ gvcHeight: Math.ceil(body.getBoundingClientRect().height) }, "*")).observe(body);
}
