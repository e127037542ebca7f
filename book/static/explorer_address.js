"use strict";

// The address of a view: `#measure=…&origin=…&partner=…&database=…&from=…&to=…`, and where there are more pairs `also=CHN.MEX`,
// another kind of view `view=ranking`, for a map of origins `fixed=partner`. What it may hold says `index.address`.

const gvcAddress = (() => {
  const KINDS = {
    lines: say("Over time"),
    ranking: say("Ranking"),
    change: say("Change"),
    map: say("Map"),
    matrix: say("Matrix"),
    industries: say("By industry"),
  };
  const span = () => gvcExplorer.index.address.from.whole;

  // What an address asks for may need a script: that of the charts, and one of the chart.
  const named = (hash) => new URLSearchParams(hash.replace(/^#/, "")).get("chart");
  const open = async (hash) => {
    if (named(hash) == null) return;
    await gvcExplorer.script("explorer_charts.js");
    await gvcCharts.open(named(hash));
  };

  // A view of single economies takes one of a group.
  const single = (code) => gvcExplorer.index.groups[code]?.[0] ?? code;
  // Views of one year; all but lines show one database, and lines of many pairs, too.
  const YEARLY = ["ranking", "map", "matrix"];
  const ALL = 2;
  const takesAll = ({ kind, pairs }) => kind === "lines" && pairs.length <= ALL;
  const isSingle = ({ measure, kind }) => !gvcExplorer.MEASURES[measure].groups && kind !== "industries";

  // What a reader has chosen, as the address has it: what a view cannot have gives way, and that is said.
  const settled = (view) => {
    const { index, covered } = gvcExplorer;
    const [kept, notes] = [{ ...view }, []];
    const label = () => index.databases.find(({ key }) => key === kept.database).label;
    const group = isSingle(view) && view.pairs.flatMap(({ origin, partner }) => [origin, partner]).find((code) => code in index.groups);
    if (group) {
      kept.pairs = view.pairs.map(({ origin, partner }) => ({ origin: single(origin), partner: single(partner) }));
      notes.push(say("This measure is of single economies: instead of {0} it shows {1}.", index.names[group], index.names[single(group)]));
    }
    if (view.database === "all" && !takesAll(view)) {
      kept.database = index.first.database;
      notes.push(say("This view shows one database: {0}.", label()));
    }
    const [first, last] = covered(kept) ?? span();
    const isYear = YEARLY.includes(view.kind);
    const asked = isYear ? [Math.min(view.from, view.to), view.to] : [view.from, view.to].toSorted((one, other) => one - other);
    const isOut = asked[0] > last || asked[1] < first;
    const isShort = view.kind === "change" && Math.max(asked[0], first) >= Math.min(asked[1], last);
    [kept.from, kept.to] = isOut || isShort ? [first, last] : [Math.max(asked[0], first), Math.min(asked[1], last)];
    const cut = asked.some((year, i) => Number.isFinite(year) && (i || !isYear) && year !== [kept.from, kept.to][i]);
    if (cut && kept.database !== "all") notes.push(isShort && !isOut ? say("A change needs two years: it shows {0} and {1}.", first, last) : say("{0} covers {1} to {2}: other years are left out.", label(), first, last));
    return { view: kept, notes };
  };

  // The view of an address, and what of the address does not fit; where anything does not, the view is the first.
  const read = (hash) => {
    const { index } = gvcExplorer;
    const chart = named(hash);
    if (chart != null && gvcCharts.has(chart)) return gvcCharts.read(hash);
    const { found, wrong } = gvcAsked.told(index.address, hash);
    const { measure, origin, partner, database, from, to } = { ...index.first, from: -Infinity, to: Infinity, ...Object.fromEntries(found) };
    const more = (found.get("also") ?? []).map((both) => both.split("."));
    const pairs = [[origin, partner], ...more].map(([one, other]) => ({ origin: one, partner: other }));
    const view = { kind: found.get("view") ?? "lines", measure, pairs, fixed: found.get("fixed") ?? "origin", database, from, to };
    // Which economies the address itself names: those of the first view may give way.
    const group = isSingle(view) && [found.get("origin"), found.get("partner"), ...more.flat()].find((code) => code in index.groups);
    if (group) wrong.push(say("{0} for a measure of single economies", `${found.get("origin") === group ? "origin" : found.get("partner") === group ? "partner" : "also"}=${group}`));
    if (!gvcExplorer.MEASURES[measure].in) view.fixed = "origin";
    return { ...settled(view), wrong };
  };

  const written = (view) => {
    if (view.chart) return gvcCharts.written(view);
    const { kind, measure, pairs: [first, ...more], fixed, database, from, to } = view;
    const told = new URLSearchParams({ measure, ...first, database, from, to });
    for (const { origin, partner } of more) told.append("also", `${origin}.${partner}`);
    if (kind !== "lines") told.set("view", kind);
    if (kind === "map" && fixed === "partner") told.set("fixed", fixed);
    return told.toString();
  };

  return { KINDS, YEARLY, open, read, settled, written, span, single, takesAll };
})();
