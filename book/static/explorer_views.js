"use strict";

// Kinds of view. Each takes what the address says and gives what is shown: title, unit, sentences, rows to take away, a table,
// and how to draw it at a width.

const gvcViews = (() => {
  const { MEASURES, rows, across, one, shown, digits, everyone, measured, worth } = gvcExplorer;
  const TOP = 20;
  // Of the book: the region, its hosts, and its two large markets.
  const BOOK = ["CHN", "JPN", "KOR", "RUS", "MNG", "ASEAN", "IDN", "VNM", "IND", "MEX", "USA", "EU27"];

  const name = (code) => gvcExplorer.index.names[code];
  const pairName = (measure, { origin, partner }) => (MEASURES[measure].in ? `${name(origin)} → ${name(partner)}` : name(origin));
  const pairNames = ({ measure, pairs }) => {
    const named = (what) => joined([...new Set(pairs.map((pair) => pair[what]))].map(name));
    const isOne = ["origin", "partner"].some((what) => new Set(pairs.map((pair) => pair[what])).size === 1);
    return isOne && MEASURES[measure].in ? `${named("origin")} → ${named("partner")}` : joined(pairs.map((pair) => pairName(measure, pair)));
  };
  // As short as tells pairs apart.
  const shortName = (measure, pairs, pair) => {
    if (pairs.length < 2) return "";
    const same = (what) => new Set(pairs.map((other) => other[what])).size === 1;
    if (!MEASURES[measure].in || same("partner")) return name(pair.origin);
    return same("origin") ? `→ ${name(pair.partner)}` : pairName(measure, pair);
  };
  // An economy keeps its colour: that of the origins if it tells pairs apart, else of the partners, else of either.
  const colours = (pairs) => {
    const { index } = gvcExplorer;
    const apart = (found) => new Set(found).size === found.length;
    const ways = ["origin", "partner"].map((what) => pairs.map((pair) => index.colours[pair[what]]));
    const taken = new Set();
    const free = ({ origin, partner }) => {
      const colour = [index.colours[origin], index.colours[partner], ...index.palette].find((one_) => !taken.has(one_));
      taken.add(colour);
      return colour;
    };
    return ways.find(apart) ?? pairs.map(free);
  };
  // As short as tells databases apart, where a label names a pair, too.
  const shortLabel = (label) => {
    const short = (text) => text.split(/[,，（]/)[0];
    const { databases } = gvcExplorer.index;
    return databases.filter((other) => short(other.label) === short(label)).length === 1 && databases.some((other) => other.label === label) ? short(label) : label;
  };
  const chosen = ({ database }) => gvcExplorer.index.databases.filter((other) => ["all", other.key].includes(database));
  // A unit that a file does not say is like no other.
  const scale = (database, view) => (MEASURES[view.measure].unit || database.unit ? measured(database, view) : database.key);
  const says = (view, pair, value, unit) =>
    MEASURES[view.measure].says(name(pair.origin), name(pair.partner), shown(value, view.measure), unit);
  const joined = (list) => list.reduce((all, other) => say("{0}, {1}", all, other));
  // An economy's own part is in none of the measures of two; where the two share members, that is said.
  const shared = ({ measure }, { origin, partner }) =>
    MEASURES[measure].in && everyone(origin).some((code) => everyone(partner).includes(code));
  // The one database of a view, and the name of whatever it shows.
  const base = ({ database }) => gvcExplorer.index.databases.find(({ key }) => key === database);
  const shownBy = (view) => base(view)?.label ?? say("every database");
  const titled = (view, title) => say("{0} ({1})", title, shownBy(view));
  const bySeries = (found) => [...Map.groupBy(found, (row) => `${row.key}${row.estimate ? ", estimates" : ""}`).values()];
  const sources = (found) => [...new Set(found.map((row) => row.line))];
  const bandNote = (found) => (found.some((row) => row.off) ? [say("Shaded: intervals that hold the number of the OECD's own table nine times in ten.")] : []);
  const estimateNote = (found) => (found.some((row) => row.estimate) ? [say("Dashed: estimated.")] : []);
  const nothing = (view, title) => ({ title, unit: "", told: [view.database === "all" ? say("No database can give this view: one of the two is not in it, the two are the same, or the years are others.") : say("{0} cannot give this view: one of the two is not in it, the two are the same, or the measure is not. Choose another database.", base(view).label)], rows: [], head: [], body: [], sources: [], notes: [] });

  // -- over time --------------------------------------------------------------------------------------------------------

  const overTime = async (view) => {
    const every = await Promise.all(
      view.pairs.flatMap((pair, i) => chosen(view).map(async (database) => ({ i, pair, database, found: await rows(database, { ...view, ...pair }) }))),
    );
    const title = titled(view, say("{0}: {1}", MEASURES[view.measure].label, pairNames(view)));
    const able = every.filter((has) => has.found.length);
    if (!able.length) return nothing(view, title);
    const main = able[0].database;
    const like = ({ database }) => scale(database, view) === scale(main, view);
    const kept = able.filter(like);
    const others = new Map(able.filter((has) => !like(has)).map(({ database }) => [database.key, say("{0} ({1})", database.label, measured(database, view))]));
    const paint = colours(view.pairs);
    const lines = kept.flatMap(({ i, pair, found }) =>
      bySeries(found).map((points) => {
        const [{ database, dash, width, key, estimate }] = points;
        return { i, pair, points, colour: paint[i], dash, width, key, estimate, label: [shortName(view.measure, view.pairs, pair), view.pairs.length > 1 ? shortLabel(database) : database] };
      }),
    );
    // Of one database a pair is named once, at the end of what is no estimate, if there is such.
    if (view.database !== "all" && view.pairs.length > 1) {
      for (const line of lines) line.end = lines.some((other) => other.i === line.i && line.estimate && !other.estimate) ? "" : line.label[0];
    }
    // One sentence a line: its last year, and its first. Of several pairs, of the newest database alone.
    const sentence = ({ pair, points }) => {
      const known = points.filter((row) => row.value != null);
      const [first, last] = [known[0], known.at(-1)];
      const told = says(view, pair, last.value, worth(main));
      return first.year === last.year
        ? say("{0} in {1} ({2}).", told, last.year, last.database)
        : say("{0} in {1} and {2} in {3} ({4}).", told, last.year, shown(first.value, view.measure), first.year, last.database);
    };
    const end = (line) => line.points.findLast((row) => row.value != null)?.year ?? -Infinity;
    const newest = (all) => all.reduce((best, line) => (end(line) >= end(best) ? line : best));
    const spoken = view.pairs.length === 1 ? lines : [...Map.groupBy(lines, (line) => line.i).values()].map(newest);
    const told = spoken.filter((line) => end(line) > 0).map(sentence);
    const silent = view.pairs.filter((_, i) => !lines.some((line) => line.i === i));
    told.push(...silent.map((pair) => view.database === "all" ? say("No database can give {0}.", pairName(view.measure, pair)) : say("{0} cannot give {1}.", base(view).label, pairName(view.measure, pair))));
    if (view.pairs.some((pair) => shared(view, pair))) told.push(say("What a member takes from itself is left out."));
    if (others.size) told.push(say("Left out, because no view mixes units or prices: {0}.", joined([...others.values()])));
    const found = lines.flatMap((line) => line.points.map((row) => ({ ...row, ...line.pair })));
    const years = [...new Set(found.map((row) => row.year))].sort((one_, other) => other - one_);
    const columns = lines.map((line) => line.label.filter(Boolean).join(say(", ")));
    const say1 = (number) => shown(number, view.measure);
    const single = years.length === 1;
    const seen = [years.at(-1), years[0]];
    const marked = single ? [] : gvcDraw.events(seen);
    return {
      title,
      unit: measured(main, view),
      told,
      rows: found,
      sources: sources(found),
      head: [say("Year"), ...columns],
      body: years.map((year) => [
        year,
        ...lines.map(({ points }) => {
          const row = points.find((other) => other.year === year);
          return row ? (row.value == null ? say("gap") : say1(row.value)) : "";
        }),
      ]),
      notes: [
        ...bandNote(found),
        ...estimateNote(lines),
        ...(marked.length ? [say("Marked: {0}.", marked.reduce((all, other) => say("{0}; {1}", all, other)))] : []),
      ],
      kind: single ? say("Bar chart. {0}", told.join(" ")) : say("Line chart. {0}", told.join(" ")),
      draw: (width, ink) =>
        single
          ? gvcDraw.bars(
              {
                rows: lines.map((line, i) => ({ label: columns[i], ...line.points[0], colour: line.colour, hollow: line.estimate })).filter((row) => row.value != null),
                shown: say1,
                floor: 0,
              },
              width,
              ink,
            )
          : gvcDraw.lines({ lines, digits: digits(view.measure), shown: say1, floor: 0 }, width, ink),
    };
  };

  // -- many economies in a year -----------------------------------------------------------------------------------------

  // All economies of the view's database in a year.
  const inYear = (view, year) => across(base(view), { ...view, ...view.pairs[0] }, year);
  const where = (view) => (MEASURES[view.measure].in ? say("{0}: all → {1}", MEASURES[view.measure].label, name(view.pairs[0].partner)) : MEASURES[view.measure].label);
  const picked = (view, origin) => view.pairs.some((pair) => pair.origin === origin);
  // The largest, and those that the view names.
  const shownOf = (view, found) => found.filter((row, i) => i < TOP || picked(view, row.origin));
  const count = (found, few) => (found.length > few.length ? [say("Shown: {0} of {1} economies; the numbers have all.", few.length, found.length)] : []);

  const ranking = async (view) => {
    const title = titled(view, say("{0}, {1}", where(view), view.to));
    const database = base(view);
    const found = (await inYear(view, view.to)).toSorted((one_, other) => other.value - one_.value);
    if (!found.length) return nothing(view, title);
    const few = shownOf(view, found);
    const { partner } = view.pairs[0];
    const [first, second] = found;
    const told = [say("{0} in {1} ({2}): the largest of {3}.", says(view, { origin: first.origin, partner }, first.value, worth(database)), view.to, first.database, found.length)];
    if (second) told.push(say("{0} follows with {1}.", name(second.origin), shown(second.value, view.measure)));
    for (const row of found.filter((other, i) => i > 1 && picked(view, other.origin)))
      told.push(say("{0} is number {1} with {2}.", name(row.origin), found.indexOf(row) + 1, shown(row.value, view.measure)));
    return {
      title,
      unit: measured(database, view),
      told,
      rows: found.map((row) => ({ ...row, partner })),
      sources: sources(found),
      head: [say("Rank"), MEASURES[view.measure].of, first.database],
      body: found.map((row, i) => [i + 1, name(row.origin), shown(row.value, view.measure)]),
      notes: [...count(found, few), ...estimateNote(found)],
      kind: say("Bar chart. {0}", told.join(" ")),
      draw: (width, ink) =>
        gvcDraw.bars(
          {
            rows: few.map((row) => ({ ...row, label: name(row.origin), colour: gvcExplorer.index.colours[row.origin], bold: picked(view, row.origin), hollow: row.estimate })),
            shown: (number) => shown(number, view.measure),
            floor: 0,
          },
          width,
          ink,
        ),
    };
  };

  const change = async (view) => {
    const title = titled(view, say("{0}, {1} and {2}", where(view), view.from, view.to));
    const database = base(view);
    const [then, now] = await Promise.all([inYear(view, view.from), inYear(view, view.to)]);
    const before = new Map(then.map((row) => [row.origin, row]));
    const found = now
      .filter((row) => before.has(row.origin))
      .map((row) => ({ ...row, before: before.get(row.origin).value, off: null }))
      .toSorted((one_, other) => other.value - one_.value);
    if (!found.length) return nothing(view, title);
    const few = shownOf(view, found);
    const { partner } = view.pairs[0];
    const moved = found.toSorted((one_, other) => other.value - other.before - (one_.value - one_.before));
    const says2 = (row) => say("{0}: {1} in {2}, {3} in {4}", name(row.origin), shown(row.before, view.measure), view.from, shown(row.value, view.measure), view.to);
    const told = [
      say("{0} rose most: {1} ({2}).", name(moved[0].origin), says2(moved[0]), database.label),
      say("{0} fell most: {1}.", name(moved.at(-1).origin), says2(moved.at(-1))),
    ].filter((_, i) => (i ? moved.at(-1).value < moved.at(-1).before : moved[0].value > moved[0].before));
    const all = found.flatMap((row) => [
      { ...before.get(row.origin), partner },
      { ...row, partner },
    ]);
    return {
      title,
      unit: measured(database, view),
      told,
      rows: all,
      sources: sources(all),
      head: [MEASURES[view.measure].of, view.from, view.to, say("Change")],
      body: found.map((row) => [name(row.origin), shown(row.before, view.measure), shown(row.value, view.measure), shown(row.value - row.before, view.measure)]),
      notes: [...count(found, few), say("Databases: {0}.", [...new Set(all.map((row) => row.database))].reduce((told_, other) => say("{0}; {1}", told_, other)))],
      kind: say("Chart of changes. {0}", told.join(" ")),
      draw: (width, ink) =>
        gvcDraw.bars(
          {
            rows: few.map((row) => ({ ...row, label: name(row.origin), colour: gvcExplorer.index.colours[row.origin], bold: picked(view, row.origin) })),
            shown: (number) => shown(number, view.measure),
            heads: [String(view.from), String(view.to)],
          },
          width,
          ink,
        ),
    };
  };

  const map = async (view) => {
    const [pair] = view.pairs;
    const { tiles, names } = gvcExplorer.index;
    const { of, in: partners } = MEASURES[view.measure];
    const over = partners && view.fixed === "origin" ? "partner" : "origin";
    const all = over === "partner" ? say("{0}: {1} → all", MEASURES[view.measure].label, name(pair.origin)) : where(view);
    const title = titled(view, say("{0}, {1}", all, view.to));
    const found = (await inYear({ ...view, over }, view.to)).filter((row) => row[over] in tiles).toSorted((one_, other) => other.value - one_.value);
    if (!found.length) return nothing(view, title);
    const [first, second] = found;
    const values = new Map(found.map((row) => [row[over], row.value]));
    const marked = everyone(pair[view.fixed]).filter((code) => code in tiles);
    const missing = Object.keys(tiles).filter((code) => !values.has(code) && !marked.includes(code));
    const say1 = (number) => shown(number, view.measure);
    const told = [say("{0} in {1} ({2}): the largest of {3}.", says(view, first, first.value, worth(base(view))), view.to, first.database, found.length)];
    if (second) told.push(say("{0} follows with {1}.", name(second[over]), say1(second.value)));
    if (missing.length) told.push(say("No number in this database: {0}.", missing.length > 5 ? say("{0} economies", missing.length) : joined(missing.map(name))));
    const mark = partners ? say("{0} ({1})", name(pair[view.fixed]), over === "partner" ? of : partners) : name(pair.origin);
    return {
      title,
      unit: measured(base(view), view),
      told,
      rows: found,
      sources: sources(found),
      head: [say("Rank"), over === "partner" ? partners : of, first.database],
      body: found.map((row, i) => [i + 1, name(row[over]), say1(row.value)]),
      notes: [
        say("A square is an economy, placed roughly as on a world map: no border is drawn, and small economies are seen as well as large ones."),
        ...(first.estimate ? [say("All numbers of this year are estimated.")] : []),
      ],
      kind: say("Map. {0}", told.join(" ")),
      draw: (width, ink) => gvcMap.draw({ tiles, values, marked, mark, names, shown: say1 }, width, ink),
    };
  };

  const matrix = async (view) => {
    const title = titled(view, say("{0}, {1}", MEASURES[view.measure].label, view.to));
    if (!MEASURES[view.measure].in) return { ...nothing(view, title), told: [say("This measure is of single economies, and has no matrix: choose another.")] };
    const codes = BOOK.filter((code) => MEASURES[view.measure].groups || !(code in gvcExplorer.index.groups));
    const database = base(view);
    const all = await Promise.all(codes.map((origin) => Promise.all(codes.map((partner) => (origin === partner ? null : one(database, { ...view, origin, partner }, view.to))))));
    if (all.flat().every((value) => value == null)) return nothing(view, title);
    const kept = codes.map((_, i) => all[i].some((value) => value != null));
    const heard = codes.map((_, j) => all.some((row) => row[j] != null));
    const origins = codes.filter((_, i) => kept[i]);
    const partners = codes.filter((_, j) => heard[j]);
    const values = all.filter((_, i) => kept[i]).map((row) => row.filter((_, j) => heard[j]));
    const label = database.estimates.includes(view.to) ? database.estimated : database.label;
    const found = origins.flatMap((origin, i) =>
      partners.map((partner, j) => ({ key: database.key, database: label, line: database.line, year: view.to, origin, partner, value: values[i][j] })),
    ).filter((row) => row.value != null);
    const largest = found.reduce((best_, row) => (row.value > best_.value ? row : best_));
    const told = [say("{0} in {1} ({2}): the largest number here.", says(view, largest, largest.value, worth(database)), view.to, label)];
    const say1 = (value) => shown(value, view.measure);
    return {
      title,
      unit: measured(database, view),
      told,
      rows: found,
      sources: sources(found),
      head: [say("From, in rows; to, in columns"), ...partners.map(name)],
      body: origins.map((origin, i) => [name(origin), ...values[i].map((value) => (value == null ? "" : say1(value)))]),
      notes: [say("Rows: {0}. Columns: {1}.", MEASURES[view.measure].of, MEASURES[view.measure].in)],
      kind: say("Matrix. {0}", told.join(" ")),
      draw: (width, ink) => gvcDraw.matrix({ rows: origins, columns: partners, values, shown: say1, names: gvcExplorer.index.names, colour: gvcExplorer.index.colours.NEA }, width, ink),
    };
  };

  const industries = async (view) => {
    const [{ origin }] = view.pairs;
    const { index, byIndustry } = gvcExplorer;
    const asked = [...new Set([view.from, view.to])];
    const database = base(view);
    const found = await Promise.all(asked.map((year) => byIndustry(database, origin, year)));
    const named = (years) => titled(view, say("Share in the world's exported value added by industry: {0}, {1}", name(origin), years));
    if (!found.at(-1).length) return { ...nothing(view, named(String(view.to))), told: [say("{0} has no industries of {1} in {2}: choose another database or year.", database.label, name(origin), view.to)] };
    const now = found.at(-1).toSorted((one_, other) => other.value - one_.value);
    const before = new Map(asked.length > 1 ? found[0].map((row) => [row.industry, row]) : []);
    const say1 = (number) => shown(number, "fva_share");
    const told = [
      say("{0}: {1} earned {2} per cent of all value added of the industry that is absorbed abroad, in {3} ({4}), its largest share.", index.industries[now[0].industry], name(origin), say1(now[0].value), view.to, now[0].database),
    ];
    if (before.size) {
      const moved = now.toSorted((one_, other) => Math.abs(other.value - before.get(other.industry).value) - Math.abs(one_.value - before.get(one_.industry).value))[0];
      told.push(say("It changed most in {0}: {1} in {2}, {3} in {4}.", index.industries[moved.industry], say1(before.get(moved.industry).value), view.from, say1(moved.value), view.to));
    }
    const all = [...before.values(), ...now];
    return {
      title: named(before.size ? say("{0} and {1}", view.from, view.to) : String(view.to)),
      unit: say("percent of all value added of an industry that is absorbed abroad"),
      told,
      rows: all,
      sources: sources(all),
      head: [say("Industry"), ...(before.size ? [view.from] : []), view.to],
      body: now.map((row) => [index.industries[row.industry], ...(before.size ? [say1(before.get(row.industry).value)] : []), say1(row.value)]),
      notes: before.size ? [say("Databases: {0}.", [...new Set(all.map((row) => row.database))].reduce((told_, other) => say("{0}; {1}", told_, other)))] : estimateNote(all),
      kind: say("Chart by industry. {0}", told.join(" ")),
      draw: (width, ink) =>
        gvcDraw.bars(
          {
            rows: now.map((row) => ({ ...row, label: index.industries[row.industry], colour: index.colours[origin], before: before.get(row.industry)?.value, hollow: row.estimate })),
            shown: say1,
            heads: before.size ? [String(view.from), String(view.to)] : null,
          },
          width,
          ink,
        ),
    };
  };

  const MEANT = say("Of all value added of an industry that is absorbed abroad, the part that the economy earned.");
  const make = async (view) =>
    view.chart
      ? gvcCharts.make(view)
      : { ...(await { lines: overTime, ranking, change, map, matrix, industries }[view.kind](view)), means: view.kind === "industries" ? MEANT : MEASURES[view.measure].means };

  return { make, colours };
})();
