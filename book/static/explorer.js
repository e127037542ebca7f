"use strict";

// The form of the explorer. The page's address holds the view: what a reader chooses is written there, and what is written
// there is shown.
{
  const { make } = gvcFiles;
  const place = document.getElementById("gvc-explorer");

  const start = (index) => {
    const { MEASURES } = gvcExplorer;
    const { KINDS } = gvcAddress;
    const MOST = 1 + index.address.also.many;
    const names = Object.entries(index.names).sort(([, a], [, b]) => a.localeCompare(b, document.documentElement.lang));
    const options = (known) => known.map(([value, textContent]) => make("option", { value, textContent }));
    const isGroup = ([code]) => code in index.groups;
    const economies = () => [
      make("optgroup", { label: say("Groups") }, ...options(names.filter(isGroup))),
      make("optgroup", { label: say("Economies") }, ...options(names.filter((one) => !isGroup(one)))),
    ];
    const labelled = (title, field, name) => {
      Object.assign(field, { name, id: `gvc-explorer-${name}` });
      return make("label", { htmlFor: field.id }, make("span", { textContent: title }), field);
    };
    const measure = make("select", {}, ...options(Object.entries(MEASURES).map(([key, { label }]) => [key, label])));
    const database = make("select", {}, ...options([["all", say("Every database")], ...index.databases.map((one) => [one.key, one.label])]));
    const kinds = make(
      "fieldset",
      { className: "gvc-explorer-kinds" },
      make("legend", { textContent: say("View"), className: "visually-hidden" }),
      ...Object.entries(KINDS).map(([value, name]) => make("label", {}, make("input", { type: "radio", name: "view", value }), make("span", { textContent: name }))),
    );
    const fixed = make("select");
    const fixes = labelled(say("Fixed side"), fixed, "fixed");
    const pairs = make("div", { className: "gvc-explorer-pairs" });
    const add = make("button", { type: "button", className: "gvc-explorer-add", textContent: say("Add a pair") });
    // Or economies by their names, several at once.
    const typed = make("input", { type: "text", placeholder: say("or type names, with commas"), autocomplete: "off" });
    typed.setAttribute("list", "gvc-explorer-names");
    const typing = labelled(say("Economies to add"), typed, "typed");
    typing.firstChild.className = "visually-hidden";
    const added = make("div", { className: "gvc-explorer-added" }, add, typing, make("datalist", { id: "gvc-explorer-names" }, ...options(names.map(([, name]) => [name, ""]))));
    const end = (title, name) => labelled(title, make("input", { type: "range", step: 1 }), name);
    const ends = { from: end(say("From"), "from"), to: end(say("To"), "to") };
    const [from, to] = Object.values(ends).map((one) => one.lastChild);
    const said = make("output", { htmlFor: `${from.id} ${to.id}` });
    const play = make("button", { type: "button", className: "gvc-explorer-play" });
    const years = make("div", { className: "gvc-explorer-span" }, said, play, make("div", { className: "gvc-explorer-ends" }, ...Object.values(ends)));
    const measures = labelled(say("Measure"), measure, "measure");
    const form = make(
      "form",
      { className: "gvc-explorer-form" },
      kinds,
      measures,
      labelled(say("Database"), database, "database"),
      fixes,
      pairs,
      years,
    );
    const wrong = make("p", { className: "gvc-explorer-wrong", role: "status", hidden: true });
    const heading = make("h2", { className: "gvc-explorer-title" });
    const unit = make("p", { className: "exhibit-subtitle" });
    const chart = make("div", { className: "exhibit-picture gvc-explorer-chart", role: "img", tabIndex: 0 });
    const told = make("ul", { className: "gvc-explorer-said", aria: { live: "polite" } });
    const below = make("div", { className: "exhibit-source" });
    const wide = make("div", { className: "gvc-explorer-table", tabIndex: 0, role: "region", aria: { label: say("The numbers") } });
    const numbers = make("details", {}, make("summary", { textContent: say("The numbers") }), wide);
    const chartForm = make("form", { className: "gvc-explorer-form", hidden: true });
    const means = make("p", { className: "gvc-explorer-means" });
    place.replaceChildren(wrong, heading, unit, chart, form, chartForm, means, told, below, numbers);

    let view;
    // The lists of a pair. They stay while only what is chosen changes: a new list would forget the letters typed in it.
    let rows = [];
    let shaped;
    const pairRow = (i, asks, alone) => {
      const last = i ? `-${i + 1}` : "";
      const change = (changed) => alter({ pairs: view.pairs.with(i, { ...view.pairs[i], ...changed }) });
      const [lists, fields] = [{}, {}];
      for (const [what, title] of [["origin", asks.of], ["partner", asks.in]]) {
        lists[what] = make("select", {}, ...economies());
        lists[what].firstChild.hidden = !asks.groups && view.kind !== "industries";
        lists[what].addEventListener("change", () => change({ [what]: lists[what].value }));
        fields[what] = labelled(title ?? "", lists[what], `${what}${last}`);
      }
      fields.partner.hidden = alone || (i > 0 && view.kind !== "lines");
      if (view.kind === "map") for (const what of ["origin", "partner"]) fields[what].hidden = what !== view.fixed;
      const swap = make("button", { type: "button", textContent: "⇄", title: say("Swap"), hidden: alone });
      swap.addEventListener("click", () => change({ origin: view.pairs[i].partner, partner: view.pairs[i].origin }));
      const drop = make("button", { type: "button", textContent: "×", title: say("Remove"), hidden: view.kind === "map" || view.pairs.length < 2 });
      drop.addEventListener("click", () => alter({ pairs: view.pairs.toSpliced(i, 1) }));
      const row = make("div", { className: "gvc-explorer-pair" }, fields.origin, swap, fields.partner, drop);
      const showPair = (pair, colour) => {
        for (const [what, list] of Object.entries(lists)) list.value = pair[what];
        const [origin, partner] = [index.names[pair.origin], index.names[pair.partner]];
        swap.ariaLabel = say("Swap {0} and {1}", origin, partner);
        drop.ariaLabel = say("Remove {0}", alone ? origin : `${origin} → ${partner}`);
        row.style.setProperty("--colour", colour);
      };
      return { row, show: showPair };
    };
    // What each kind of view leaves to choose.
    const fill = () => {
      [form.hidden, chartForm.hidden] = [Boolean(view.chart), !view.chart];
      if (view.chart) {
        gvcCharts.fill(chartForm, view, alter);
        return;
      }
      const asks = MEASURES[view.measure];
      const alone = !asks.in || ["industries", "map"].includes(view.kind);
      fixes.hidden = view.kind !== "map" || !asks.in;
      fixed.replaceChildren(...options([["origin", asks.of], ["partner", asks.in ?? ""]]));
      fixed.value = view.fixed;
      measures.hidden = view.kind === "industries";
      measure.value = view.measure;
      database.value = view.database;
      database.options[0].disabled = !gvcAddress.takesAll(view);
      kinds.querySelector(`[value=${view.kind}]`).checked = true;
      const [least, most] = span();
      for (const field of [from, to]) Object.assign(field, { min: least, max: most });
      [from.value, to.value] = [view.from, view.to];
      ends.from.hidden = gvcAddress.YEARLY.includes(view.kind);
      ends.to.firstChild.textContent = ends.from.hidden ? say("Year") : say("To");
      play.hidden = !ends.from.hidden || least === most;
      said.textContent = ends.from.hidden || view.from === view.to ? String(view.to) : say("{0} to {1}", view.from, view.to);
      years.style.setProperty("--from", ends.from.hidden ? 0 : (view.from - least) / (most - least || 1));
      years.style.setProperty("--to", (view.to - least) / (most - least || 1));
      const shownPairs = { matrix: [], map: view.pairs.slice(0, 1) }[view.kind] ?? view.pairs;
      const paint = gvcViews.colours(view.pairs);
      const many = view.kind === "lines" ? MOST : 1;
      const shape = JSON.stringify([view.kind, view.measure, view.fixed, shownPairs.length]);
      if (shape !== shaped) {
        shaped = shape;
        rows = shownPairs.map((_, i) => pairRow(i, asks, alone));
        const focused = document.activeElement?.id;
        pairs.replaceChildren(...rows.map(({ row }) => row), added);
        if (focused) document.getElementById(focused)?.focus();
      }
      rows.forEach(({ show: showPair }, i) => showPair(shownPairs[i], view.kind === "lines" && view.pairs.length > 1 ? paint[i] : "transparent"));
      added.hidden = view.pairs.length >= many || view.kind === "matrix";
    };

    // Year after year, until the last one or until a reader does something else.
    const YEAR = 1000;
    let playing;
    const pause = () => {
      clearInterval(playing);
      playing = null;
      play.textContent = say("Play");
    };
    pause();
    play.addEventListener("click", () => {
      if (playing) return pause();
      const [least, most] = span();
      const next = (year) => alter({ from: least, to: year }, play);
      if (view.to === most) next(least);
      playing = setInterval(() => {
        if (place.ariaBusy === "true") return;
        next(view.to + 1);
        if (view.to >= most) pause();
      }, YEAR);
      play.textContent = say("Pause");
    });

    let turn = 0;
    let result;
    let drawnAt;
    const draw = () => {
      chart.replaceChildren();
      drawnAt = chart.clientWidth;
      if (!result?.draw || !drawnAt) return;
      const made = result.draw(drawnAt);
      chart.append(made.drawn);
      gvcDraw.follow(chart, made);
    };
    const table = ({ head, body }) =>
      make(
        "table",
        { className: "exhibit-grid" },
        make("thead", {}, make("tr", {}, ...head.map((textContent) => make("th", { scope: "col", textContent })))),
        make("tbody", {}, ...body.map(([first, ...rest]) => make("tr", {}, make("th", { scope: "row", textContent: first }), ...rest.map((textContent) => make("td", { textContent }))))),
      );
    const clear = () => {
      result = undefined;
      heading.textContent = unit.textContent = "";
      for (const part of [chart, means, told, below, wide]) part.replaceChildren();
      chart.ariaLabel = "";
      numbers.hidden = true;
    };
    // What keeps an address from being answered stands alone.
    const refuse = (sentence) => {
      fill();
      clear();
      wrong.hidden = false;
      wrong.textContent = sentence;
      place.ariaBusy = "false";
      place.dataset.shown = location.hash;
    };
    const show = async (notes = [], enter = "replaceState") => {
      turn += 1;
      const mine = turn;
      fill();
      wrong.hidden = !notes.length;
      wrong.textContent = notes.join(" ");
      history[enter](null, "", `#${gvcAddress.written(view)}`);
      place.ariaBusy = "true";
      const found = await gvcViews.make(view).catch(() => null);
      if (mine !== turn) return;
      if (!found) return refuse(say("The numbers of this view did not come. Try again."));
      result = found;
      numbers.hidden = false;
      heading.textContent = result.title;
      unit.textContent = result.scope ?? (result.unit && say("Unit: {0}", result.unit));
      means.replaceChildren(...(result.means ? [result.means, " ", make("a", { href: "methods/measurement.html", textContent: say("How it is measured") })] : []));
      told.replaceChildren(...result.told.map((textContent) => make("li", { textContent })));
      chart.ariaLabel = result.kind ?? result.told.join(" ");
      chart.hidden = !result.draw || result.table;
      if (result.table) numbers.open = true;
      below.replaceChildren();
      wide.replaceChildren();
      draw();
      if (result.draw) {
        const notesBelow = result.notes.join(" ");
        below.append(...(notesBelow ? [make("p", { className: "gvc-explorer-notes", textContent: notesBelow })] : []), `${say("Source: {0}", result.sources.join(" "))} `, ...gvcFiles.offered(view, result));
        wide.append(table(result));
      }
      place.ariaBusy = "false";
      place.dataset.shown = location.hash;
    };
    // The years that can be chosen, and all of them when a reader had all of another database.
    const span = () => gvcExplorer.covered(view) ?? gvcAddress.span();
    const whole = () => (view.from <= span()[0] && view.to >= span()[1] ? { from: -Infinity, to: Infinity } : {});
    // A choice is a step that the browser goes back; as long as one slider moves it is one.
    let moved;
    const alter = (changed, slider) => {
      if (slider !== play) pause();
      const next = { ...view, ...(view.chart ? {} : whole()), ...changed };
      const { view: kept, notes } = next.chart ? gvcCharts.read(gvcCharts.written(next)) : gvcAddress.settled(next);
      const isSame = gvcAddress.written(kept) === gvcAddress.written(view);
      view = kept;
      show(notes, isSame || (slider && slider === moved) ? "replaceState" : "pushState");
      moved = slider;
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    measure.addEventListener("change", () => alter({ measure: measure.value }));
    database.addEventListener("change", () => alter({ database: database.value }));
    // Who was fixed stays so, on the other side.
    fixed.addEventListener("change", () => alter({ fixed: fixed.value, pairs: view.pairs.map(({ origin, partner }) => ({ origin: partner, partner: origin })) }));
    kinds.addEventListener("change", ({ target }) => alter({ kind: target.value }));
    add.addEventListener("click", () => {
      // The next of the book's hosts that is not there yet.
      const there = new Set(view.pairs.map((pair) => `${pair.origin}.${pair.partner}`));
      const { origin, partner } = view.pairs.at(-1);
      const next = ["MEX", "ASEAN", "IND", "VNM", "IDN", "USA", "CHN", "JPN"]
        .map((code) => (MEASURES[view.measure].groups ? code : gvcAddress.single(code)))
        .map((code) => (MEASURES[view.measure].in ? { origin, partner: code } : { origin: code, partner }))
        .find((pair) => pair.origin !== pair.partner && !there.has(`${pair.origin}.${pair.partner}`));
      alter({ pairs: [...view.pairs, next ?? { origin, partner }] });
      form.querySelector(`#gvc-explorer-${MEASURES[view.measure].in ? "partner" : "origin"}-${view.pairs.length}`)?.focus();
    });
    // Added is what the pairs differ in: economies that supply one, or else that are supplied by one.
    typed.addEventListener("change", () => {
      const known = new Map(names.flatMap(([code, name]) => [code, name].map((said_) => [said_.toLocaleLowerCase(), code])));
      const asked = typed.value.split(/[,;，；、]/).map((one) => one.trim()).filter(Boolean);
      const codes = asked.map((one) => known.get(one.toLocaleLowerCase()));
      const tell = (sentence) => {
        wrong.hidden = false;
        wrong.textContent = sentence;
      };
      if (!asked.length) return;
      if (codes.includes(undefined)) return tell(say("No database knows {0}.", asked[codes.indexOf(undefined)]));
      const { origin, partner } = view.pairs[0];
      const isOfOne = !MEASURES[view.measure].in || (view.pairs.length > 1 && view.pairs.every((pair) => pair.partner === partner));
      const more = codes.map((code) => (isOfOne ? { origin: code, partner } : { origin, partner: code }));
      const isNew = (pair, i, all) => all.findIndex((other) => other.origin === pair.origin && other.partner === pair.partner) === i;
      const all = [...view.pairs, ...more].filter(isNew);
      if (all.length > MOST) return tell(say("A view has {0} pairs at most.", MOST));
      typed.value = "";
      alter({ pairs: all });
      typed.focus();
    });
    // While an end moves the chart follows, once a frame.
    let asked;
    for (const field of [from, to]) {
      field.addEventListener("input", () => {
        const other = field === from ? Math.max(Number(to.value), Number(from.value)) : Math.min(Number(from.value), Number(to.value));
        cancelAnimationFrame(asked);
        asked = requestAnimationFrame(() => alter(field === from ? { from: Number(from.value), to: ends.from.hidden ? view.to : other } : { to: Number(to.value), from: ends.from.hidden ? Math.min(view.from, Number(to.value)) : other }, field));
      });
    }
    gvcDraw.twoEnded(years, ends, () => view);
    const read = async () => {
      if (view && gvcAsked.isAnchor(location.hash)) return;
      turn += 1;
      moved = null;
      pause();
      const mine = turn;
      await gvcAddress.open(location.hash);
      if (mine !== turn) return;
      const { view: kept, notes, wrong: unfit } = gvcAddress.read(gvcAsked.isAnchor(location.hash) ? "" : location.hash);
      view = kept;
      if (unfit.length) refuse(gvcAsked.sentence(unfit));
      else show(notes);
    };
    addEventListener("hashchange", read);
    new ResizeObserver(() => {
      if (chart.clientWidth && chart.clientWidth !== drawnAt) draw();
    }).observe(chart);
    read();
  };

  gvcExplorer.open().then(start);
}
