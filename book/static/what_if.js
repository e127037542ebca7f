"use strict";

// The calculator of duties: a form, sentences and a table of economies. The page has the answer to the first case; the
// table of the model comes when a reader asks for another, and `trade_model.js` solves it. The page's address holds the case:
// one duty on some exporters, or a duty for each partner, `rates=CHN:0.25,VNM:0.1`, and those before it, `before=CHN:0.3`.

const gvcWhatIf = (() => {
  const HERE = document.currentScript;
  const SVG = "http://www.w3.org/2000/svg";
  const MOST = 100;
  const ALL = "all";
  const GOODS = "goods";
  let index;
  let world;
  let arrived;

  const element = (tag, properties = {}, ...children) => {
    const { aria, ...own } = properties;
    const made = Object.assign(document.createElement(tag), own);
    for (const [name, said] of Object.entries(aria ?? {})) made.setAttribute(`aria-${name}`, said);
    made.append(...children);
    return made;
  };
  const drawn = (tag, attributes, ...children) => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  // -- the model ----------------------------------------------------------------------------------------------------------

  const load = async () => {
    arrived ??= fetched(new URL(`what_if/${index.table}`, HERE.src));
    await arrived;
  };
  const at = (code) => index.economies.findIndex((one) => one.code === code);
  // Who pays a case's duty: those that are chosen, or that have one of their own.
  const exporters = ({ importer, exporters: chosen, rates, before }) =>
    index.economies.map(({ code }) => code).filter((code) => code !== importer && (rates ? code in rates || code in before : chosen === ALL || chosen.includes(code)));
  const sectors = ({ industries: chosen }) =>
    index.industries.flatMap(({ code, good }, n) => (chosen === ALL || (chosen === GOODS ? good : chosen.includes(code)) ? [n] : []));

  // Products of a case that come from one economy, in lists by g, n and d; and what the importer buys of each.
  const products = (one, code) => sectors(one).map((n) => (at(code) * index.industries.length + n) * index.economies.length + at(one.importer));
  const bought = (i) => {
    const [G, N, K] = [index.economies.length, index.industries.length, index.industries.length + 1];
    const [g, n, d] = [Math.floor(i / (N * G)), Math.floor(i / G) % N, i % G];
    const from = ((d * N + n) * G + g) * K;
    return sum([...world.uses.subarray(from, from + K)]);
  };
  // What customs counted of it, if they did.
  const counted = (i) => {
    const [G, N] = [index.economies.length, index.industries.length];
    return index.economies[i % G].code === index.collects ? index.counted[Math.floor(i / (N * G))][Math.floor(i / G) % N] : bought(i);
  };
  // Percent of what the importer buys of the products from some economies.
  const average = (one, codes, rates, weight) => {
    const cells = codes.flatMap((code) => products(one, code));
    const all = sum(cells.map(weight));
    return all === 0 ? 0 : (100 * sum(cells.map((i) => rates[i] * weight(i)))) / all;
  };
  // Those in force, and what a case adds to them; or each partner's at a level of its own: higher by as many points for all
  // products, or lower in proportion.
  const levels = (one, asked) => {
    const rates = world.T.slice();
    for (const [code, level] of Object.entries(asked)) {
      const before = average(one, [code], world.T, counted) / 100;
      for (const i of products(one, code)) rates[i] = level < before ? (world.T[i] * level) / before : world.T[i] + level - before;
    }
    return rates;
  };
  const duties = (one) => {
    if (one.rates) return levels(one, { ...one.before, ...one.rates });
    const [G, N, d] = [index.economies.length, index.industries.length, at(one.importer)];
    const rates = world.T.slice();
    for (const g of exporters(one).map(at)) {
      for (const n of sectors(one)) {
        rates[(g * N + n) * G + d] += one.rate / 100;
        if (one.retaliation) rates[(d * N + n) * G + g] += one.rate / 100;
      }
    }
    return rates;
  };

  // Percent by economy: of what the importer imports of the products, or uses where all economies pay, and of the value
  // added that its final demand takes from abroad, or from anywhere.
  const shares = (one, { flows, content }) => {
    const [G, N, d] = [index.economies.length, index.industries.length, at(one.importer)];
    const among = one.exporters === ALL ? () => true : (g) => g !== d;
    const percent = (amounts) => {
      const whole = sum([...amounts].filter((_, g) => among(g)));
      return Array.from(amounts, (amount, g) => (among(g) ? (100 * amount) / whole : null));
    };
    const amounts = index.economies.map((_, g) => sum(sectors(one).map((n) => flows[(g * N + n) * G + d])));
    return { trade: percent(amounts), content: percent(content(d)), used: 100 - (100 * amounts[d]) / sum(amounts) };
  };

  // What a study makes of a case: numbers by economy, in percent. The first case has them from the build.
  const before = new Map();
  const solved = (one, study) => {
    const theta = index.studies[study].elasticities;
    const rates = duties(one);
    const found = gvcTradeModel.solve(world, theta, rates);
    if (!found) return null;
    // Where nothing changes, all studies say the same.
    const given = Object.keys(one.before ?? {}).length > 0;
    const old = given ? levels(one, one.before) : world.T;
    const key = JSON.stringify([one.importer, one.exporters === ALL, one.industries, given ? [study, one.before] : null]);
    if (!before.has(key)) {
      const same = gvcTradeModel.solve(world, theta, old);
      if (!same) return null;
      before.set(key, { ...shares(one, same), wages: same.wages, realIncome: same.realIncome });
    }
    const was = before.get(key);
    const now = shares(one, found);
    const change = (part) => Array.from(found[part], (factor, g) => 100 * (factor / was[part][g] - 1));
    const partners = index.economies.map(({ code }) => code).filter((code) => code !== one.importer);
    return {
      duty: one.rates ? [old, rates].map((of) => average(one, partners, of, counted)) : average(one, exporters(one), world.T, bought),
      income: change("realIncome"),
      earned: change("wages"),
      trade: [was.trade, now.trade],
      content: [was.content, now.content],
      used: [was.used, now.used],
    };
  };

  // -- what is said -------------------------------------------------------------------------------------------------------

  const sign = (text) => text.replace("-", "\u2212");
  const fixed = (number, digits) => sign(number.toFixed(digits)).replace(/^\u2212([0.]+)$/, "$1");
  const share = (number) => fixed(number, 1);
  const LEAST = 0.005;
  const change = (number) => `${number >= LEAST ? "+" : ""}${fixed(number, 2)}`;
  const points = (number) => `${number >= 0.05 ? "+" : ""}${fixed(number, 1)}`;
  const upper = (text) => text[0].toUpperCase() + text.slice(1);
  const lower = (text) => text[0].toLowerCase() + text.slice(1);
  const within = (code) => index.economies[at(code)].within;

  const whom = (one) => {
    const codes = exporters(one);
    if (one.exporters === ALL) return say("all other economies");
    if (codes.length === 1) return within(codes[0]);
    return codes.length === 2 ? say("{0} and {1}", ...codes.map(within)) : say("{0} economies", codes.length);
  };
  const what = (one) => {
    if (one.industries === GOODS) return say("goods");
    if (one.industries === ALL) return say("goods and services");
    const chosen = sectors(one);
    return chosen.length === 1 ? say("“{0}”", lower(index.industries[chosen[0]].name)) : say("products of {0} industries", chosen.length);
  };
  // The exporters as one: shares add up, and real income is weighed by what each spends.
  const main = (one, answer) => {
    const members = exporters(one).map(at);
    const together = ([old, now]) => [old, now].map((of) => sum(members.map((g) => of[g])));
    const spent = members.map((g) => index.economies[g].spent);
    return {
      trade: together(answer.trade),
      content: together(answer.content),
      exporter: sum(members.map((g, i) => answer.income[g] * spent[i])) / sum(spent),
      importer: answer.income[at(one.importer)],
    };
  };
  // Who gains most, and who loses most, if anyone does by what is shown.
  const gainer = ({ income }) => {
    const most = Math.max(...income);
    return most < LEAST ? undefined : index.economies[income.indexOf(most)];
  };
  const loser = ({ income }) => {
    const least = Math.min(...income);
    return least > -LEAST ? undefined : index.economies[income.indexOf(least)];
  };

  const moved = (of, place, [old, now]) => {
    if (share(old) === share(now)) return say("{0} in {1} stays at {2} per cent", of, place, share(old));
    return now < old
      ? say("{0} in {1} falls from {2} to {3} per cent", of, place, share(old), share(now))
      : say("{0} in {1} rises from {2} to {3} per cent", of, place, share(old), share(now));
  };
  const gains = (answer) => {
    const best = gainer(answer);
    return best
      ? say("{0} gains most: its real income changes by {1} per cent.", upper(best.within), change(Math.max(...answer.income)))
      : say("No economy gains as much as 0.01 per cent of its real income.");
  };
  // Whose share in the imports falls most, and whose rises most, by what is shown.
  const moving = ({ trade: [old, now] }) => {
    const by = now.map((percent, g) => (percent === null ? 0 : percent - old[g]));
    return [Math.min, Math.max].map((end) => by.indexOf(end(...by))).filter((g) => share(old[g] ?? 0) !== share(now[g] ?? 0));
  };
  const ofPartners = (one, answer) => {
    const buyer = within(one.importer);
    const [place, use] = [say("the {0} that {1} imports", what(one), buyer), say("the {0} that {1} uses", what(one), buyer)];
    const worst = loser(answer);
    const told = [
      ...moving(answer).map((g) => moved(say("the share of {0}", index.economies[g].within), place, answer.trade.map((of) => of[g]))),
      moved(say("the share of imports"), use, answer.used),
    ];
    return [
      say("On average {0} pay {1} per cent of duty before and {2} per cent after.", place, ...answer.duty.map(share)),
      ...told.map((one) => say("{0}.", upper(one))),
      say("Real income changes by {0} per cent in {1}.", change(answer.income[at(one.importer)]), buyer),
      gains(answer),
      ...(worst ? [say("{0} loses most: its real income changes by {1} per cent.", upper(worst.within), change(Math.min(...answer.income)))] : []),
      ...(one.importer === index.collects ? [] : [say("The model leaves out the duties that {0} charged before.", buyer)]),
    ];
  };
  const sentences = (one, answer) => {
    if (one.rates) return ofPartners(one, answer);
    const found = main(one, answer);
    const buyer = within(one.importer);
    const seller = whom(one);
    const all = one.exporters === ALL;
    const more = one.rate === 1 ? say("one more point") : say("{0} more points", one.rate);
    const duty = one.retaliation
      ? say("With {0} of duty in {1} on {2} from {3}, and as much in return", more, buyer, what(one), seller)
      : say("With {0} of duty in {1} on {2} from {3}", more, buyer, what(one), seller);
    const trade = all
      ? moved(say("the share of imports"), say("the {0} that {1} uses", what(one), buyer), found.trade)
      : moved(say("the share of {0}", seller), say("the {0} that {1} imports", what(one), buyer), found.trade);
    const content = all
      ? moved(say("the share of foreign value added"), say("what {0} finally uses", buyer), found.content)
      : moved(say("the share of {0}", seller), say("the foreign value added that {0} finally uses", buyer), found.content);
    const group = exporters(one).length > 1 ? say("the exporters together") : seller;
    return [
      say("{0}, {1}.", duty, trade),
      say("{0}.", upper(content)),
      say("Real income changes by {0} per cent in {1} and by {2} per cent in {3}.", change(found.exporter), group, change(found.importer), buyer),
      gains(answer),
      one.importer === index.collects
        ? say("At the rates that {0} collected by industry in 2022, these imports already bear {1} per cent of duty.", buyer, share(answer.duty))
        : say("The model leaves out the duties that {0} charged before.", buyer),
    ];
  };
  // From the lowest to the highest of all studies.
  const span = (numbers) => [Math.min(...numbers), Math.max(...numbers)];
  const ranges = (one, answer, answers) => {
    if (one.rates) return rangesOfPartners(one, answer, answers);
    const every = answers.map((other) => main(one, other));
    const best = gainer(answer);
    const sellers = exporters(one);
    const third = best && best.code !== one.importer && !(sellers.length === 1 && sellers[0] === best.code);
    const two = [
      ...span(every.map(({ exporter }) => exporter)).map(change),
      sellers.length > 1 ? say("the exporters together") : whom(one),
      ...span(every.map(({ importer }) => importer)).map(change),
      within(one.importer),
    ];
    return [
      say(
        "Over {0} studies the first share ends between {1} and {2} per cent, and the second between {3} and {4} per cent.",
        answers.length,
        ...span(every.map(({ trade }) => trade[1])).map(share),
        ...span(every.map(({ content }) => content[1])).map(share),
      ),
      third
        ? say(
            "Real income changes by {0} to {1} per cent in {2}, by {3} to {4} per cent in {5} and by {6} to {7} per cent in {8}.",
            ...two,
            ...span(answers.map(({ income }) => income[at(best.code)])).map(change),
            best.within,
          )
        : say("Real income changes by {0} to {1} per cent in {2} and by {3} to {4} per cent in {5}.", ...two),
    ];
  };

  const rangesOfPartners = (one, answer, answers) => {
    const ends = (of) => span(answers.map(of)).map(share);
    const shares = moving(answer).map((g) =>
      say("Over {0} studies the share of {1} ends between {2} and {3} per cent.", answers.length, index.economies[g].within, ...ends(({ trade }) => trade[1][g])),
    );
    const codes = new Set([one.importer, ...[loser(answer), gainer(answer)].flatMap((found) => (found ? [found.code] : []))]);
    const incomes = [...codes].map((code) =>
      say("Real income changes by {0} to {1} per cent in {2}.", ...span(answers.map(({ income }) => income[at(code)])).map(change), within(code)),
    );
    return [...shares, ...incomes];
  };

  // -- the table of economies ---------------------------------------------------------------------------------------------

  const COLUMNS = {
    income: { head: () => say("Real income, percent"), shown: change, of: ({ income }) => income },
    earned: { head: () => say("Factor income, percent"), shown: change, of: ({ earned }) => earned },
    trade: {
      head: (one) =>
        one.exporters === ALL
          ? say("Share in what {0} uses, points", within(one.importer))
          : say("Share in what {0} imports, points", within(one.importer)),
      shown: points,
      of: ({ trade: [old, now] }) => now.map((percent, g) => (percent === null ? null : percent - old[g])),
    },
  };

  // To the left of the middle what falls, to the right what rises; a thin line from the lowest study to the highest.
  const bar = (value, [low, high], widest) => {
    const x = (number) => 50 + (48 * number) / widest;
    const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
    return drawn(
      "svg",
      { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", class: value < 0 ? "gvc-what-if-falls" : "gvc-what-if-rises" },
      drawn("rect", { x: from, y: 1, width: to - from, height: 8 }),
      drawn("path", { d: "M50 0V10", class: "gvc-what-if-zero" }),
      ...(low < high ? [drawn("path", { d: `M${x(low)} 5H${x(high)}` })] : []),
    );
  };

  const table = (one, answer, answers) => {
    const columns = Object.values(COLUMNS).map(({ head, shown, of }) => {
      const values = of(answer);
      const spans = values.map((_, g) => span(answers.map((other) => of(other)[g])));
      const known = spans.flat().filter((number) => number !== null);
      return { head: head(one), shown, values, spans, widest: Math.max(...known.map(Math.abs)) || 1 };
    });
    const sellers = exporters(one);
    const parties = [one.importer, ...(sellers.length < index.economies.length - 1 ? sellers : [])];
    const order = index.economies.map((_, g) => g).sort((one, other) => answer.income[other] - answer.income[one]);
    const cell = ({ shown, values, spans, widest }, g) => {
      if (values[g] === null) return element("td");
      const reach = say(" ({0} to {1})", ...spans[g].map(shown));
      const all = answers.length > 1 ? [element("span", { className: "visually-hidden", textContent: reach })] : [];
      return element("td", {}, element("div", {}, element("span", { textContent: shown(values[g]) }), ...all, bar(values[g], spans[g], widest)));
    };
    return element(
      "table",
      { className: "exhibit-grid" },
      element("thead", {}, element("tr", {}, ...[say("Economy"), ...columns.map(({ head }) => head)].map((label) => element("th", { scope: "col", textContent: label })))),
      element(
        "tbody",
        {},
        ...order.map((g) => {
          const { code, name } = index.economies[g];
          const head = element("th", { scope: "row" }, element(parties.includes(code) ? "strong" : "span", { textContent: name }));
          return element("tr", {}, head, ...columns.map((column) => cell(column, g)));
        }),
      ),
    );
  };

  // The same to take away, with what shares were and are.
  const csv = (one, answer, answers) => {
    const columns = { real_income: COLUMNS.income.of, factor_income: COLUMNS.earned.of, share_before: ({ trade }) => trade[0], share_after: ({ trade }) => trade[1] };
    const spread = Object.values(columns).flatMap((of) => [of(answer), ...[Math.min, Math.max].map((end) => of(answer).map((_, g) => end(...answers.map((other) => of(other)[g]))))]);
    const unit = say("percent; lowest and highest of {0} studies", answers.length);
    return [
      `# ${written(one)}`,
      `# ${unit}`,
      ["economy", ...Object.keys(columns).flatMap((name) => [name, `${name}_lowest`, `${name}_highest`])].join(","),
      ...index.economies.map(({ code }, g) => [code, ...spread.map((of) => (answer.trade[0][g] === null && of[g] === null ? "" : of[g]))].join(",")),
      "",
    ].join("\n");
  };

  // -- the form -----------------------------------------------------------------------------------------------------------

  // One of a case's lists, as it stands in the address.
  const listed = (codes, known) => (codes === ALL || codes === GOODS ? codes : known.filter((code) => codes.includes(code)));
  const paired = (rates) =>
    Object.entries(rates)
      .map((pair) => pair.join(":"))
      .join(",");
  const written = ({ importer, exporters, industries, rate, retaliation, rates, before, study }) => {
    const made = [industries].flat().join(",");
    if (rates) return new URLSearchParams({ importer, rates: paired(rates), ...(Object.keys(before).length ? { before: paired(before) } : {}), industries: made, study });
    return new URLSearchParams({ importer, exporters: [exporters].flat().join(","), industries: made, rate, retaliation: retaliation ? "yes" : "no", study });
  };

  // The case that an address asks for, and what in it is wrong. A part that it does not name is that of the first case.
  const PARTS = { one: ["importer", "exporters", "industries", "rate", "retaliation", "study"], own: ["importer", "rates", "before", "industries", "study"] };
  const isRate = (rate) => rate >= 0 && rate <= MOST / 100 && Math.abs(1000 * rate - Math.round(1000 * rate)) < 1e-6;
  const asked = (told) => {
    const first = index.first;
    const economies = index.economies.map(({ code }) => code);
    const made = index.industries.map(({ code }) => code);
    const names = [...told.keys()];
    const own = names.includes("rates") || names.includes("before");
    const wrong = names.filter((name, i) => !PARTS[own ? "own" : "one"].includes(name) || names.indexOf(name) !== i).map((name) => `${name}=${told.get(name)}`);
    const part = (name, otherwise, isSound) => {
      const text = told.get(name);
      if (text === null) return otherwise;
      if (!isSound(text)) wrong.push(`${name}=${text}`);
      return text;
    };
    const list = (name, whole, isSound) => {
      const text = told.get(name);
      if (text === null) return first[name];
      if (whole.includes(text)) return text;
      wrong.push(...text.split(",").filter((code, i, all) => !isSound(code) || all.indexOf(code) !== i).map((code) => `${name}=${code}`));
      return text.split(",");
    };
    const importer = part("importer", first.importer, (code) => economies.includes(code));
    const isPartner = (code) => economies.includes(code) && code !== importer;
    const pairs = (name) => {
      const found = {};
      for (const pair of told.get(name)?.split(",") ?? []) {
        const [, code, rate] = /^(\w+):(\d+(?:\.\d+)?)$/.exec(pair) ?? [];
        if (isPartner(code) && !(code in found) && isRate(Number(rate))) found[code] = Number(rate);
        else wrong.push(`${name}=${pair}`);
      }
      return found;
    };
    const shared = {
      importer,
      industries: listed(list("industries", [ALL, GOODS], (code) => made.includes(code)), made),
      study: part("study", first.study, (key) => Object.hasOwn(index.studies, key)),
    };
    const one = own
      ? { ...shared, rates: pairs("rates"), before: pairs("before") }
      : {
          ...shared,
          exporters: listed(list("exporters", [ALL], isPartner), economies),
          rate: Number(part("rate", first.rate, (text) => /^(0|[1-9]\d*)$/.test(text) && Number(text) <= MOST)),
          retaliation: part("retaliation", "no", (text) => ["yes", "no"].includes(text)) === "yes",
        };
    return { one, wrong };
  };
  // What an address says of a case, behind the hash or, from elsewhere, the question mark.
  const told = () => {
    if (location.hash.includes("=")) return new URLSearchParams(location.hash.slice(1));
    const found = new URLSearchParams(location.search);
    return Object.values(PARTS).flat().some((name) => found.has(name)) ? found : null;
  };

  const boxes = (name, title, all, groups) => {
    const summary = element("summary");
    const list = element("div", { className: "gvc-what-if-boxes" });
    const fields = new Map(
      all.map(({ code, name: label }) => {
        const box = element("input", { type: "checkbox", name, value: code });
        list.append(element("label", {}, box, label));
        return [code, box];
      }),
    );
    const set = (codes) => fields.forEach((box, code) => Object.assign(box, { checked: codes.includes(code) && !box.disabled }));
    const buttons = groups.map(([label, codes]) => {
      const button = element("button", { type: "button", className: "gvc-copy", textContent: label });
      button.addEventListener("click", () => {
        set(codes);
        button.dispatchEvent(new Event("change", { bubbles: true }));
      });
      return button;
    });
    const group = element("fieldset", {}, element("legend", { className: "visually-hidden", textContent: title }), element("div", { className: "gvc-what-if-buttons" }, ...buttons), list);
    const whole = element("details", { className: "gvc-what-if-choice" }, summary, group);
    const chosen = () => [...fields].filter(([, box]) => box.checked).map(([code]) => code);
    return { whole, summary, fields, set, chosen };
  };

  // A field for each partner's duty, in per cent, before and after.
  const own = () => {
    const summary = element("summary");
    const head = [say("Partner"), say("Before"), say("After")].map((textContent) => element("span", { textContent }));
    const list = element("div", { className: "gvc-what-if-partners" }, element("div", {}, ...head));
    const fields = new Map();
    for (const { code, name } of index.economies) {
      const pair = ["before", "rates"].map((when) => element("input", { type: "number", name: `${when}-${code}`, min: 0, max: MOST, step: 0.1 }));
      [say("{0}, before", name), say("{0}, after", name)].forEach((label, i) => pair[i].setAttribute("aria-label", label));
      const row = element("div", {}, element("span", { textContent: name }), ...pair);
      list.append(row);
      fields.set(code, { row, pair });
    }
    const hint = element("p", {
      className: "exhibit-source",
      textContent: say("Per cent of what is imported. An empty field keeps the duty of 2022, or the one before. Above it, all products pay as many points more; below it, each pays less in proportion."),
    });
    const whole = element("details", { className: "gvc-what-if-choice" }, summary, list, hint);
    const fill = ({ importer, rates = {}, before: old = {} }) => {
      for (const [code, { row, pair }] of fields) {
        row.hidden = code === importer;
        pair.forEach((field, i) => {
          const rate = [old, rates][i][code];
          field.value = rate === undefined ? "" : String(Number((100 * rate).toFixed(1)));
        });
      }
    };
    const read = (importer) => {
      const found = { before: {}, rates: {} };
      for (const [code, { row, pair }] of fields) {
        row.hidden = code === importer;
        pair.forEach((field, i) => {
          if (row.hidden || (field.value === "" && field.validity.valid)) return;
          found[["before", "rates"][i]][code] = field.validity.valid ? Number((field.valueAsNumber / 100).toFixed(3)) : NaN;
        });
      }
      return found;
    };
    return { whole, summary, fill, read };
  };

  const start = (place) => {
    const first = index.first;
    const codes = index.economies.map(({ code }) => code);
    const goods = index.industries.filter(({ good }) => good).map(({ code }) => code);
    const industryCodes = index.industries.map(({ code }) => code);
    const options = (known) => known.map(([value, textContent]) => element("option", { value, textContent }));
    const labelled = (label, part) => {
      const field = part.name ? part : part.firstChild;
      field.id = `gvc-what-if-${field.name}`;
      return element("div", {}, element("label", { htmlFor: field.id, textContent: label }), part);
    };
    const importer = element("select", { name: "importer" }, ...options(index.economies.map(({ code, name }) => [code, name])));
    const rate = element("input", { name: "rate", type: "number", min: 0, max: MOST, step: 1, required: true });
    const slider = element("input", { type: "range", min: 0, max: MOST, step: 1, aria: { label: say("Duty, points") } });
    const study = element("select", { name: "study" }, ...options(Object.entries(index.studies).map(([key, { name }]) => [key, name])));
    const retaliation = element("input", { name: "retaliation", type: "checkbox" });
    const kind = element(
      "select",
      { name: "duties" },
      ...options([
        ["one", say("One duty, added")],
        ["own", say("A duty for each partner")],
        ["in_force", say("The duties in force in {0}", index.cases.in_force.after)],
        ["ruling", say("The ruling on duties, {0} to {1}", index.cases.ruling.since, index.cases.ruling.after)],
      ]),
    );
    const partners = own();
    const from = boxes("exporters", say("Exporters"), index.economies, [[say("All others"), codes], [say("None"), []]]);
    const of = boxes("industries", say("Industries"), index.industries, [[say("All goods"), goods], [say("Goods and services"), industryCodes], [say("None"), []]]);
    const copy = window.gvcBook.copying(() => `${location.href.split(/[?#]/)[0]}#${written(read())}`, say("Copy link"));
    const reset = element("button", { type: "button", className: "gvc-copy", textContent: say("First case") });
    // What a case with a duty for each partner does without.
    const simple = [
      labelled(say("Duty, points"), element("div", {}, rate, slider)),
      element("label", { className: "gvc-what-if-check" }, retaliation, say("The exporters charge as much in return")),
    ];
    const form = element(
      "form",
      { className: "gvc-what-if-form", aria: { label: say("Duties") } },
      labelled(say("Importer"), importer),
      labelled(say("Duties"), kind),
      from.whole,
      partners.whole,
      of.whole,
      ...simple,
      labelled(say("Elasticities of trade"), study),
      element("div", { className: "gvc-what-if-buttons" }, copy, reset),
    );
    const said = place.querySelector(".gvc-what-if-said");
    const wide = place.querySelector(".gvc-what-if-table");
    const spread = element("ul", { className: "gvc-what-if-said gvc-what-if-ranges" });
    said.after(spread);
    const note = element("p", { className: "exhibit-source", textContent: say("Bars show the chosen study, and thin lines run from the lowest study to the highest.") });
    const download = element("a", { textContent: "CSV", download: "what-if.csv" });
    const downloads = element("span", { className: "exhibit-downloads" }, say("Download: {0}", ""), download);
    wide.after(note);
    place.querySelector(".exhibit-source:last-of-type").append(" ", downloads);
    place.prepend(form);

    const fill = (one) => {
      importer.value = one.importer;
      for (const [code, box] of from.fields) box.disabled = code === one.importer;
      if (!one.rates) from.set(one.exporters === ALL ? codes : one.exporters);
      of.set(one.industries === ALL ? industryCodes : one.industries === GOODS ? goods : one.industries);
      study.value = one.study;
      if (!one.rates) [rate.value, slider.value, retaliation.checked] = [one.rate, one.rate, one.retaliation];
      kind.value = one.rates ? (Object.keys(index.cases).find((key) => sameRates(index.cases[key], one)) ?? "own") : "one";
      partners.fill(one);
      summarize(one);
    };
    const sameRates = (named, one) => one.importer === index.collects && one.industries === GOODS && one.industries === GOODS && paired(named.rates) === paired(one.rates) && paired(named.before) === paired(one.before);
    // Babel finds no message within another's values.
    const nobody = say("none");
    const others = say("all others");
    const whole = { [ALL]: say("Goods and services"), [GOODS]: say("All goods") };
    const enumerated = (named) => (named.length ? named.reduce((list, other) => say("{0}; {1}", list, other)) : nobody);
    const summarize = (one) => {
      for (const part of [from.whole, ...simple]) part.hidden = Boolean(one.rates);
      partners.whole.hidden = !one.rates;
      const sellers = exporters(one).map((code) => index.economies[at(code)].name);
      const made = sectors(one).map((n) => index.industries[n].name);
      from.summary.textContent = say("Exporters: {0}", one.exporters === ALL ? others : enumerated(sellers));
      partners.summary.textContent = say("Duties by partner: {0}", sellers.length === codes.length - 1 ? others : enumerated(sellers));
      of.summary.textContent = say("Industries: {0}", whole[one.industries] ?? enumerated(made));
    };
    const read = () => {
      for (const [code, box] of from.fields) {
        box.disabled = code === importer.value;
        if (box.disabled) box.checked = false;
      }
      const chosen = from.chosen();
      const made = of.chosen();
      const same = (one, other) => one.length === other.length && one.every((code) => other.includes(code));
      const shared = { importer: importer.value, industries: same(made, industryCodes) ? ALL : same(made, goods) ? GOODS : made, study: study.value };
      if (kind.value !== "one") return { ...shared, ...partners.read(importer.value) };
      return { ...shared, exporters: chosen.length === codes.length - 1 ? ALL : chosen, rate: rate.valueAsNumber, retaliation: retaliation.checked };
    };
    const list = (to, texts) => to.replaceChildren(...texts.map((textContent) => element("li", { textContent })));
    const instead = (text) => {
      list(said, [text]);
      spread.replaceChildren();
      wide.replaceChildren();
      place.ariaBusy = "false";
      downloads.hidden = true;
      place.dataset.shown = text;
    };
    const pause = () => new Promise((done) => setTimeout(done));
    const isFirst = (one) => written({ ...one, study: "" }).toString() === written({ ...first, study: "" }).toString();

    let turn = 0;
    const show = async (one) => {
      turn += 1;
      const mine = turn;
      summarize(one);
      if (one.rates) {
        if (!exporters(one).length || !sectors(one).length) return instead(say("Give a partner a duty, and choose an industry."));
        if (![one.rates, one.before].every((rates) => Object.values(rates).every(isRate))) return instead(say("Give duties in per cent from {0} to {1}, in tenths.", 0, MOST));
      } else if (!exporters(one).length || !sectors(one).length) return instead(say("Choose an exporter and an industry."));
      else if (!Number.isInteger(one.rate) || one.rate < 0 || one.rate > MOST) return instead(say("Give the duty in whole points from {0} to {1}.", 0, MOST));
      place.ariaBusy = "true";
      const keys = Object.keys(index.studies);
      const known = isFirst(one) ? index.answers : {};
      const answers = {};
      for (const study of [one.study, ...keys.filter((key) => key !== one.study)]) {
        if (!known[study]) {
          try {
            await load();
          } catch {
            arrived = undefined;
            return instead(say("The table of the model did not come. Try again."));
          }
          await pause(); // the page shows what has come so far
          if (mine !== turn) return;
        }
        answers[study] = known[study] ?? solved(one, study);
        if (study === one.study) {
          place.ariaBusy = "false";
          if (!answers[study]) return instead(say("The model finds no equilibrium for this case. Try a smaller duty."));
          list(said, sentences(one, answers[study]));
          if (!isFirst(one)) {
            spread.replaceChildren();
            wide.replaceChildren(table(one, answers[study], [answers[study]]));
          }
        }
      }
      const every = Object.values(answers).filter(Boolean);
      list(spread, ranges(one, answers[one.study], every));
      wide.replaceChildren(table(one, answers[one.study], every));
      URL.revokeObjectURL(download.href);
      download.href = URL.createObjectURL(new Blob([csv(one, answers[one.study], every)], { type: "text/csv" }));
      downloads.hidden = false;
      place.dataset.shown = written(one);
    };
    const answer = () => {
      const one = read();
      delete place.dataset.shown;
      history.replaceState(null, "", `${location.pathname}#${written(one)}`);
      show(one);
    };
    const restore = () => {
      const { one, wrong } = asked(told());
      fill(wrong.length ? first : one);
      if (!wrong.length) return show(one);
      turn += 1; // what is still being solved is no answer to it
      instead(gvcAsked.sentence(wrong));
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (event.target === slider) rate.value = slider.value;
      if (event.target === rate) slider.value = rate.value;
    });
    form.addEventListener("change", (event) => {
      const named = index.cases[kind.value];
      if (event.target === kind && named) {
        importer.value = index.collects;
        of.set(goods);
        partners.fill({ importer: importer.value, ...named });
      } else if (named && event.target !== study) kind.value = "own";
      answer();
    });
    // What stood there when the page came is not read out.
    const wake = () => {
      for (const one of [said, spread]) one.setAttribute("aria-live", "polite");
      load().catch(() => {
        arrived = undefined;
      });
    };
    for (const touched of ["focusin", "pointerdown"]) form.addEventListener(touched, wake, { once: true });
    reset.addEventListener("click", () => {
      fill(first);
      answer();
    });
    addEventListener("hashchange", () => {
      if (told()) restore();
    });
    if (told()) {
      restore();
      place.scrollIntoView();
    } else {
      fill(first);
      show(first);
    }
  };

  return {
    begin: () => {
      const place = document.getElementById("gvc-what-if");
      index = JSON.parse(place.querySelector("script").textContent);
      start(place);
    },
    take: (given) => {
      world = gvcTradeModel.world({ economies: index.economies.length, sectors: index.industries.length, ...given });
    },
  };
})();

gvcWhatIf.begin();
