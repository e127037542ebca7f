"use strict";

{
  // The field that each page has finds sections while one types. Opened from a folder, where browsers load no index, it
  // leads to the page of results that Sphinx makes.
  const root = new URL(`${document.currentScript.dataset.site}/`, document.currentScript.src);
  const SHOWN = 8;
  const CHINESE = /[\u4e00-\u9fff]/;

  let index;
  const library = () =>
    (index ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
      await pagefind.options({ baseUrl: root.pathname, excerptLength: 18 });
      return pagefind;
    }));

  // Chinese words have an index of their own. Titles in it belong to pages of both languages. English words are still
  // sought in that of the page alone.
  let both;
  const withChinese = (pagefind) =>
    (both ??= (async () => {
      const own = pagefind.createInstance({ baseUrl: root.pathname, excerptLength: 18 });
      await own.mergeIndex(new URL("pagefind", root).href, { language: "zh-cn", baseUrl: root.pathname });
      return own;
    })());

  const spelt = (words) =>
    Object.entries(window.gvcBook?.spellings ?? {}).reduce(
      (said, [other, ours]) => said.replace(new RegExp(`(?<!\\p{L})${other}(?!\\p{L})`, "giu"), ours),
      words,
    );

  // Where the index has no such word, it takes one that begins alike: by one letter if need be, which is no help.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const holds = (text, words) => {
    const asked = plain(words).match(/[\p{L}\p{N}]+/gu) ?? [];
    return CHINESE.test(words) || asked.some((word) => plain(text).includes(word.slice(0, 4)));
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

  const results = async (words) => {
    const chinese = words.match(CHINESE)?.[0];
    const pagefind = await (chinese && document.documentElement.lang === "en" ? library().then(withChinese) : library());
    const seek = async (what, many) =>
      Promise.all((await pagefind.search(what)).results.slice(0, many).map((result) => result.data()));
    let every = await seek(spelt(words), SHOWN);
    if (!every.length && chinese) {
      // The index parts some names elsewhere than readers do: what has a word with the same first sign is read itself.
      every = (await seek(chinese)).filter((page) => page.content.includes(words)).slice(0, SHOWN);
    }
    // A work with a Chinese title is in the indexes of both languages.
    const once = new Map(every.map((page) => [page.meta.url ?? page.url, page]));
    const pages = [...once.values()].filter((page) => holds(`${page.meta.title} ${page.content}`, spelt(words)));
    // What the glossary has under that name comes before the pages that speak of it.
    const named = ({ meta }) =>
      meta.url?.includes("/glossary") && meta.title.toLowerCase().includes(spelt(words).toLowerCase());
    return [...pages.filter(named), ...pages.filter((page) => !named(page))].map((page) => {
      const title = page.meta.title.replace(/[#\s]+$/, "");
      // The section with most hits; an entry of a list has none.
      const [part] = [...page.sub_results].sort((one, other) => other.locations.length - one.locations.length);
      const within = part && !page.meta.url ? part : page;
      const section = within.title?.replace(/[#\s]+$/, "");
      return {
        href: page.meta.url ? new URL(page.meta.url, root).href : within.url,
        title: section && section !== title ? `${title}: ${section}` : title,
        excerpt: within.excerpt,
      };
    });
  };

  const enhance = (form) => {
    const field = form.querySelector("input[type=search]");
    const said = make("p", { role: "status", className: "gvc-found-count" });
    const list = make("ol");
    const panel = make("div", { className: "gvc-found", hidden: true }, said, list);
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
      said.textContent = found.length ? say("Found, best first:") : say("Nothing found. Other words?");
      list.replaceChildren(
        ...found.map(({ href, title, excerpt }) =>
          make("li", {}, make("a", { href }, make("strong", { textContent: title }), make("span", {}, ...marked(excerpt)))),
        ),
      );
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
        const places = [field, ...panel.querySelectorAll("a")];
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
