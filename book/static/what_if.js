"use strict";

// The calculator of duties: a form, sentences and a table of economies. The page has the answer to the first case; the
// table of the model comes when a reader asks for another, and `trade_model.js` solves it. The page's address holds the case.

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
  const exporters = ({ importer, exporters: chosen }) =>
    index.economies.map(({ code }) => code).filter((code) => code !== importer && (chosen === ALL || chosen.includes(code)));
  const sectors = ({ industries: chosen }) =>
    index.industries.flatMap(({ code, good }, n) => (chosen === ALL || (chosen === GOODS ? good : chosen.includes(code)) ? [n] : []));

  // Those in force, and what a case adds to them.
  const duties = (one) => {
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
  // Percent of what the importer imports of the products from the exporters.
  const collected = (one, flows) => {
    const [G, N, d] = [index.economies.length, index.industries.length, at(one.importer)];
    const bought = exporters(one).flatMap((code) => sectors(one).map((n) => (at(code) * N + n) * G + d));
    return (100 * sum(bought.map((i) => world.T[i] * flows[i]))) / sum(bought.map((i) => flows[i]));
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
    const bought = index.economies.map((_, g) => sum(sectors(one).map((n) => flows[(g * N + n) * G + d])));
    return { trade: percent(bought), content: percent(content(d)) };
  };

  // What a study makes of a case: numbers by economy, in percent. The first case has them from the build.
  const before = new Map();
  const solved = (one, study) => {
    const theta = index.studies[study].elasticities;
    const found = gvcTradeModel.solve(world, theta, duties(one));
    if (!found) return null;
    const key = JSON.stringify([one.importer, one.exporters === ALL, one.industries]);
    if (!before.has(key)) {
      const same = gvcTradeModel.solve(world, theta, world.T);
      before.set(key, { ...shares(one, same), flows: same.flows });
    }
    const old = before.get(key);
    const now = shares(one, found);
    return {
      duty: collected(one, old.flows),
      income: Array.from(found.realIncome, (factor) => 100 * (factor - 1)),
      earned: Array.from(found.wages, (factor) => 100 * (factor - 1)),
      trade: [old.trade, now.trade],
      content: [old.content, now.content],
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
  // Who gains most, if anyone does by what is shown.
  const gainer = ({ income }) => {
    const most = Math.max(...income);
    return most < LEAST ? undefined : index.economies[income.indexOf(most)];
  };

  const moved = (of, place, [old, now]) => {
    if (share(old) === share(now)) return say("{0} in {1} stays at {2} per cent", of, place, share(old));
    return now < old
      ? say("{0} in {1} falls from {2} to {3} per cent", of, place, share(old), share(now))
      : say("{0} in {1} rises from {2} to {3} per cent", of, place, share(old), share(now));
  };
  const sentences = (one, answer) => {
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
    const best = gainer(answer);
    const gains = best
      ? say("{0} gains most: its real income changes by {1} per cent.", upper(best.within), change(Math.max(...answer.income)))
      : say("No economy gains as much as 0.01 per cent of its real income.");
    const group = exporters(one).length > 1 ? say("the exporters together") : seller;
    return [
      say("{0}, {1}.", duty, trade),
      say("{0}.", upper(content)),
      say("Real income changes by {0} per cent in {1} and by {2} per cent in {3}.", change(found.exporter), group, change(found.importer), buyer),
      gains,
      one.importer === index.collects
        ? say("At the rates that {0} collected by industry in 2022, these imports already bear {1} per cent of duty.", buyer, share(answer.duty))
        : say("The model leaves out the duties that {0} charged before.", buyer),
    ];
  };
  // From the lowest to the highest of all studies.
  const span = (numbers) => [Math.min(...numbers), Math.max(...numbers)];
  const ranges = (one, answer, answers) => {
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
    const parties = [one.importer, ...(one.exporters === ALL ? [] : exporters(one))];
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
  const written = (one) =>
    new URLSearchParams({ ...one, exporters: [one.exporters].flat().join(","), industries: [one.industries].flat().join(","), retaliation: one.retaliation ? "yes" : "no" });

  // The case that an address asks for, whole or not at all, and what of the address does not fit.
  const asked = (address) => {
    const { one, wrong } = gvcAsked.case(index.address, address);
    if (wrong.length) return { wrong };
    const codes = (all) => all.map(({ code }) => code);
    return { one: { ...one, exporters: listed(one.exporters, codes(index.economies)), industries: listed(one.industries, codes(index.industries)) }, wrong };
  };
  const isCase = () => location.hash.includes("=");

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
    const from = boxes("exporters", say("Exporters"), index.economies, [[say("All others"), codes], [say("None"), []]]);
    const of = boxes("industries", say("Industries"), index.industries, [[say("All goods"), goods], [say("Goods and services"), industryCodes], [say("None"), []]]);
    const copy = element("button", { type: "button", className: "gvc-copy", textContent: say("Copy link") });
    const reset = element("button", { type: "button", className: "gvc-copy", textContent: say("First case") });
    const form = element(
      "form",
      { className: "gvc-what-if-form", aria: { label: say("Duties") } },
      labelled(say("Importer"), importer),
      from.whole,
      of.whole,
      labelled(say("Duty, points"), element("div", {}, rate, slider)),
      element("label", { className: "gvc-what-if-check" }, retaliation, say("The exporters charge as much in return")),
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
      from.set(one.exporters === ALL ? codes : one.exporters);
      of.set(one.industries === ALL ? industryCodes : one.industries === GOODS ? goods : one.industries);
      [rate.value, slider.value, study.value, retaliation.checked] = [one.rate, one.rate, one.study, one.retaliation];
      summarize(one);
    };
    // Babel finds no message within another's values.
    const nobody = say("none");
    const others = say("all others");
    const whole = { [ALL]: say("Goods and services"), [GOODS]: say("All goods") };
    const enumerated = (named) => (named.length ? named.reduce((list, other) => say("{0}; {1}", list, other)) : nobody);
    const summarize = (one) => {
      const sellers = exporters(one).map((code) => index.economies[at(code)].name);
      const made = sectors(one).map((n) => index.industries[n].name);
      from.summary.textContent = say("Exporters: {0}", one.exporters === ALL ? others : enumerated(sellers));
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
      return {
        importer: importer.value,
        exporters: chosen.length === codes.length - 1 ? ALL : chosen,
        industries: same(made, industryCodes) ? ALL : same(made, goods) ? GOODS : made,
        rate: rate.valueAsNumber,
        retaliation: retaliation.checked,
        study: study.value,
      };
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
      if (!exporters(one).length || !sectors(one).length) return instead(say("Choose an exporter and an industry."));
      if (!Number.isInteger(one.rate) || one.rate < 0 || one.rate > MOST) return instead(say("Give the duty in whole points from {0} to {1}.", 0, MOST));
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
      history.replaceState(null, "", `#${written(one)}`);
      show(one);
    };
    const restore = () => {
      const { one, wrong } = asked(location.hash);
      fill(one ?? first);
      if (one) return show(one);
      turn += 1; // what is still being solved is no answer to it
      instead(gvcAsked.sentence(wrong));
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (event.target === slider) rate.value = slider.value;
      if (event.target === rate) slider.value = rate.value;
    });
    form.addEventListener("change", answer);
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
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(`${location.href.split("#")[0]}#${written(read())}`);
      copy.textContent = say("Copied");
      setTimeout(() => Object.assign(copy, { textContent: say("Copy link") }), 1500);
    });
    addEventListener("hashchange", () => {
      if (isCase()) restore();
    });
    if (isCase()) {
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
