"use strict";

// The numbers of the explorer: what can be asked, which files an answer needs, and every answer as rows. Nothing here draws.

const gvcExplorer = (() => {
  const HERE = document.currentScript;
  const asked = new Map();
  const held = new Map();
  let index;
  let begun;
  const ready = new Promise((done) => {
    begun = done;
  });
  const script = (src) =>
    new Promise((done, failed) => {
      document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed }));
    });
  const once = (file, folder = "explorer/") => {
    if (!asked.has(file)) {
      const coming = script(new URL(`${folder}${file}`, HERE.src));
      coming.catch(() => asked.delete(file)); // so that it may be asked for again
      asked.set(file, coming);
    }
    return asked.get(file);
  };

  // What can be asked. `of` and `in` say what the two economies are; `means` says what it measures.
  const MEASURES = {
    fva_share: {
      means: say("Of the value added in an exporter's exports that other economies earned, the part that the origin earned."),
      label: say("Share in foreign value added of exports"),
      unit: say("percent of the foreign value added in the exporter's exports"),
      of: say("Origin"),
      in: say("Exporter"),
      groups: true,
      says: (o, p, v) => say("{0} supplied {2} per cent of the foreign value added in the exports of {1}", o, p, v),
    },
    imint_share: {
      means: say("Of the parts, materials and services that a buyer's industries import, the part that comes from the origin."),
      label: say("Share in imported intermediates"),
      unit: say("percent of the buyer's imported intermediates"),
      of: say("Origin"),
      in: say("Buyer"),
      groups: true,
      says: (o, p, v) => say("{0} supplied {2} per cent of the imported intermediates of {1}", o, p, v),
    },
    link: {
      means: say("The geometric mean of two shares: the absorber's in the origin's exports of value added, and the origin's in the absorber's imports of it."),
      label: say("Link index"),
      unit: say("geometric mean of the two shares, 0 to 100"),
      of: say("Origin"),
      in: say("Absorber"),
      says: (o, p, v) => say("The link index from {0} to {1} was {2}", o, p, v),
    },
    intensity: {
      means: say("The origin's value added that the absorber uses, over what it would use if only the size of both counted: at 1 nobody is favoured."),
      label: say("Trade intensity"),
      unit: say("a flow relative to what the two economies' sizes would predict"),
      of: say("Origin"),
      in: say("Absorber"),
      digits: 2,
      says: (o, p, v) => say("{1} absorbed {2} times as much value added of {0} as the two economies' sizes would predict", o, p, v),
    },
    passing: {
      means: say("Of the origin's value added that the United States finally uses, the part that was in the exporter's exports on its way."),
      label: say("Part that passes an exporter to the United States"),
      unit: say("percent of the origin's value added that the United States absorbs"),
      of: say("Origin"),
      in: say("Exporter"),
      says: (o, p, v) => say("{2} per cent of the value added of {0} that the United States absorbed passed the exports of {1}", o, p, v),
    },
    exports: {
      means: say("Of the origin's value added that other economies finally use, the part that the absorber uses."),
      label: say("Share in the origin's exports of value added"),
      unit: say("percent of all value added that the origin sends abroad"),
      of: say("Origin"),
      in: say("Absorber"),
      says: (o, p, v) => say("{1} absorbed {2} per cent of the value added that {0} sent abroad", o, p, v),
    },
    imports: {
      means: say("Of the foreign value added that the absorber finally uses, the part that the origin earned."),
      label: say("Share in the absorber's imports of value added"),
      unit: say("percent of all value added that the absorber takes from abroad"),
      of: say("Origin"),
      in: say("Absorber"),
      says: (o, p, v) => say("{0} supplied {2} per cent of the value added that {1} took from abroad", o, p, v),
    },
    vax: {
      means: say("The origin's value added that the absorber finally uses, whoever sold it the last product."),
      label: say("Value added absorbed"),
      of: say("Origin"),
      in: say("Absorber"),
      groups: true,
      digits: 0,
      says: (o, p, v, unit) => say("{1} absorbed value added of {0} worth {2} {3}", o, p, v, unit),
    },
    backward: {
      means: say("The part of an exporter's gross exports that others earned, or that crosses a border more than once."),
      label: say("Backward participation"),
      unit: say("percent of gross exports: foreign value added and double counting"),
      of: say("Exporter"),
      says: (o, p, v) => say("{2} per cent of the exports of {0} came from abroad or crossed a border before", o, p, v),
    },
    forward: {
      means: say("The part of an exporter's gross exports that is its own value added and goes into exports of others."),
      label: say("Forward participation"),
      unit: say("percent of gross exports: own value added that others export again"),
      of: say("Exporter"),
      says: (o, p, v) => say("{2} per cent of the exports of {0} were its own value added that others exported again", o, p, v),
    },
    upstreamness: {
      means: say("How many stages of production there are, on average, from an economy's output to its final use: at 1 all of it is finally used."),
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
    passing: ["va_absorbed_by_USA", "va_final_demand"],
    ...Object.fromEntries(["exports", "imports", "vax", "intensity"].map((measure) => [measure, ["va_final_demand"]])),
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

  // What each economy sends to all others and takes from them, and all of it.
  const summed = new WeakMap();
  const margins = (table) => {
    if (!summed.has(table)) {
      const { rows, columns, values } = table;
      const [sent, taken] = [{}, {}];
      let world = 0;
      rows.forEach((o, i) =>
        columns.forEach((d, j) => {
          if (o === d) return;
          const flow = values[i * columns.length + j];
          sent[o] = (sent[o] ?? 0) + flow;
          taken[d] = (taken[d] ?? 0) + flow;
          world += flow;
        }),
      );
      summed.set(table, { sent, taken, world });
    }
    return summed.get(table);
  };

  const tie = (data, kind, year, origin, absorber) => {
    const printed = kind === "link" && matrix(data, "link", year);
    if (printed) return at(printed, origin, absorber) ?? null;
    const table = matrix(data, "va_final_demand", year);
    if (!table || origin === absorber) return null;
    const flow = at(table, origin, absorber);
    if (flow === undefined || isLost(data, year, [origin], [absorber])) return null;
    const { sent, taken, world } = margins(table);
    if (!(sent[origin] > 0 && taken[absorber] > 0)) return null;
    if (kind === "exports") return (100 * flow) / sent[origin];
    if (kind === "imports") return (100 * flow) / taken[absorber];
    // Nobody exports to itself: the origin's own imports are no market to it.
    if (kind === "intensity") return (flow * (world - taken[origin])) / (sent[origin] * taken[absorber]);
    return (100 * flow) / Math.sqrt(sent[origin] * taken[absorber]);
  };

  const passing = (data, year, origin, exporter) => {
    const [passed, all] = [matrix(data, "va_absorbed_by_USA", year), matrix(data, "va_final_demand", year)];
    if (!passed || !all || origin === exporter) return null;
    const [part, whole] = [at(passed, origin, exporter), at(all, origin, "USA")];
    return part == null || !(whole > 0) ? null : (100 * part) / whole;
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
    if (measure === "passing") return passing(data, year, origin, partner);
    if (["link", "exports", "imports", "intensity"].includes(measure)) return tie(data, measure, year, origin, partner);
    return data.economies[measure]?.[origin]?.[year] ?? null;
  };

  // What a view is made of comes when it is first asked for. Of the first view the numbers are there.
  const isFirst = ({ measure, origin, partner }) =>
    measure === index.first.measure && origin === index.first.origin && partner === index.first.partner;
  const errs = ({ errors }, measure) => errors && (measure === "intensity" ? "link" : measure) in errors;
  const load = async (database, measure) => {
    const parts = MEASURES[measure].in ? BEHIND[measure] : ["economies"];
    await Promise.all([...parts, ...(errs(database, measure) ? ["errors"] : [])].filter((part) => part in database.files).map((part) => once(database.files[part])));
    return held.get(database.key);
  };

  // How far a number may be off: what is known of shares and links of those on whose trade errors were measured.
  const off = (database, data, { measure, origin, partner }, year, value) => {
    if (measure === "intensity") {
      // One flow over other sizes, which hardly err.
      const link = tie(data, "link", year, origin, partner);
      const of = off(database, data, { measure: "link", origin, partner }, year, link);
      return of == null || !link ? null : (value * of) / link;
    }
    const told = database.errors?.[measure];
    if (value == null || !told?.includes(origin)) return null;
    if (isFirst({ measure, origin, partner })) return database.first_off[year] ?? null;
    const parts = data.errors?.[measure]?.[partner]?.[year];
    if (!parts) return null;
    const [unit, proportion, fixed] = parts;
    const share = Math.min(Math.max(value, 0), 100);
    return Math.hypot(unit * ((share * (100 - share)) / 100) ** index.power, proportion * share, fixed);
  };

  const BY_INDUSTRY = "vax_by_industry";
  const covers = (database, measure) => BEHIND[measure].flatMap((part) => database.held[part] ?? []);
  const isCovered = (database, measure, year) => covers(database, measure).includes(year);
  // The first and the last year that a view can show, or nothing.
  const covered = ({ kind, measure, database }) => {
    const years = index.databases
      .filter(({ key }) => ["all", key].includes(database))
      .flatMap((one_) => (kind === "industries" ? (one_.held[BY_INDUSTRY] ?? []) : covers(one_, measure)));
    return years.length ? [Math.min(...years), Math.max(...years)] : null;
  };
  const known = (database, year) => {
    const estimate = database.estimates.includes(year);
    return {
      year,
      key: database.key,
      database: estimate ? database.estimated : database.label,
      estimate,
      dash: estimate ? [4, 3] : null,
      width: database.width,
      line: database.line,
    };
  };

  // What a database says of a pair: a row a year, empty where a year in between is not known.
  const rows = async (database, view) => {
    const data = isFirst(view) ? held.get(database.key) : await load(database, view.measure);
    const found = [];
    for (let year = Math.max(view.from, database.years[0]); year <= Math.min(view.to, database.years[1]); year += 1) {
      if (!isCovered(database, view.measure, year)) continue;
      const given = isFirst(view) ? (database.first[year] ?? null) : value(data, view, year);
      found.push({ ...known(database, year), value: given, off: off(database, data, view, year, given) });
    }
    const here = found.map((row) => row.value != null);
    return here.includes(true) ? found.slice(here.indexOf(true), here.lastIndexOf(true) + 1) : [];
  };

  // All economies of a database in one year: as origins of a partner, as partners of an origin, or each by itself.
  const across = async (database, { measure, origin, partner, over = "origin" }, year) => {
    const data = await load(database, measure);
    if (!isCovered(database, measure, year)) return [];
    // A database may print shares in the exports of those of whom it has no exports.
    const codes = over === "partner" ? Object.keys(index.names).filter((code) => !index.groups[code]) : database.codes;
    return codes
      .map((code) => ({ measure, origin, partner, [over]: code }))
      .filter((asked_) => !MEASURES[measure].in || asked_.origin !== asked_.partner)
      .map((asked_) => {
        const given = value(data, asked_, year);
        return { ...known(database, year), origin: asked_.origin, partner: asked_.partner, value: given, off: off(database, data, asked_, year, given) };
      })
      .filter((row) => row.value != null);
  };

  // One number, for a matrix.
  const one = async (database, view, year) => {
    const data = await load(database, view.measure);
    return isCovered(database, view.measure, year) ? value(data, view, year) : null;
  };

  // An economy's share in the world's value added absorbed abroad, by group of industries.
  const byIndustry = async (database, origin, year) => {
    if (!database.held[BY_INDUSTRY]?.includes(year) || !database.files[BY_INDUSTRY]) return [];
    await once(database.files[BY_INDUSTRY]);
    const table = matrix(held.get(database.key), BY_INDUSTRY, year);
    const inside = everyone(origin).filter((code) => table.rows.includes(code));
    return table.columns.map((industry) => {
      const all = sum(table.rows.map((code) => at(table, code, industry)));
      return { ...known(database, year), origin, industry, value: inside.length ? (100 * sum(inside.map((code) => at(table, code, industry)))) / all : null };
    }).filter((row) => row.value != null);
  };

  const digits = (measure) => MEASURES[measure].digits ?? (measure === "link" ? 2 : 1);
  const shown = (number, measure) =>
    number.toLocaleString("en", { minimumFractionDigits: digits(measure), maximumFractionDigits: digits(measure) });
  const everyone = (who) => index.groups[who] ?? [who];

  return {
    MEASURES,
    ready,
    rows,
    across,
    one,
    byIndustry,
    digits,
    shown,
    everyone,
    measured,
    worth,
    covered,
    get index() {
      return index;
    },
    // Asks for the index; what is then called waits for `ready`.
    open: () => {
      once("index.js");
      return ready;
    },
    root: HERE.src,
    script: (file, folder = "") => once(file, folder),
    begin: (given) => {
      index = given;
      // Codes alone are in them, and nothing that every object has.
      for (const part of ["names", "groups", "colours", "tiles", "industries"]) Object.setPrototypeOf(index[part], null);
      for (const { key, lost } of index.databases) held.set(key, { flows: {}, lost });
      begun(index);
    },
    take: (key, part, content) => {
      if (part === "economies" || part === "errors") held.get(key)[part] = content;
      else held.get(key).flows[part] = content;
    },
  };
})();
