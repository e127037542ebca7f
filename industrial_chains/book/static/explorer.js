"use strict";

// The explorer: a form, a chart, a table and a sentence over every pair of every database. The page's address holds the view.

const gvcExplorer = (() => {
  const HERE = document.currentScript;
  const asked = new Map();
  const held = new Map();
  // What draws is large, and waits until there is something to read.
  const painted = new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }));
  let index;

  // What can be asked. `of` and `in` say what the two economies are; `pair` is false where there is one.
  const MEASURES = {
    fva_share: {
      label: say("Share in foreign value added of exports"),
      unit: say("percent of the foreign value added in the exporter's exports"),
      of: say("Origin"),
      in: say("Exporter"),
      groups: true,
      says: (o, p, v) => say("{0} supplied {2} per cent of the foreign value added in the exports of {1}", o, p, v),
    },
    imint_share: {
      label: say("Share in imported intermediates"),
      unit: say("percent of the buyer's imported intermediates"),
      of: say("Origin"),
      in: say("Buyer"),
      groups: true,
      says: (o, p, v) => say("{0} supplied {2} per cent of the imported intermediates of {1}", o, p, v),
    },
    link: {
      label: say("Link index"),
      unit: say("geometric mean of the two shares, 0 to 100"),
      of: say("Origin"),
      in: say("Absorber"),
      says: (o, p, v) => say("The link index from {0} to {1} was {2}", o, p, v),
    },
    exports: {
      label: say("Share in the origin's exports of value added"),
      unit: say("percent of all value added that the origin sends abroad"),
      of: say("Origin"),
      in: say("Absorber"),
      says: (o, p, v) => say("{1} absorbed {2} per cent of the value added that {0} sent abroad", o, p, v),
    },
    imports: {
      label: say("Share in the absorber's imports of value added"),
      unit: say("percent of all value added that the absorber takes from abroad"),
      of: say("Origin"),
      in: say("Absorber"),
      says: (o, p, v) => say("{0} supplied {2} per cent of the value added that {1} took from abroad", o, p, v),
    },
    vax: {
      label: say("Value added absorbed"),
      of: say("Origin"),
      in: say("Absorber"),
      groups: true,
      digits: 0,
      says: (o, p, v, unit) => say("{1} absorbed value added of {0} worth {2} {3}", o, p, v, unit),
    },
    backward: {
      label: say("Backward participation"),
      unit: say("percent of gross exports: foreign value added and double counting"),
      of: say("Exporter"),
      says: (o, p, v) => say("{2} per cent of the exports of {0} came from abroad or crossed a border before", o, p, v),
    },
    forward: {
      label: say("Forward participation"),
      unit: say("percent of gross exports: own value added that others export again"),
      of: say("Exporter"),
      says: (o, p, v) => say("{2} per cent of the exports of {0} were its own value added that others exported again", o, p, v),
    },
    upstreamness: {
      label: say("Distance from final use (upstreamness)"),
      unit: say("stages, weighted by output"),
      of: say("Economy"),
      digits: 2,
      says: (o, p, v) => say("The output of {0} was {2} stages away from final use", o, p, v),
    },
  };
  // The matrices that a measure is made of, or has its years from: a year without any is no gap, it is not covered.
  const BEHIND = {
    fva_share: ["va_exports", "fva_share"],
    imint_share: ["intermediates", "imint_share"],
    link: ["va_final_demand", "link"],
    ...Object.fromEntries(["exports", "imports", "vax"].map((measure) => [measure, ["va_final_demand"]])),
    ...Object.fromEntries(["backward", "forward", "upstreamness"].map((measure) => [measure, ["va_exports"]])),
  };

  const UNITS = new Map([
    ["million USD", say("million US dollars")],
    ["thousand USD", say("thousand US dollars")],
    ["million EUR", say("million euros")],
    ["thousand EUR", say("thousand euros")],
    ["", say("unknown units")],
  ]);
  const unitOf = ({ unit }) => UNITS.get(unit) ?? unit;
  const CURRENT = "current prices";
  // In what a database gives a measure: what no view mixes.
  const measured = (database, { measure }) => {
    const of = MEASURES[measure].unit ?? unitOf(database);
    if (database.prices === CURRENT) return MEASURES[measure].unit ?? say("{0}, current prices", of);
    return database.prices ? say("{0}, {1}", of, database.prices) : of;
  };
  const worth = (database) =>
    ["", CURRENT].includes(database.prices) ? unitOf(database) : say("{0} at {1}", unitOf(database), database.prices);

  // -- numbers ----------------------------------------------------------------------------------------------------------

  const matrix = (data, flow, year) => data.flows[flow]?.[year];
  const at = ({ rows, columns, values }, row, column) => {
    const [i, j] = [rows.indexOf(row), columns.indexOf(column)];
    return i < 0 || j < 0 ? undefined : values[i * columns.length + j];
  };
  const members = (who, known) => (known.includes(who) || !index.groups[who] ? [who] : index.groups[who]);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const isLost = (data, year, origins, hosts) =>
    (data.lost[year] ?? []).some(([o, d]) => hosts.includes(d) && (origins.includes(o) || origins.includes("ROW")));

  const share = (data, flow, given, year, origin, host) => {
    const printed = matrix(data, given, year);
    if (printed) {
      // An economy's own part is in none of these.
      const parts = members(origin, printed.rows)
        .map((code) => at(printed, code, host))
        .filter((part) => part != null);
      return parts.length ? sum(parts) : null;
    }
    const table = matrix(data, flow, year);
    if (!table) return null;
    const hosts = members(host, table.columns);
    const shown = members(origin, table.rows).filter((code) => table.rows.includes(code));
    const origins = hosts.length > 1 ? shown : shown.filter((code) => code !== host);
    if (!origins.length || hosts.some((code) => !table.columns.includes(code))) return null;
    if (isLost(data, year, origins, hosts)) return null;
    const foreign = (from) =>
      sum(hosts.map((d) => sum(from.filter((o) => o !== d).map((o) => at(table, o, d)))));
    const all = foreign(table.rows);
    return all > 0 ? (100 * foreign(origins)) / all : null;
  };

  const tie = (data, kind, year, origin, absorber) => {
    const printed = kind === "link" && matrix(data, "link", year);
    if (printed) return at(printed, origin, absorber) ?? null;
    const table = matrix(data, "va_final_demand", year);
    if (!table || origin === absorber) return null;
    const flow = at(table, origin, absorber);
    if (flow === undefined || isLost(data, year, [origin], [absorber])) return null;
    const sent = sum(table.columns.filter((d) => d !== origin).map((d) => at(table, origin, d)));
    const taken = sum(table.rows.filter((o) => o !== absorber).map((o) => at(table, o, absorber)));
    if (kind === "exports") return sent > 0 ? (100 * flow) / sent : null;
    if (kind === "imports") return taken > 0 ? (100 * flow) / taken : null;
    return sent > 0 && taken > 0 ? (100 * flow) / Math.sqrt(sent * taken) : null;
  };

  const absorbed = (data, year, origin, absorber) => {
    const table = matrix(data, "va_final_demand", year);
    if (!table || (origin === absorber && !index.groups[origin])) return null;
    const from = members(origin, table.rows).filter((code) => table.rows.includes(code));
    const to = members(absorber, table.columns);
    if (!from.length || to.some((code) => !table.columns.includes(code)) || isLost(data, year, from, to)) return null;
    return sum(to.map((d) => sum(from.filter((o) => o !== d).map((o) => at(table, o, d)))));
  };

  const value = (data, { measure, origin, partner }, year) => {
    if (measure === "fva_share") return share(data, "va_exports", "fva_share", year, origin, partner);
    if (measure === "imint_share") return share(data, "intermediates", "imint_share", year, origin, partner);
    if (measure === "vax") return absorbed(data, year, origin, partner);
    if (["link", "exports", "imports"].includes(measure)) return tie(data, measure, year, origin, partner);
    return data.economies[measure]?.[origin]?.[year] ?? null;
  };

  // What a view is made of comes when it is first asked for. Of the first view the numbers are there.
  const isFirst = (view) => ["measure", "origin", "partner"].every((name) => view[name] === index.first[name]);
  const load = async (database, view) => {
    const { measure } = view;
    if (isFirst(view)) return held.get(database.key);
    const parts = MEASURES[measure].in ? BEHIND[measure].filter((part) => part in database.files) : ["economies"];
    await Promise.all(
      parts.map((part) => {
        const file = database.files[part];
        if (!asked.has(file)) asked.set(file, fetched(new URL(`explorer/${file}`, HERE.src)));
        return asked.get(file);
      }),
    );
    return held.get(database.key);
  };

  // What a database says of a view: a row a year, empty where a year in between is not known.
  const rows = (database, data, view) => {
    const found = [];
    for (let year = Math.max(view.from, database.years[0]); year <= Math.min(view.to, database.years[1]); year += 1) {
      if (!BEHIND[view.measure].some((part) => database.held[part]?.includes(year))) continue;
      const estimate = database.estimates.includes(year);
      found.push({
        year,
        value: isFirst(view) ? (database.first[year] ?? null) : value(data, view, year),
        key: database.key,
        series: `${database.key}${estimate ? ", estimates" : ""}`,
        database: estimate ? database.estimated : database.label,
        dash: estimate ? [4, 3] : [1, 0],
        width: database.width,
        line: database.line,
      });
    }
    const known = found.map((row) => row.value != null);
    return known.includes(true) ? found.slice(known.indexOf(true), known.lastIndexOf(true) + 1) : [];
  };

  // -- the view ---------------------------------------------------------------------------------------------------------

  const element = (tag, properties = {}, ...children) => {
    const { aria, ...own } = properties;
    const made = Object.assign(document.createElement(tag), own);
    for (const [name, said] of Object.entries(aria ?? {})) made.setAttribute(`aria-${name}`, said);
    made.append(...children);
    return made;
  };
  const shown = (number, measure) =>
    number.toLocaleString("en", {
      minimumFractionDigits: MEASURES[measure].digits ?? (measure === "link" ? 2 : 1),
      maximumFractionDigits: MEASURES[measure].digits ?? (measure === "link" ? 2 : 1),
    });
  const title = ({ measure, origin, partner }) => {
    const asks = MEASURES[measure];
    return say("{0}: {1}", asks.label, `${index.names[origin]}${asks.in ? ` → ${index.names[partner]}` : ""}`);
  };

  // One sentence a line: its last year, and its first.
  const sentences = (view, found, unit) =>
    bySeries(found).map((line) => {
      const { database } = line[0];
      const known = line.filter((row) => row.value != null);
      const [first, last] = [known[0], known.at(-1)];
      const says = MEASURES[view.measure].says(index.names[view.origin], index.names[view.partner], shown(last.value, view.measure), unit);
      return first.year === last.year
        ? say("{0} in {1} ({2}).", says, last.year, database)
        : say("{0} in {1} and {2} in {3} ({4}).", says, last.year, shown(first.value, view.measure), first.year, database);
    });
  // An economy's own part is in none of the measures of two; where the two share members, that is said.
  const everyone = (who) => index.groups[who] ?? [who];
  const shared = ({ measure, origin, partner }) =>
    MEASURES[measure].in && everyone(origin).some((code) => everyone(partner).includes(code));
  const bySeries = (found) => [...new Set(found.map((row) => row.series))].map((one) => found.filter((row) => row.series === one));

  const alone = (found) =>
    found.map((row, i) => {
      const beside = [found[i - 1], found[i + 1]].some(
        (other) => other && other.series === row.series && other.value != null,
      );
      return { ...row, alone: row.value != null && !beside };
    });

  const spec = (view, found, width) => {
    const lines = bySeries(found).map(([row]) => row);
    const domain = lines.map((row) => row.series);
    const labels = JSON.stringify(lines.map((row) => row.database));
    const format = view.measure === "link" || view.measure === "upstreamness" ? ".2f" : view.measure === "vax" ? ",.0f" : ".1f";
    const base = {
      x: { field: "year", type: "quantitative", title: null, scale: { zero: false, nice: false }, axis: { format: "d", tickMinStep: 1 } },
      y: { field: "value", type: "quantitative", title: null },
      color: { value: index.colours[view.origin] },
    };
    return {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      width: "container",
      height: 320,
      autosize: { type: "fit-x", contains: "padding" },
      config: index.theme,
      data: { values: alone(found) },
      layer: [
        {
          mark: { type: "line" },
          encoding: {
            ...base,
            strokeWidth: { field: "series", type: "nominal", scale: { domain, range: lines.map((row) => row.width) }, legend: null },
            strokeDash: {
              field: "series",
              type: "nominal",
              scale: { domain, range: lines.map((row) => row.dash) },
              legend: { title: null, labelExpr: `${labels}[indexof(${JSON.stringify(domain)}, datum.value)]`, symbolType: "stroke", symbolSize: 400, columns: width < PHONE ? 1 : 3 },
            },
          },
        },
        // Hidden where a line says the same, and not filtered: of no rows Vega would compute an extent, and complain.
        {
          mark: { type: "point", filled: true, size: 55 },
          encoding: { ...base, opacity: { condition: { test: "datum.alone", value: 1 }, value: 0 } },
        },
        {
          mark: { type: "point", filled: true, size: 120, opacity: 0 },
          encoding: {
            ...base,
            tooltip: [
              { field: "database", type: "nominal", title: say("Database") },
              { field: "year", type: "quantitative", title: say("Year") },
              { field: "value", type: "quantitative", format, title: MEASURES[view.measure].label },
            ],
          },
        },
      ],
    };
  };

  const table = (view, found) => {
    const lines = bySeries(found);
    const years = [...new Set(found.map((row) => row.year))].sort((a, b) => b - a);
    const head = element("tr", {}, ...[say("Year"), ...lines.map(([row]) => row.database)].map((label) => element("th", { scope: "col", textContent: label })));
    const body = years.map((year) =>
      element(
        "tr",
        {},
        element("th", { scope: "row", textContent: year }),
        ...lines.map((line) => {
          const row = line.find((one) => one.year === year);
          return element("td", { textContent: row ? (row.value == null ? say("gap") : shown(row.value, view.measure)) : "" });
        }),
      ),
    );
    return element("table", { className: "exhibit-grid" }, element("thead", {}, head), element("tbody", {}, ...body));
  };

  // As `text.csv` has it: to a spreadsheet no cell is a formula.
  const inert = (text) => text.replace(/((?:^|[,;])[\s"]*)(?=[-=+@＝＋－＠])/g, "$1'");
  const csv = (view, found, unit) => {
    const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = [...new Set(found.map((row) => row.line))];
    return [
      `# ${title(view)}`,
      `# ${inert(unit)}`,
      ...lines.map((line) => `# ${inert(say("Source: {0}", line))}`),
      "panel,database,year,value",
      ...found.map((row) => [row.key, quoted(inert(row.database)), row.year, row.value ?? ""].join(",")),
      "",
    ].join("\n");
  };

  const start = (place) => {
    const names = Object.entries(index.names).sort(([, a], [, b]) => a.localeCompare(b, document.documentElement.lang));
    const options = (known) =>
      known.map(([value, textContent]) => element("option", { value, textContent }));
    const isGroup = ([code]) => code in index.groups;
    const economies = () => [
      element("optgroup", { label: say("Groups") }, ...options(names.filter(isGroup))),
      element("optgroup", { label: say("Economies") }, ...options(names.filter((one) => !isGroup(one)))),
    ];
    const years = [Math.min(...index.databases.map((one) => one.years[0])), Math.max(...index.databases.map((one) => one.years[1]))];
    const number = { type: "number", min: years[0], max: years[1], step: 1 };
    const fields = {
      measure: element("select", {}, ...options(Object.entries(MEASURES).map(([key, { label }]) => [key, label]))),
      origin: element("select", {}, ...economies()),
      partner: element("select", {}, ...economies()),
      database: element("select", {}, ...options([["all", say("Every database")], ...index.databases.map((one) => [one.key, one.label])])),
      from: element("input", number),
      to: element("input", number),
    };
    const titles = {
      measure: say("Measure"),
      origin: say("Origin"),
      partner: say("Exporter"),
      database: say("Database"),
      from: say("From"),
      to: say("To"),
    };
    const labels = Object.fromEntries(
      Object.entries(fields).map(([name, field]) => {
        Object.assign(field, { name, id: `gvc-explorer-${name}` });
        return [name, element("label", { htmlFor: field.id }, element("span", { textContent: titles[name] }), field)];
      }),
    );
    const form = element("form", { className: "gvc-explorer-form" }, ...Object.values(labels));
    const heading = element("h2", { className: "gvc-explorer-title" });
    const unit = element("p", { className: "exhibit-subtitle" });
    const chart = element("div", { className: "exhibit-picture", role: "img" });
    const said = element("ul", { className: "gvc-explorer-said", aria: { live: "polite" } });
    const below = element("p", { className: "exhibit-source" });
    const numbers = element("details", {}, element("summary", { textContent: say("The numbers") }));
    const wide = element("div", { className: "gvc-explorer-table", tabIndex: 0, role: "region", aria: { label: say("The numbers") } });
    numbers.append(wide);
    place.replaceChildren(form, heading, unit, chart, said, below, numbers);

    const fill = () => {
      const told = { ...index.first, ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) };
      for (const [name, field] of Object.entries(fields)) {
        field.value = told[name];
        if (!field.value) field.value = index.first[name];
      }
    };
    let drawn;
    let turn = 0;
    const show = async () => {
      turn += 1;
      const mine = turn;
      const asks = MEASURES[fields.measure.value];
      for (const field of [fields.origin, fields.partner]) {
        field.firstChild.hidden = !asks.groups;
        // Where one economy is asked for, a group gives way to the first of it.
        if (!asks.groups && field.value in index.groups) field.value = index.groups[field.value][0];
      }
      const span = [Number(fields.from.value) || years[0], Number(fields.to.value) || years[1]];
      const within = span.map((year) => Math.min(Math.max(Math.round(year), years[0]), years[1]));
      const beyond = span.some((year) => year < years[0] || year > years[1]);
      [fields.from.value, fields.to.value] = within.sort((one, other) => one - other);
      const view = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]));
      [view.from, view.to] = [Number(view.from), Number(view.to)];
      labels.origin.firstChild.textContent = asks.of;
      labels.partner.firstChild.textContent = asks.in ?? "";
      labels.partner.hidden = !asks.in;
      history.replaceState(null, "", `#${new URLSearchParams(view)}`);
      const chosen = index.databases.filter((one) => ["all", one.key].includes(view.database));
      place.ariaBusy = "true";
      const every = await Promise.all(chosen.map(async (one) => ({ one, found: rows(one, await load(one, view), view) })));
      if (mine !== turn) return;
      const able = every.filter((has) => has.found.length);
      const { one: base } = able[0] ?? every[0];
      // A unit that a file does not say is like no other.
      const scale = (one) => (asks.unit || one.unit ? measured(one, view) : one.key);
      const like = ({ one }) => scale(one) === scale(base);
      const found = able.filter(like).flatMap((has) => has.found);
      const others = able.filter((has) => !like(has)).map(({ one }) => say("{0} ({1})", one.label, measured(one, view)));
      heading.textContent = title(view);
      unit.textContent = say("Unit: {0}", measured(base, view));
      const told = found.length
        ? [...sentences(view, found, worth(base)), ...(shared(view) ? [say("What a member takes from itself is left out.")] : [])]
        : [say("No database can give this view: one of the two is not in it, the two are the same, or the years are others.")];
      if (others.length) told.push(say("Left out, because no view mixes units or prices: {0}.", others.reduce((list, other) => say("{0}, {1}", list, other))));
      if (beyond) told.push(say("The databases have the years {0} to {1}.", ...years));
      said.replaceChildren(...told.map((textContent) => element("li", { textContent })));
      chart.ariaLabel = say("Line chart. {0}", told.join(" "));
      below.replaceChildren();
      wide.replaceChildren();
      drawn?.finalize();
      drawn = undefined;
      chart.replaceChildren();
      if (found.length) {
        const link = element("a", { textContent: "CSV", download: `${view.measure}-${view.origin}-${view.partner}.csv` });
        link.href = URL.createObjectURL(new Blob([csv(view, found, measured(base, view))], { type: "text/csv" }));
        below.append(`${say("Source: {0}", [...new Set(found.map((row) => row.line))].join(" "))} `, element("span", { className: "exhibit-downloads" }, say("Download: {0}", ""), link));
        wide.append(table(view, found));
        await painted;
        await exhibitVega();
        if (mine !== turn) return;
        drawn = await vegaEmbed(chart, spec(view, found, chart.clientWidth), { renderer: "svg", actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true } });
      }
      place.ariaBusy = "false";
      place.dataset.shown = location.hash;
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", show);
    addEventListener("hashchange", () => {
      fill();
      show();
    });
    fill();
    show();
  };

  return {
    begin: (given) => {
      index = given;
      for (const { key, lost } of index.databases) held.set(key, { flows: {}, lost });
      start(document.getElementById("gvc-explorer"));
    },
    take: (key, part, content) => {
      if (part === "economies") held.get(key).economies = content;
      else held.get(key).flows[part] = content;
    },
  };
})();

fetched(new URL(document.getElementById("gvc-explorer").dataset.index, document.currentScript.src));
