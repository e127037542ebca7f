"use strict";

// The address of a view: `#measure=…&origin=…&partner=…&database=…&from=…&to=…`, and where there are more pairs `also=CHN.MEX`,
// another kind of view `view=ranking`, for a map of origins `fixed=partner`. What an address asks for and nobody has gives way, and that is said.

const gvcAddress = (() => {
  const KINDS = {
    lines: say("Over time"),
    ranking: say("Ranking"),
    change: say("Change"),
    map: say("Map"),
    matrix: say("Matrix"),
    industries: say("By industry"),
  };
  const MOST = 6;

  const span = () => {
    const { databases } = gvcExplorer.index;
    return [Math.min(...databases.map((one) => one.years[0])), Math.max(...databases.map((one) => one.years[1]))];
  };

  // A view of single economies takes the first member of a group.
  const single = (code) => gvcExplorer.index.groups[code]?.[0] ?? code;

  // What an address asks for may need a script: that of the charts, and one of the chart.
  const named = (hash) => new URLSearchParams(hash.replace(/^#/, "")).get("chart");
  const open = async (hash) => {
    if (named(hash) == null) return;
    await gvcExplorer.script("explorer_charts.js");
    await gvcCharts.open(named(hash));
  };

  const read = (hash) => {
    const { index, MEASURES } = gvcExplorer;
    const chart = named(hash);
    if (chart != null && gvcCharts.has(chart)) return gvcCharts.read(hash);
    const told = new URLSearchParams(hash.replace(/^#/, ""));
    const wrong = chart == null ? [] : [[say("the chart {0}", chart), say("its first view")]];
    const known = (asked, fallback, has, name) => {
      if (asked == null || asked === "") return fallback;
      if (has(asked)) return asked;
      wrong.push([asked, name(fallback)]);
      return fallback;
    };
    const economy = (asked, fallback) => known(asked, fallback, (code) => code in index.names, (code) => index.names[code]);
    const year = (asked, fallback, [least, most]) => {
      if (asked == null || asked === "") return fallback;
      const number = Math.round(Number(asked));
      const kept = Number.isFinite(number) ? Math.min(Math.max(number, least), most) : fallback;
      if (kept !== number) wrong.push([asked, kept]);
      return kept;
    };
    const measure = known(told.get("measure"), index.first.measure, (key) => Object.hasOwn(MEASURES, key), (key) => MEASURES[key].label);
    const kind = known(told.get("view"), "lines", (key) => Object.hasOwn(KINDS, key), (key) => KINDS[key]);
    // A map is of all partners of an origin, or of all origins of a partner.
    const side = known(told.get("fixed"), "origin", (what) => ["origin", "partner"].includes(what), () => MEASURES[measure].of);
    const fixed = MEASURES[measure].in ? side : "origin";
    const database = known(
      told.get("database"),
      "all",
      (key) => key === "all" || index.databases.some((one) => one.key === key),
      () => say("Every database"),
    );
    const first = [told.get("origin"), told.get("partner")];
    const more = told.getAll("also").map((both) => both.split("."));
    const asked = [first, ...more].slice(0, MOST);
    let pairs = asked.map(([origin, partner]) => ({
      origin: economy(origin, index.first.origin),
      partner: MEASURES[measure].in ? economy(partner, index.first.partner) : partner in index.names ? partner : index.first.partner,
    }));
    const within = span();
    const years = [year(told.get("from"), within[0], within), year(told.get("to"), within[1], within)];
    const notes = [];
    if (wrong.length) {
      const list = (place) => wrong.map((both) => String(both[place])).reduce((all, other) => say("{0}, {1}", all, other));
      notes.push(say("The address asks for {0}, which the explorer does not have; it shows {1} instead.", list(0), list(1)));
    }
    if (!MEASURES[measure].groups && kind !== "industries") {
      const group = asked.flat().find((code) => code in index.groups);
      if (group) notes.push(say("This measure is of single economies: instead of {0} it shows {1}.", index.names[group], index.names[single(group)]));
      pairs = pairs.map(({ origin, partner }) => ({ origin: single(origin), partner: single(partner) }));
    }
    if (more.length >= MOST) notes.push(say("A view has at most {0} pairs.", MOST));
    const [from, to] = years.sort((one, other) => one - other);
    return { view: { kind, measure, pairs, fixed, database, from, to }, notes };
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

  return { KINDS, MOST, open, read, written, span, single };
})();
