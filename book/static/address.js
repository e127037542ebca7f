"use strict";

// What an address asks for, held to the schema that the build writes (`book/pages/addresses.py` has its rules): what does not
// fit is told, and whoever reads the address shows nothing else.

const gvcAsked = (() => {
  // A word that every object has, such as "constructor", is a word like any other: rules and values are held in maps.
  const told = (schema, address) => {
    const rules = new Map(Object.entries(schema));
    const said = new URLSearchParams(address.replace(/^#/, ""));
    const [found, wrong] = [new Map(), []];
    const written = (name, text) => `${name}=${text}`.slice(0, 60).trim();
    const distinct = (words) => new Set(words).size === words.length;
    const fits = ({ one, list, words, pair, whole }, text) => {
      if (one) return one.includes(text);
      if (whole) return /^(0|[1-9]\d{0,5})$/.test(text) && Number(text) >= whole[0] && Number(text) <= whole[1];
      const parts = text.split(pair ? "." : ",");
      if (pair) return parts.length === 2 && parts.every((code) => pair.includes(code));
      return words.includes(text) || (distinct(parts) && parts.every((code) => list.includes(code)));
    };
    for (const name of new Set(said.keys())) {
      const rule = rules.get(name);
      const texts = said.getAll(name);
      const bad = rule ? texts.find((text) => !fits(rule, text)) : texts[0];
      const most = rule?.many ?? 1;
      if (bad != null) wrong.push(rule?.whole ? say("{0} (whole numbers from {1} to {2})", written(name, bad), ...rule.whole) : written(name, bad));
      else if (texts.length > most) wrong.push(say("{0} ({1} at most)", written(name, texts.at(-1)), most));
      else found.set(name, rule.many ? texts : rule.whole ? Number(texts[0]) : rule.list && !rule.words.includes(texts[0]) ? texts[0].split(",") : texts[0]);
    }
    for (const [name, { needed }] of rules) if (needed && !said.has(name)) wrong.push(say("no {0}", `${name}=`));
    return { found, wrong };
  };

  const SHOWN = 4;
  const sentence = (wrong) => {
    const few = wrong.length > SHOWN ? [...wrong.slice(0, SHOWN), "…"] : wrong;
    return say("Nothing is shown, since the address asks for what there is not: {0}.", few.reduce((all, other) => say("{0}, {1}", all, other)));
  };

  // The name of a place in the page is no question.
  const isAnchor = (address) => !address.includes("=") && document.getElementById(address.replace(/^#/, "")) != null;

  return { told, sentence, isAnchor };
})();
