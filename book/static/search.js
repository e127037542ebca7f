"use strict";

{
  // The field that each page has finds sections while one types. Opened from a folder, where browsers load no index, it
  // leads to the page of results that Sphinx makes.
  const root = new URL(`${document.currentScript.dataset.site}/`, document.currentScript.src);
  const SHOWN = 8;
  const MOST = 60; // at once: each is a file of its own
  const CHINESE = /[\u4e00-\u9fff]/;
  const ours = document.documentElement.lang.startsWith("zh") ? "zh/" : "";

  let index;
  const library = () =>
    (index ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
      await pagefind.options({ baseUrl: root.pathname, excerptLength: 18 });
      return pagefind;
    }));

  // What has Chinese words has an index of its own, in which they are sought as they stand.
  let parts;
  const chinese = () =>
    (parts ??= fetch(new URL("chinese.json", root)).then((found) => found.json()));

  const spelt = (words) =>
    Object.entries(window.gvcBook?.spellings ?? {}).reduce(
      (said, [other, ours]) => said.replace(new RegExp(CHINESE.test(other) ? other : `(?<!\\p{L})${other}(?!\\p{L})`, "giu"), ours),
      words,
    );

  // Where the index has no such word, it takes one that begins alike: by one letter if need be, which is no help.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const holds = (text, words) => {
    const asked = plain(words).match(/[\p{L}\p{N}]+/gu) ?? [];
    return CHINESE.test(words) || asked.some((word) => plain(text).includes(word.slice(0, 4)));
  };

  // A word that no page has, nor begins one, may be misspelt: by a letter too many, too few, another, or two that changed
  // places; and a letter may be doubled or not. Of those that it may be, the most frequent comes first.
  let known;
  const vocabulary = () => (known ??= fetch(new URL("words.json", root)).then((found) => found.json()).then((all) => all[ours ? "zh" : "en"].split(" ")));
  const single = (text) => text.replace(/(.)\1/gu, "$1");
  const isNear = (one, other) => {
    let same = 0;
    while (same < one.length && one[same] === other[same]) same += 1;
    const [left, right] = [one.slice(same), other.slice(same)];
    return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1) || (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2));
  };
  const corrected = async (words) => {
    if (!/\p{Script=Latin}{4}/u.test(words)) return words;
    const all = await vocabulary();
    return words.replace(/(?<!\p{L})\p{Script=Latin}{4,}(?!\p{L})/gu, (word) => {
      const [small, bare] = [word.toLowerCase(), plain(word)];
      return all.some((one) => one.startsWith(small) || plain(one).startsWith(bare)) ? word : (all.find((one) => single(one) === single(small)) ?? all.find((one) => isNear(small, one)) ?? word);
    });
  };

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  // What was found is text with marks, and nothing else of it becomes part of the page.
  const marked = (excerpt) => {
    const { body } = new DOMParser().parseFromString(excerpt, "text/html");
    return [...body.childNodes].map((node) =>
      node.nodeName === "MARK" ? make("mark", { textContent: node.textContent }) : node.textContent,
    );
  };

  const bookEconomies = Object.entries(window.gvcBook?.economies ?? {}).sort(([one], [other]) => other.length - one.length);

  // The first two economies that are named, in their order: the explorer has a view of every pair.
  const views = (words) => {
    let left = spelt(words);
    const named = [];
    for (const [name, code] of bookEconomies) {
      const form = CHINESE.test(name) ? name : `(?<![\\p{L}\\p{N}])(?:${name}|${code})(?![\\p{L}\\p{N}])`;
      left = left.replace(new RegExp(form, "giu"), (said, place) => {
        named.push({ code, name, place });
        return " ".repeat(said.length);
      });
    }
    const [origin, partner] = named.sort((one, other) => one.place - other.place);
    if (!partner || origin.code === partner.code) return [];
    const [first, last] = window.gvcBook.years;
    const year = left.match(/(?:19|20)\d\d/g)?.find((one) => one >= first && one <= last);
    const view = new URLSearchParams({ measure: "fva_share", origin: origin.code, partner: partner.code, database: "all", ...(year ? { from: year, to: year } : {}) });
    return [
      {
        href: new URL(`${ours}chapters/explorer.html#${view}`, root).href,
        title: say("{0} in {1}: the explorer", origin.name, partner.name),
        excerpt: [year ? say("Shares and links by every database in {0}", year) : say("Shares and links by every database, year by year")],
      },
    ];
  };

  const AROUND = 40;
  const chineseResults = async (words) => {
    const wanted = spelt(words).split(/\s+/).filter(Boolean);
    const count = (text, word) => text.split(word).length - 1;
    const every = (await chinese())
      .filter((part) => wanted.every((word) => `${part.title} ${part.section} ${part.text}`.includes(word)))
      .map((part) => ({
        ...part,
        // Pages and words of the glossary come before works.
        rank:
          (part.kind === "work" ? -1000 : 0) +
          wanted.reduce(
            (sum, word) => sum + 50 * part.title.includes(word) + 20 * part.section.includes(word) + Math.min(count(part.text, word), 15),
            0,
          ) +
          (part.kind === "word" && wanted.some((word) => part.title === word) ? 200 : 0),
      }))
      .sort((one, other) => other.rank - one.rank);
    // The other language has only what this one has not.
    const own = every.filter((part) => part.url.startsWith("zh/") === Boolean(ours));
    return (own.length ? own : every).map(({ url, title, section, text }) => {
      const [word] = wanted;
      const at = Math.max(0, text.indexOf(word));
      return {
        href: new URL(url, root).href,
        title: section ? `${title}: ${section}` : title,
        excerpt: [
          text.slice(Math.max(0, at - AROUND), at),
          ...(text.includes(word) ? [make("mark", { textContent: word })] : []),
          text.slice(at + (text.includes(word) ? word.length : 0), at + word.length + AROUND),
        ],
      };
    });
  };

  const results = async (typed, most = MOST) => {
    const words = await corrected(typed);
    const read = words === typed ? "" : words;
    const own = CHINESE.test(spelt(words)) ? await chineseResults(words) : [];
    if (CHINESE.test(words)) return Object.assign([...views(words), ...own], { read });
    const pagefind = await library();
    const forms = [...new Set([spelt(words), words])].filter((form) => !CHINESE.test(form));
    let cut = false;
    const every = (
      await Promise.all(
        forms.map(async (form) => {
          const { results: hits } = await pagefind.search(form);
          cut ||= hits.length > most;
          return Promise.all(hits.slice(0, most).map((result) => result.data()));
        }),
      )
    ).flat();
    // The glossary has a term in several tables, and its name once is enough.
    const key = ({ meta, url }) => (meta.url?.includes("/glossary") ? meta.title.toLowerCase() : (meta.url ?? url));
    const once = new Map();
    for (const page of every) if (!once.has(key(page))) once.set(key(page), page);
    const pages = [...once.values()].filter((page) => forms.some((form) => holds(`${page.meta.title} ${page.content}`, form)));
    // What the glossary has under that name comes first, works that the book cites last.
    const rank = ({ meta, url }) => {
      if (meta.url?.includes("/glossary") && meta.title.toLowerCase().includes(spelt(words).toLowerCase())) return 0;
      return (meta.url ?? url).includes("/bibliography") ? 2 : 1;
    };
    const told = pages
      .sort((one, other) => rank(one) - rank(other))
      .map((page) => {
        const title = page.meta.title.replace(/[#\s]+$/, "");
        // The section with most hits; an entry of a list has none.
        const [part] = [...page.sub_results].sort((one, other) => other.locations.length - one.locations.length);
        const within = part && !page.meta.url ? part : page;
        const section = within.title?.replace(/[#\s]+$/, "");
        return {
          href: page.meta.url ? new URL(page.meta.url, root).href : within.url,
          title: section && section !== title ? `${title}: ${section}` : title,
          excerpt: marked(within.excerpt),
        };
      });
    return Object.assign([...views(words), ...own, ...told], { cut, read });
  };

  const enhance = (form) => {
    const field = form.querySelector("input[type=search]");
    const said = make("p", { role: "status", className: "gvc-found-count" });
    const list = make("ol");
    const more = make("button", { type: "button", className: "gvc-copy", hidden: true });
    const panel = make("div", { className: "gvc-found", hidden: true }, said, list, more);
    document.body.append(panel); // not beside the field: what holds that cuts off or moves what is fixed in it

    const place = () => {
      const { left, bottom, width } = form.getBoundingClientRect();
      const wide = Math.min(Math.max(width, 480), document.documentElement.clientWidth - 16);
      Object.assign(panel.style, {
        left: `${Math.max(8, Math.min(left, document.documentElement.clientWidth - wide - 8))}px`,
        top: `${bottom + 4}px`,
        width: `${wide}px`,
        maxHeight: `calc(100vh - ${bottom + 16}px)`,
      });
    };
    let asked = 0;
    const close = () => {
      asked += 1; // what is still being sought opens nothing
      panel.hidden = true;
    };
    const ask = async () => {
      const words = field.value.trim();
      const turn = ++asked;
      if (words.length < 2 && !CHINESE.test(words)) {
        return close();
      }
      const found = await results(words).catch(() => null);
      if (turn !== asked || !found) {
        return;
      }
      said.textContent = found.length ? (found.read ? say("Found for “{0}”, best first:", found.read) : say("Found, best first:")) : say("Nothing found. Other words?");
      const listed = (all) =>
        all.map(({ href, title, excerpt }) =>
          make("li", {}, make("a", { href }, make("strong", { textContent: title }), make("span", {}, ...excerpt))),
        );
      list.replaceChildren(...listed(found.slice(0, SHOWN)));
      more.hidden = found.length <= SHOWN;
      more.textContent = found.cut ? say("Show all") : say("Show {0} more", found.length - SHOWN);
      more.onclick = async () => {
        const items = listed(found.cut ? await results(words, Infinity) : found);
        if (turn !== asked) return;
        list.replaceChildren(...items);
        items[SHOWN].querySelector("a").focus(); // first: a button that hides itself leaves the focus nowhere, which closes all
        more.hidden = true;
      };
      panel.hidden = false;
      place();
    };
    let waiting;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 150);
    });
    field.addEventListener("focus", () => field.value && ask());
    form.addEventListener("submit", async (event) => {
      // Enter leads to what is found first, and where nothing is to the page of results.
      event.preventDefault();
      const [first] = (await results(field.value.trim()).catch(() => [])) ?? [];
      if (first) {
        location.assign(first.href);
        close();
      } else {
        form.submit();
      }
    });
    const around = [form, panel];
    for (const part of around) {
      part.addEventListener("keydown", (event) => {
        const places = [field, ...panel.querySelectorAll("a, button:not([hidden])")];
        const here = places.indexOf(document.activeElement);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (event.key === "Escape" && !panel.hidden) {
          event.preventDefault();
          event.stopPropagation();
          field.focus();
          close();
        } else if (step && !panel.hidden && places[here + step]) {
          event.preventDefault();
          places[here + step].focus();
        }
      });
      part.addEventListener("focusout", ({ relatedTarget }) => {
        if (!around.some((other) => other.contains(relatedTarget))) {
          close();
        }
      });
    }
    list.addEventListener("click", close);
    addEventListener("resize", close);
  };

  // The page of results looks words up in objects, and would find in any what every object has: "constructor".
  if (typeof Search !== "undefined" && Search.hasIndex()) {
    const { hasOwnProperty } = Object.prototype;
    const bare = Object.create(null, { hasOwnProperty: { value: hasOwnProperty } }); // which it asks them
    Object.setPrototypeOf(Search._index.terms, bare);
    Object.setPrototypeOf(Search._index.titleterms, bare);
  }

  if (location.protocol.startsWith("http")) {
    document.querySelectorAll("form.gvc-search, form.bd-search").forEach(enhance);
  }
}
