"use strict";

// A chart of a chapter as a view: `#chart=headline`. Its numbers, and what each column is, come as a file of their own; the
// reader chooses what of them is shown and how, and the same functions draw it as draw all other views.

const gvcCharts = (() => {
  const { make } = gvcFiles;
  const KINDS = {
    lines: say("Lines"),
    bars: say("Bars"),
    parts: say("Parts"),
    change: say("Change"),
    matrix: say("Matrix"),
    spans: say("Spans"),
    table: say("Table"),
  };
  // What each constructor of the book draws.
  const DRAWN = { lines: "lines", curves: "lines", turning: "lines", bars: "bars", stacked: "parts", dumbbell: "change", scatter: "bars", heatmap: "matrix", sankey: "matrix", timeline: "spans" };
  const ACCENT = "#2a78b5";
  const LOSS = "#c8551b";
  const charts = new Map();

  const listed = (texts) => texts.reduce((all, other) => say("{0}, {1}", all, other));
  const unique = (values) => [...new Set(values)];
  const formatted = (format) => {
    const [, digits, kind] = format.match(/\.(\d+)([fg])/) ?? [0, "1", "f"];
    const count = Number(digits);
    return (number) =>
      (kind === "g" ? Number(number.toPrecision(count)).toLocaleString("en", { maximumFractionDigits: 12 }) : number.toLocaleString("en", { minimumFractionDigits: count, maximumFractionDigits: count })).replace("-", "−").replace(/^−(?=[0.]*$)/, "");
  };

  // What the file says, with years as one more column of names: a chart over years has them across, or as rows or columns.
  const understood = (name, given) => {
    const capital = (text) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
    const dims = given.dims.filter(({ role }) => !["over", "under"].includes(role)).map((dim) => ({ ...dim, label: capital(dim.label) }));
    const isYear = (number) => number >= 1800 && number <= 2100;
    const { x } = given;
    if (x?.rows.every(isYear)) {
      const codes = unique(x.rows).toSorted((one, other) => one - other);
      const labels = codes.map((code) => x.said?.[x.rows.indexOf(code)] ?? String(code));
      dims.push({ name: x.name, role: "x", label: capital(x.label), codes: codes.map(String), labels, at: codes, rows: x.rows.map((one) => codes.indexOf(one)) });
    }
    for (const dim of dims) {
      if (dim.codes.length > 1 && dim.codes.every((code) => /^(1[89]|20)\d\d$/.test(code))) dim.at ??= dim.codes.map(Number);
    }
    const time = dims.find(({ role }) => role === "x") ?? dims.find(({ at }) => at);
    const many = dims.filter(({ codes }) => codes.length > 1);
    const able = (kind) =>
      ({
        lines: x != null || time != null,
        bars: given.kind !== "timeline" && (x == null || time != null),
        parts: given.kind === "stacked",
        change: time != null || dims.some(({ role }) => role === "when"),
        matrix: given.kind !== "timeline" && (x == null || time != null) && many.length > 1,
        spans: given.kind === "timeline",
        table: true,
      })[kind];
    const of = (role) => dims.find((dim) => dim.role === role);
    const panel = of("panel");
    const rows = of("stage0") ?? of("row") ?? of("series") ?? dims[0];
    const columns = dims.findLast(({ role }) => role.startsWith("stage")) ?? (of("row") ? of("column") ?? of("series") : undefined) ?? many.find((dim) => dim !== rows && dim !== time) ?? time ?? dims.at(-1);
    return {
      ...given,
      name,
      dims,
      time,
      kinds: Object.keys(KINDS).filter(able),
      texts: Object.fromEntries(given.dims.filter(({ role }) => ["over", "under"].includes(role)).map((dim) => [dim.role, dim])),
      shown: formatted(given.format),
      base: { kind: DRAWN[given.kind], panels: panel && panel.codes.length > 1 ? panel.name : "", rows: rows.name, columns: columns.name },
      span: time ? [Math.floor(Math.min(...time.at)), Math.floor(Math.max(...time.at))] : null,
      // Panels of a model have scales of their own.
      free: given.kind === "turning",
    };
  };
  const named = (chart, name) => chart.dims.find((dim) => dim.name === name);

  const open = async (name) => {
    if (charts.has(name) || !/^[\w-]+$/.test(name)) return;
    try {
      await gvcExplorer.script(`${name}.view.js`, "../_exhibits/");
    } catch {
      // The page says that there is none.
    }
  };

  // -- the address ------------------------------------------------------------------------------------------------------

  const first = (chart) => ({ chart: chart.name, ...chart.base, hidden: {}, from: chart.span?.[0], to: chart.span?.[1] });
  const isHidden = (view, dim, code) => view.hidden[dim.name]?.includes(code) ?? false;
  const shownCodes = (view, dim) => dim.codes.map((_, i) => i).filter((i) => !isHidden(view, dim, dim.codes[i]));

  const written = (view) => {
    const chart = charts.get(view.chart);
    const base = first(chart);
    const told = new URLSearchParams({ chart: view.chart });
    if (view.kind !== base.kind) told.set("view", view.kind);
    for (const what of ["panels", "rows", "columns", "from", "to"]) if (view[what] !== base[what]) told.set(what, view[what]);
    for (const dim of chart.dims) {
      const hidden = dim.codes.filter((code) => isHidden(view, dim, code));
      const left = dim.codes.filter((code) => !isHidden(view, dim, code));
      if (hidden.length && hidden.length <= left.length) for (const code of hidden) told.append("hide", `${dim.name}:${code}`);
      else if (hidden.length) for (const code of left.length ? left : [""]) told.append("show", `${dim.name}:${code}`);
    }
    return told.toString();
  };

  // What an address may hold, of the names that the chart's file has.
  const schema = (chart) => {
    const names_ = chart.dims.map(({ name }) => name);
    const cells = (more) => chart.dims.flatMap(({ name, codes }) => [...codes, ...more].map((code) => `${name}:${code}`));
    return {
      chart: { one: [chart.name] },
      as: gvcExplorer.index.address.as,
      view: { one: chart.kinds },
      panels: { one: ["", ...names_] },
      rows: { one: names_ },
      columns: { one: names_ },
      hide: { one: cells([]), many: cells([]).length },
      show: { one: cells([""]), many: cells([""]).length },
      ...(chart.span ? { from: { whole: chart.span }, to: { whole: chart.span } } : {}),
    };
  };

  const read = (hash) => {
    const chart = charts.get(new URLSearchParams(hash.replace(/^#/, "")).get("chart"));
    const { found, wrong } = gvcAsked.told(schema(chart), hash);
    const { view: kind, hide = [], show = [], ...own } = Object.fromEntries(found);
    const view = { ...first(chart), ...own, ...(kind ? { kind } : {}), hidden: {} };
    if (view.rows === view.columns) view.columns = chart.dims.find(({ name, codes }) => name !== view.rows && codes.length > 1)?.name ?? view.columns;
    if (view.from > view.to) [view.from, view.to] = layout(chart, view).single ? [view.to, view.to] : [view.to, view.from];
    const split = (asked) => [named(chart, asked.slice(0, asked.indexOf(":"))), asked.slice(asked.indexOf(":") + 1)];
    for (const [dim, code] of hide.map(split)) view.hidden[dim.name] = [...(view.hidden[dim.name] ?? []), code];
    for (const [dim, those] of Map.groupBy(show.map(split), ([one]) => one)) view.hidden[dim.name] = dim.codes.filter((code) => !those.some((one) => one[1] === code));
    return { view, notes: [], wrong };
  };

  // -- what a view shows ------------------------------------------------------------------------------------------------

  // Which of the columns of names make panels, and which the marks in them.
  const layout = (chart, view) => {
    const { time } = chart;
    const many = chart.dims.filter((dim) => shownCodes(view, dim).length > 1);
    const { kind } = view;
    const used = { lines: [time], change: [time ?? chart.dims.find(({ role }) => role === "when")], matrix: [named(chart, view.rows), named(chart, view.columns)] }[kind] ?? [];
    const panel = kind === "table" || used.includes(named(chart, view.panels)) ? undefined : named(chart, view.panels);
    // One year is shown where years are neither across nor rows, columns or panels, nor names that the chart itself shows.
    const isOne = time && !["lines", "change", "table"].includes(kind) && !used.includes(time) && panel !== time;
    const single = isOne && (time.role === "x" || kind !== chart.base.kind) ? time : undefined;
    const rest = many.filter((dim) => !used.includes(dim) && dim !== panel && dim !== single);
    return { time, used, panel, single, rest };
  };

  // The years of a view that the chart has.
  const years = (chart, view) => chart.time.at.filter((year) => Math.floor(year) >= view.from && Math.floor(year) <= view.to);
  const latest = (chart, view) => chart.time.at.filter((year) => Math.floor(year) <= view.to).reduce((best, year) => Math.max(best, year), Math.min(...chart.time.at));
  // The first and the last year of a change; where nothing has both, the two that lie furthest apart in one line.
  const ends = (chart, view) => {
    const inside = years(chart, view);
    const others = chart.dims.filter((dim) => dim !== chart.time);
    const rows = chart.values.map((_, row) => row).filter((row) => chart.values[row] != null && inside.includes(chart.time.at[chart.time.rows[row]]) && others.every((dim) => !isHidden(view, dim, dim.codes[dim.rows[row]])));
    const spans_ = [...Map.groupBy(rows, (row) => others.map((dim) => dim.rows[row]).join()).values()].map((group) => {
      const of = group.map((row) => chart.time.at[chart.time.rows[row]]);
      return [Math.min(...of), Math.max(...of)];
    });
    return spans_.reduce((best, one) => (one[1] - one[0] > best[1] - best[0] ? one : best), spans_[0] ?? []);
  };

  const chosen = (chart, view) => {
    const { single, time } = layout(chart, view);
    const year = single && latest(chart, view);
    const [from, to] = view.kind === "change" && time ? ends(chart, view) : [];
    return chart.values.map((_, row) => row).filter((row) =>
      chart.dims.every((dim) => {
        const code = dim.rows[row];
        if (dim === time) {
          const at = dim.at[code];
          if (single) return at === year;
          if (view.kind === "change") return at === from || at === to;
          if (dim.role === "x" || view.kind === "lines") return Math.floor(at) >= view.from && Math.floor(at) <= view.to;
        }
        return !isHidden(view, dim, dim.codes[code]);
      }),
    );
  };
  const label = (dim, row) => dim.labels[dim.rows[row]];
  const panelsOf = (dims, rows) => {
    if (!dims.length) return [{ title: "", rows }];
    const found = Map.groupBy(rows, (row) => dims.map((dim) => dim.rows[row]).join());
    const order = (one) => one.split(",").map(Number);
    return [...found.entries()]
      .toSorted(([one], [other]) => order(one).map((code, i) => code - order(other)[i]).find(Boolean) ?? 0)
      .map(([, those]) => ({ title: listed(dims.map((dim) => label(dim, those[0]))), rows: those }));
  };
  const names = (dims, row, fallback) => (dims.length ? listed(dims.map((dim) => label(dim, row))) : label(fallback, row));
  // The colour of what a row shows: its name's own, where one column tells rows apart, else one of the palette.
  const painter = (chart, dims) => {
    const colourful = dims.filter(({ role }) => !["stroke", "x", "when"].includes(role));
    const base = chart.dims.find(({ role }) => role === "series") ?? chart.dims[0];
    const [one = base] = colourful;
    if (colourful.length < 2) return (row) => one.colours?.[one.rows[row]] ?? ACCENT;
    const seen = new Map();
    return (row) => {
      const key = colourful.map((dim) => dim.rows[row]).join();
      if (!seen.has(key)) seen.set(key, gvcExplorer.index.palette[seen.size % gvcExplorer.index.palette.length]);
      return seen.get(key);
    };
  };
  // A bar has the colour of an economy, or the accent.
  const barColour = (chart, dims) => {
    const own = dims.length === 1 && dims[0].own ? dims[0] : undefined;
    return (row) => (own ? own.colours[own.rows[row]] : chart.signed && chart.values[row] < 0 ? LOSS : ACCENT);
  };

  // Panels side by side as room allows, each with its heading; a place that is pointed at belongs to one of them.
  const panelled = (panels, least, width, ink, one, legend = []) => {
    if (panels.length === 1 && !panels[0].title && !legend.length) return one(panels[0], width, ink);
    const across = Math.max(1, Math.min(panels.length, 3, Math.floor((width + 24) / (least + 24))));
    const wide = (width - 24 * (across - 1)) / across;
    const { svg, measured, folded } = gvcDraw;
    const places = [];
    const parts = [];
    // Which stroke is which.
    let [lx, y] = [0, 0];
    for (const { dash, width: thick, label: name } of legend) {
      const room = 46 + measured(name);
      if (lx && lx + room > width) [lx, y] = [0, y + 20];
      parts.push(
        svg("line", { x1: lx, x2: lx + 26, y1: y + 10, y2: y + 10, stroke: ink?.muted ?? gvcDraw.PAGE.muted, "stroke-width": thick, "stroke-dasharray": dash?.join(" ") }),
        gvcDraw.label(lx + 32, y + 14, name, { fill: ink?.text ?? gvcDraw.PAGE.text }),
      );
      lx += room;
    }
    if (legend.length) y += 30;
    for (let i = 0; i < panels.length; i += across) {
      const row = panels.slice(i, i + across).map((panel) => ({ heads: folded(panel.title, wide / 1.06, 13), made: one(panel, wide, ink) }));
      const head = panels.length === 1 && !panels[0].title ? 0 : 8 + 17 * Math.max(...row.map(({ heads }) => heads.length));
      row.forEach(({ heads, made }, j) => {
        const x = j * (wide + 24);
        heads.forEach((text, k) => parts.push(svg("text", { x, y: y + 14 + 17 * k, "font-size": 13, "font-weight": 600, fill: ink?.text ?? gvcDraw.PAGE.text }, text)));
        made.drawn.setAttribute("x", x);
        made.drawn.setAttribute("y", y + head);
        parts.push(made.drawn);
        places.push({ x, y: y + head, high: made.drawn.viewBox.baseVal.height, made });
      });
      y += head + Math.max(...row.map(({ made }) => made.drawn.viewBox.baseVal.height)) + 14;
    }
    const drawn = gvcDraw.paper(width, y);
    drawn.append(...parts);
    if (!places[0].made.at) return { drawn };
    let active = places[0];
    const at = (x, height) => {
      if (height != null) active = places.find((place) => x >= place.x && x <= place.x + wide && height <= place.y + place.high) ?? active;
      const found = active.made.at(x - active.x);
      return { ...found, x: found.x + active.x, top: found.top + active.y, bottom: found.bottom + active.y };
    };
    return { drawn, at, span: places[0].made.span, places: places[0].made.places };
  };

  // Dashes and width of what a row belongs to: those of its database, or dashes in turn.
  const strokeOf = (chart, row) => {
    const stroke = chart.dims.find(({ role }) => role === "stroke");
    const code = stroke?.rows[row];
    const [dash, width] = stroke?.strokes?.[code] ?? [[null, [6, 3], [2, 2.5]][(code ?? 0) % 3], 2.25];
    return { dash: dash?.[1] ? dash : null, width };
  };
  const between = (time, name, one, other) =>
    time ? say("{0}.", say("{0}: {1} in {2}, {3} in {4}", name, ...one, ...other)) : say("{0}: {1} ({2}), {3} ({4}).", name, ...one, ...other);

  const lines = (chart, view, rows) => {
    const { time, panel, rest } = layout(chart, view);
    const { shown, x } = chart;
    const stroke = rest.find(({ role }) => role === "stroke");
    const paint = painter(chart, rest);
    const base = chart.dims.find(({ role }) => role === "series") ?? chart.dims.find((dim) => dim !== time) ?? chart.dims[0];
    const place = (row) => (time ? time.at[time.rows[row]] : x.rows[row]);
    // Where many lines differ by their strokes, a legend says which is which, else the name at each end.
    const isKeyed = stroke && (panel || new Set(rows.map((row) => rest.map((dim) => dim.rows[row]).join())).size > 6);
    const legend = isKeyed ? shownCodes(view, stroke).map((code) => rows.find((row) => stroke.rows[row] === code)).filter((row) => row != null).map((row) => ({ ...strokeOf(chart, row), label: label(stroke, row) })) : [];
    const panels = panelsOf(panel ? [panel] : [], rows).map(({ title, rows: those }) => {
      const groups = Map.groupBy(those, (row) => rest.map((dim) => dim.rows[row]).join());
      const drawn = [...groups.values()].map((group) => {
        const sorted = chart.lines ? group : group.toSorted((one, other) => place(one) - place(other));
        const points = [];
        sorted.forEach((row, i) => {
          const [line, before] = [row, sorted[i - 1]].map((one) => [chart.lines?.[one], chart.dashed?.[one]].join());
          if (i && line !== before) points.push({ year: place(row), value: null });
          const value = chart.values[row];
          points.push({ row, year: place(row), value, ...(chart.band && value != null && chart.band[0].rows[row] != null ? { low: chart.band[0].rows[row], high: chart.band[1].rows[row] } : {}) });
        });
        const told = rest.filter((dim) => dim !== stroke && label(dim, group[0]) !== title).map((dim) => label(dim, group[0]));
        const end = isKeyed ? listed(told.length ? told : [label(base, group[0])]) : undefined;
        if (stroke) told.push(label(stroke, group[0]));
        const { dash, width } = strokeOf(chart, group[0]);
        return { points, colour: paint(group[0]), dash: chart.dashed?.[group[0]] ? [4, 3] : dash, width, label: told.length ? told : [label(base, group[0])], end };
      });
      // Of lines of one name the one that ends last has it.
      if (isKeyed) {
        const last = (line) => line.points.findLast(({ value }) => value != null)?.year ?? -Infinity;
        for (const same of Map.groupBy(drawn, (line) => line.end).values()) {
          const best = same.reduce((one, other) => (last(other) >= last(one) ? other : one));
          for (const line of same) if (line !== best) line.end = "";
        }
      }
      return { title, lines: drawn.filter((line) => line.points.some(({ value }) => value != null)), rows: those };
    }).filter((one) => one.lines.length);
    if (!panels.length) return null;
    const every = rows.flatMap((row) => [chart.values[row], ...(chart.band ?? []).map((bound) => bound.rows[row])]).filter((value) => value != null);
    const within = chart.free || panels.length < 2 ? [] : [Math.min(...every), Math.max(...every)];
    const said = (year) => (time ? time.labels[time.at.indexOf(year)] : shownPlace(year));
    const shownPlace = (value) => Number(value.toPrecision(4)).toLocaleString("en");
    const across = (panelRows) => ({ plain: !time, places: unique(panelRows.map(place)).toSorted((one, other) => one - other), named: said });
    const marks = !time || time.role !== "x" ? [] : chart.events ? Object.entries(chart.events).map(([name, moment]) => [moment, name]).toSorted(([one], [other]) => one - other) : gvcDraw.EVENTS;
    const seen = rows.map(place);
    const marked = marks.filter(([year]) => year >= Math.min(...seen) && year <= Math.max(...seen));
    // A curve of several pieces has no first and last.
    const isWhole = ({ points }) => points.every(({ row }) => row == null || chart.lines == null || chart.lines[row] === chart.lines[points[0].row]);
    const every_ = panels.flatMap(({ title, lines: of }) => of.map((line) => ({ line, name: listed([...(title ? [title] : []), ...line.label]) })));
    const all = every_.filter(({ line }) => isWhole(line));
    const told = all.slice(0, 8).map(({ line, name }) => {
      const known = line.points.filter(({ value }) => value != null);
      const [start, end] = [known[0], known.at(-1)];
      return start === end ? say("{0}: {1} ({2}).", name, shown(end.value), said(end.year)) : between(time && !x?.said, name, [shown(start.value), said(start.year)], [shown(end.value), said(end.year)]);
    });
    if (all.length > 8) told.push(say("The numbers have {0} lines more.", all.length - 8));
    return {
      told,
      kind: say("Line chart. {0}", told.join(" ")),
      notes: [
        ...(marked.length ? [say("Marked: {0}.", marked.map(([year, what]) => (chart.events ? what : say("{0} {1}", year, what))).reduce((one, other) => say("{0}; {1}", one, other)))] : []),
        ...(chart.across ? [say("Across: {0}.", chart.across)] : []),
      ],
      draw: (width, ink) =>
        panelled(panels, 300, width, ink, (one, wide, ink_) =>
          gvcDraw.lines({ lines: one.lines, digits: 1, shown, events: marked, within, across: across(one.rows), wrapped: true }, wide, ink_),
          legend,
        ),
    };
  };

  const ranked = (chart, found) => {
    const order = found.toSorted((one, other) => other.value - one.value);
    const say1 = ({ name, value }) => say("{0}: {1}", name, chart.shown(value));
    return [
      say("Largest: {0}.", order.slice(0, 3).map(say1).reduce((one, other) => say("{0}; {1}", one, other))),
      ...(order.length > 4 ? [say("Smallest: {0}.", order.slice(-2).toReversed().map(say1).reduce((one, other) => say("{0}; {1}", one, other)))] : []),
    ];
  };

  const bars = (chart, view, rows) => {
    const { panel, rest, single } = layout(chart, view);
    const base = chart.dims.find(({ role }) => ["series", "row", "stage0"].includes(role)) ?? chart.dims[0];
    const dims = rest.length ? rest : [base === panel ? chart.dims.find((dim) => dim !== panel) ?? base : base];
    const colour = barColour(chart, dims);
    const known = rows.filter((row) => chart.values[row] != null);
    if (!known.length) return null;
    const asDrawn = chart.base.kind === "bars";
    const panels = panelsOf(panel ? [panel] : [], known).map(({ title, rows: those }) => ({
      title,
      rows: (asDrawn ? those : those.toSorted((one, other) => chart.values[other] - chart.values[one])).map((row) => ({
        label: names(dims, row, base),
        value: chart.values[row],
        colour: colour(row),
        title,
      })),
    }));
    const all = panels.flatMap((one) => one.rows.map((row) => ({ name: listed([...(panel ? [row.title] : []), row.label]), value: row.value })));
    const values = all.map(({ value }) => value);
    const told = ranked(chart, all);
    return {
      told,
      notes: single ? [say("Year: {0}.", single.labels[single.at.indexOf(latest(chart, view))])] : [],
      kind: say("Bar chart. {0}", told.join(" ")),
      draw: (width, ink) =>
        panelled(panels, 300, width, ink, (one, wide, ink_) => gvcDraw.bars({ rows: one.rows, shown: chart.shown, within: panel ? [Math.min(...values), Math.max(...values)] : [] }, wide, ink_)),
    };
  };

  const change = (chart, view, rows) => {
    const { panel, rest, used } = layout(chart, view);
    const [which] = used;
    const base = chart.dims.find(({ role }) => role === "series") ?? chart.dims[0];
    const dims = rest.length ? rest : [base];
    const [before, after] = chart.time ? ends(chart, view).map((year) => chart.time.at.indexOf(year)) : [0, 1];
    if (before == null || before === after) return null;
    const colour = barColour({ ...chart, signed: false }, dims);
    const panels = panelsOf(panel ? [panel] : [], rows).map(({ title, rows: those }) => {
      const pairs = [...Map.groupBy(those, (row) => chart.dims.filter((dim) => dim !== which).map((dim) => dim.rows[row]).join()).values()];
      const found = pairs
        .map((both) => [before, after].map((code) => both.find((row) => which.rows[row] === code)))
        .filter((both) => both.every((row) => row != null && chart.values[row] != null))
        .map(([one, other]) => ({ label: names(dims, one, base), before: chart.values[one], value: chart.values[other], colour: colour(one), title }));
      return { title, rows: chart.base.kind === "change" ? found : found.toSorted((one, other) => other.value - one.value) };
    }).filter((one) => one.rows.length);
    if (!panels.length) return null;
    const all = panels.flatMap((one) => one.rows);
    const values = all.flatMap((row) => [row.before, row.value]);
    const moved = all.toSorted((one, other) => other.value - other.before - (one.value - one.before));
    const heads = [before, after].map((code) => which.labels[code]);
    const says = (row) => between(chart.time && !chart.x?.said, listed([...(row.title ? [row.title] : []), row.label]), [chart.shown(row.before), heads[0]], [chart.shown(row.value), heads[1]]);
    const told = moved.length > 1 ? [says(moved[0]), says(moved.at(-1))] : [says(moved[0])];
    return {
      told,
      notes: [],
      kind: say("Chart of changes. {0}", told.join(" ")),
      draw: (width, ink) =>
        panelled(panels, 300, width, ink, (one, wide, ink_) => gvcDraw.bars({ rows: one.rows, shown: chart.shown, heads, within: panel ? [Math.min(...values), Math.max(...values)] : [] }, wide, ink_)),
    };
  };

  const matrix = (chart, view, rows) => {
    const { panel, rest, single } = layout(chart, view);
    const [down, across] = [named(chart, view.rows), named(chart, view.columns)];
    const isFlow = chart.kind === "sankey";
    const panels = panelsOf([...(panel ? [panel] : []), ...(isFlow ? [] : rest)], rows).map(({ title, rows: those }) => {
      const present = (dim) => shownCodes(view, dim).filter((code) => those.some((row) => dim.rows[row] === code));
      const [ups, sides] = [present(down), present(across)];
      if (across === chart.time) sides.sort((one, other) => across.at[one] - across.at[other]);
      const cell = (code, other) => {
        const found = those.filter((row) => down.rows[row] === code && across.rows[row] === other && chart.values[row] != null);
        // Of flows, what runs through other stages is added up.
        return found.length ? found.reduce((sum, row) => sum + chart.values[row], 0) : null;
      };
      return { title, ups, sides, values: ups.map((code) => sides.map((other) => cell(code, other))) };
    });
    const cells = panels.flatMap(({ title, ups, sides, values }) =>
      values.flatMap((row, i) => row.map((value, j) => ({ name: listed([...(title ? [title] : []), down.labels[ups[i]], across.labels[sides[j]]]), value })).filter(({ value }) => value != null)),
    );
    if (!cells.length) return null;
    const told = ranked(chart, cells);
    const most = Math.max(...cells.map(({ value }) => Math.abs(value)));
    const widest = Math.max(...cells.map(({ value }) => gvcDraw.measured(chart.shown(value), 11)));
    return {
      told,
      notes: [say("Rows: {0}. Columns: {1}.", heading(down), heading(across)), ...(single ? [say("Year: {0}.", single.labels[single.at.indexOf(latest(chart, view))])] : [])],
      kind: say("Matrix. {0}", told.join(" ")),
      draw: (width, ink) => {
        const names_ = Object.fromEntries([...down.labels.map((text, i) => [`r${i}`, text]), ...across.labels.map((text, i) => [`c${i}`, text])]);
        // Where cells would be too narrow for their numbers, the picture scrolls.
        const need = Math.max(...panels.map(({ sides }) => 130 + sides.length * Math.min(widest + 8, 44)));
        const room = Math.max(width, Math.min(need, 900));
        const made = panelled(panels, Math.min(Math.max(300, need), room), room, ink, (one, wide, ink_) =>
          gvcDraw.matrix({ rows: one.ups.map((i) => `r${i}`), columns: one.sides.map((i) => `c${i}`), values: one.values, shown: chart.shown, names: names_, colour: ACCENT, loss: LOSS, within: [most], whole: false }, wide, ink_),
        );
        made.drawn.classList.toggle("gvc-wide", room > width);
        return made;
      },
    };
  };
  const heading = (dim) => dim.label || say("Case");

  // Bars of parts, with a legend.
  const parts = (chart, view, rows) => {
    const [down, part] = ["row", "series"].map((role) => chart.dims.find((dim) => dim.role === role));
    const known = rows.filter((row) => chart.values[row] != null);
    if (!known.length) return null;
    const bars_ = [...Map.groupBy(known, (row) => down.rows[row]).entries()];
    const told = bars_.slice(0, 8).map(([code, those]) => say("{0}: {1}.", down.labels[code], listed(those.map((row) => `${label(part, row)} ${chart.shown(chart.values[row])}`))));
    const draw = (width, ink = gvcDraw.PAGE) => {
      const { svg, measured, label: text } = gvcDraw;
      const above = Math.max(...bars_.map(([code]) => measured(down.labels[code]))) > width * 0.3;
      const left = above ? 4 : 12 + Math.max(...bars_.map(([code]) => measured(down.labels[code])));
      const whole = Math.max(...bars_.map(([, those]) => those.reduce((sum, row) => sum + Math.abs(chart.values[row]), 0)));
      const scale = (width - left - 8) / whole;
      let [lx, ly] = [left, 12];
      const legend = unique(known.map((row) => part.rows[row])).map((code) => {
        const room = 26 + measured(part.labels[code]);
        if (lx > left && lx + room > width) [lx, ly] = [left, ly + 20];
        const at = [lx, ly];
        lx += room;
        return [svg("rect", { x: at[0], y: at[1] - 9, width: 11, height: 11, fill: part.colours[code] }), text(at[0] + 16, at[1] + 1, part.labels[code], { fill: ink.text })];
      });
      const top = ly + 18;
      const thick = above ? 54 : 38;
      const drawn = gvcDraw.paper(width, top + thick * bars_.length + 4);
      drawn.append(...legend.flat());
      bars_.forEach(([code, those], i) => {
        const y = top + i * thick + (above ? 20 : 4);
        const group = svg("g", { class: "gvc-row", "data-label": down.labels[code] });
        group.append(above ? text(left, y - 6, down.labels[code], { fill: ink.text }) : text(left - 8, y + 19, down.labels[code], { "text-anchor": "end", fill: ink.text }));
        let at = left;
        for (const row of those) {
          const size = Math.abs(chart.values[row]) * scale;
          const number = chart.shown(chart.values[row]);
          group.append(svg("rect", { x: at, y, width: Math.max(size - 1, 0.5), height: 28, fill: part.colours[part.rows[row]] }, svg("title", {}, say("{0}: {1}", listed([down.labels[code], label(part, row)]), number))));
          if (measured(number, 11) + 6 < size) group.append(text(at + size / 2, y + 18, number, { "text-anchor": "middle", "font-size": 11, fill: bright(part.colours[part.rows[row]]) ? "#000" : "#fff", "pointer-events": "none" }));
          at += size;
        }
        drawn.append(group);
      });
      return { drawn };
    };
    return { told, notes: [], kind: say("Bar chart. {0}", told.join(" ")), draw };
  };
  const bright = (colour) => {
    const [red, green, blue] = [1, 3, 5].map((at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
  };

  // Spans of years, a row each.
  const spans = (chart, view, rows) => {
    const [base] = chart.dims;
    if (!rows.length) return null;
    const of = (row) => ({ name: label(base, row), start: chart.values[row], end: chart.ends[row], over: label(chart.texts.over, row), under: label(chart.texts.under, row) });
    const all = rows.map(of);
    const told = all.map(({ name, start, end, over }) => say("{0}: {1}.", name, `${over}, ${start}–${end}`));
    const draw = (width, ink = gvcDraw.PAGE) => {
      const { svg, folded, measured, label: text } = gvcDraw;
      const [low, high] = [Math.min(...all.map(({ start }) => start)), Math.max(...all.map(({ end }) => end))];
      const left = 10 + Math.max(...all.map(({ name }) => measured(name)));
      const x = (year) => left + ((year - low) / (high - low)) * (width - left - 10);
      const items = all.map((one) => ({ ...one, lines: [...folded(one.over, width - left - 10), ...folded(one.under, width - left - 10)] }));
      const height = items.reduce((sum, { lines: of_ }) => sum + 26 + 15 * of_.length, 30);
      const drawn = gvcDraw.paper(width, height);
      const step = [10, 20, 25, 50].find((one) => (high - low) / one < (width - left) / 44) ?? 100;
      for (let year = Math.ceil(low / step) * step; year <= high; year += step)
        drawn.append(svg("line", { x1: x(year), x2: x(year), y1: 0, y2: height - 22, stroke: ink.grid }), text(x(year), height - 8, String(year), { "text-anchor": "middle", fill: ink.muted }));
      let y = 6;
      for (const { name, start, end, over, lines: of_ } of items) {
        const group = svg("g", { class: "gvc-row", "data-label": name });
        group.append(text(left - 8, y + 11, name, { "text-anchor": "end", fill: ink.text }), svg("rect", { x: x(start), y, width: Math.max(x(end) - x(start), 2), height: 14, rx: 2, fill: ACCENT }, svg("title", {}, say("{0}: {1}", over, `${start}–${end}`))));
        const late = (start + end) / 2 > (low + high) / 2;
        of_.forEach((line, i) => group.append(text(late ? Math.max(x(end), left + measured(line)) : Math.min(x(start), width - measured(line)), y + 29 + 15 * i, line, { "text-anchor": late ? "end" : null, fill: ink.text, stroke: ink.paper, "stroke-width": 4, "paint-order": "stroke" })));
        drawn.append(group);
        y += 26 + 15 * of_.length;
      }
      return { drawn };
    };
    return { told, notes: [], kind: say("Spans of years. {0}", told.join(" ")), draw };
  };

  // What is shown, in the columns of the chapter's own CSV.
  const csv = (chart, rows) => () => {
    const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const { inert } = gvcFiles;
    const texts = Object.values(chart.texts);
    const dims = [...chart.dims.filter(({ role }) => role !== "x"), ...texts];
    const numbers = [
      ...(chart.x ? [[chart.x.name, chart.x.rows]] : []),
      ...(chart.ends ? [[chart.heads[0], chart.values], [chart.heads[1], chart.ends]] : [[chart.head, chart.values]]),
      ...(chart.band ?? []).map((bound) => [bound.name, bound.rows]),
    ];
    return [
      ...[chart.title, chart.subtitle, say("Source: {0}", chart.source)].map((line) => `# ${inert(line)}`),
      [...dims.map(({ name }) => name), ...numbers.map(([name]) => name)].map(quoted).join(","),
      ...rows.map((row) => [...dims.map((dim) => quoted(dim.codes[dim.rows[row]])), ...numbers.map(([, of]) => of[row] ?? "")].join(",")),
      "",
    ].join("\n");
  };

  const make_ = (view) => {
    const chart = charts.get(view.chart);
    const rows = chosen(chart, view);
    const kind = { lines, bars, change, matrix, parts, spans }[view.kind === "table" ? chart.base.kind : view.kind];
    const made = rows.length ? kind(chart, view.kind === "table" ? { ...view, kind: chart.base.kind } : view, rows) : null;
    const dims = chart.dims.filter((dim) => dim.role !== "x");
    const isAltered = written(view) !== written(first(chart));
    const home = new URL(`../${chart.page}.html#${chart.id}`, gvcExplorer.root);
    const say1 = (value) => (value == null ? say("gap") : chart.shown(value));
    const plain = chart.x ? [[chart.x.label, (row) => chart.x.said?.[row] ?? (Number.isInteger(chart.x.rows[row]) && chart.time ? String(chart.x.rows[row]) : chart.x.rows[row].toLocaleString("en"))]] : [];
    const texts = Object.values(chart.texts);
    const columns = [
      ...[...dims, ...texts].map((dim) => [heading(dim), (row) => label(dim, row)]),
      ...plain,
      ...(chart.ends ? [[chart.heads[0], (row) => String(chart.values[row])], [chart.heads[1], (row) => String(chart.ends[row])]] : [[say("Value"), (row) => say1(chart.values[row])]]),
      ...(chart.band ?? []).map((bound, i) => [i ? say("High") : say("Low"), (row) => (bound.rows[row] == null ? "" : chart.shown(bound.rows[row]))]),
    ];
    const told = made ? made.told : [say("Nothing is chosen that this chart has: choose more, or other years.")];
    return {
      title: chart.title,
      scope: chart.subtitle,
      told,
      rows,
      csv: csv(chart, rows),
      sources: [chart.source],
      home,
      head: columns.map(([head]) => head),
      body: rows.map((row) => columns.map(([, cell]) => cell(row))),
      notes: [...(isAltered ? [say("Chosen from the chapter’s chart, whose title this keeps.")] : []), ...(made?.notes ?? [])],
      kind: made?.kind,
      table: view.kind === "table",
      draw: made?.draw,
    };
  };

  // -- the form ---------------------------------------------------------------------------------------------------------

  let filled;
  // The form stays while a reader alters what it has; another kind of view has another form.
  const fill = (form, view, alter) => {
    const chart = charts.get(view.chart);
    const { single, used } = layout(chart, view);
    const key = [view.chart, view.kind, view.rows, view.columns, view.panels].join("\n");
    if (filled?.key !== key) {
      const focused = document.activeElement?.id;
      filled = { key, ...built(form, chart, view) };
      if (focused) document.getElementById(focused)?.focus();
    }
    filled.update(view, alter, { single, used });
  };

  const built = (form, chart, view) => {
    let now = view;
    let change_;
    const alter = (changed) => change_(changed);
    const select = (name, title, options, value) => {
      const field = make("select", { id: `gvc-chart-${name}` }, ...options.map(([code, textContent]) => make("option", { value: code, textContent })));
      field.value = value;
      field.addEventListener("change", () => {
        const changed = { [name]: field.value };
        // Rows and columns are two: who takes the other's gives it their own.
        if (name === "rows" && field.value === now.columns) changed.columns = now.rows;
        if (name === "columns" && field.value === now.rows) changed.rows = now.columns;
        alter(changed);
      });
      return make("label", { htmlFor: field.id }, make("span", { textContent: title }), field);
    };
    const many = chart.dims.filter(({ codes }) => codes.length > 1);
    const kinds = make(
      "fieldset",
      { className: "gvc-explorer-kinds" },
      make("legend", { textContent: say("View"), className: "visually-hidden" }),
      ...chart.kinds.map((value) => make("label", {}, make("input", { type: "radio", name: "chart-view", value, id: `gvc-chart-view-${value}`, checked: value === view.kind }), make("span", { textContent: KINDS[value] }))),
    );
    kinds.addEventListener("change", ({ target }) => alter({ kind: target.value }));
    const { used } = layout(chart, view);
    const names_ = many.map((dim) => [dim.name, heading(dim)]);
    const places = view.kind === "matrix" ? [select("rows", say("Rows"), names_, view.rows), select("columns", say("Columns"), names_, view.columns)] : [];
    const panelDims = many.filter((dim) => !used.includes(dim) && !dim.at);
    const asks = !["table", "parts", "spans", "matrix"].includes(view.kind) && panelDims.length > 1;
    if (asks) places.push(select("panels", say("Panels by"), [["", say("none")], ...panelDims.map((dim) => [dim.name, heading(dim)])], view.panels));

    // Names to tick, a group a column of the chart.
    const boxes = [];
    const groups = many
      .filter((dim) => dim.role !== "x" && !(view.kind === "change" && used.includes(dim)) && !(view.kind === "lines" && dim === chart.time))
      .map((dim) => {
        const set = (hidden) => alter({ hidden: { ...now.hidden, [dim.name]: hidden } });
        const chips = dim.codes.map((code, i) => {
          const box = make("input", { type: "checkbox", id: `gvc-chart-${chart.dims.indexOf(dim)}-${i}` });
          box.addEventListener("change", () => set(dim.codes.filter((one) => (one === code ? !box.checked : isHidden(now, dim, one)))));
          boxes.push([box, dim, code]);
          return make("label", { className: "gvc-chart-chip" }, box, make("span", { textContent: dim.labels[i] }));
        });
        const button = (textContent, hidden) => {
          const made = make("button", { type: "button", textContent, ariaLabel: `${textContent}: ${heading(dim)}` });
          made.addEventListener("click", () => set(hidden));
          return made;
        };
        return make(
          "fieldset",
          { className: "gvc-chart-names" },
          make("legend", { textContent: heading(dim) }),
          ...chips,
          ...(dim.codes.length > 3 ? [button(say("All"), []), button(say("None"), dim.codes)] : []),
        );
      });

    // One line with two ends, or one.
    let slider = () => {};
    let years_ = [];
    if (chart.span && chart.span[0] < chart.span[1]) {
      const [least, most] = chart.span;
      const end = (name, title) => {
        const field = make("input", { type: "range", min: least, max: most, step: 1, id: `gvc-chart-${name}` });
        return make("label", { htmlFor: field.id }, make("span", { textContent: title }), field);
      };
      const both = { from: end("from", say("From")), to: end("to", say("To")) };
      const [from, to] = Object.values(both).map((one) => one.lastChild);
      const said = make("output", { htmlFor: `${from.id} ${to.id}` });
      const holder = make("div", { className: "gvc-explorer-span" }, said, make("div", { className: "gvc-explorer-ends" }, both.from, both.to));
      let asked;
      for (const [name, field] of [["from", from], ["to", to]]) {
        field.addEventListener("input", () => {
          cancelAnimationFrame(asked);
          asked = requestAnimationFrame(() => {
            const value = Number(field.value);
            change_(name === "from" ? { from: value, to: Math.max(now.to, value) } : { to: value, from: Math.min(now.from, value) }, field);
          });
        });
      }
      gvcDraw.twoEnded(holder, both, () => now);
      slider = (single) => {
        [from.value, to.value] = [now.from, now.to];
        both.from.hidden = Boolean(single);
        both.to.firstChild.textContent = single ? say("Year") : say("To");
        said.textContent = single ? single.labels[single.at.indexOf(latest(chart, now))] : now.from === now.to ? String(now.to) : say("{0} to {1}", now.from, now.to);
        holder.style.setProperty("--from", single ? 0 : (now.from - least) / (most - least));
        holder.style.setProperty("--to", (now.to - least) / (most - least));
        // Years in rows, columns or panels are ticked, if they are names; else the line chooses them.
        holder.hidden = !single && !["lines", "change"].includes(now.kind) && chart.time.role !== "x";
      };
      years_ = [holder];
    }
    form.replaceChildren(kinds, ...places, ...groups, ...years_);
    form.onsubmit = (event) => event.preventDefault();
    return {
      update: (given, alter_, { single }) => {
        [now, change_] = [given, alter_];
        for (const [box, dim, code] of boxes) box.checked = !isHidden(given, dim, code);
        slider(single);
      },
    };
  };

  window.exhibitView = (name, content) => charts.set(name, understood(name, content));

  return { open, has: (name) => charts.has(name), read, written, make: make_, fill };
})();
