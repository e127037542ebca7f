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
  const isSingle = ({ measure, kind }) => !gvcExplorer.MEASURES[measure].groups && kind !== "industries";

  // What a reader has chosen, as the address has it: what a view cannot have gives way, and that is said.
  const settled = (view) => {
    const { index } = gvcExplorer;
    const [from, to] = [view.from, view.to].sort((one, other) => one - other);
    const group = isSingle(view) && view.pairs.flatMap(({ origin, partner }) => [origin, partner]).find((code) => code in index.groups);
    if (!group) return { view: { ...view, from, to }, notes: [] };
    const pairs = view.pairs.map(({ origin, partner }) => ({ origin: single(origin), partner: single(partner) }));
    return {
      view: { ...view, pairs, from, to },
      notes: [say("This measure is of single economies: instead of {0} it shows {1}.", index.names[group], index.names[single(group)])],
    };
  };

  // The view of an address, and what of the address does not fit; where anything does not, the view is the first.
  const read = (hash) => {
    const { index } = gvcExplorer;
    const chart = named(hash);
    if (chart != null && gvcCharts.has(chart)) return gvcCharts.read(hash);
    const { found, wrong } = gvcAsked.told(index.address, hash);
    const { measure, origin, partner, database, from, to } = { ...index.first, ...Object.fromEntries(found) };
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

  return { KINDS, open, read, settled, written, span, single };
})();
