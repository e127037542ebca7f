"use strict";

// Beside the downloads of each exhibit, and where a page says so, a reference to copy: as text and as BibTeX. At the foot
// of each page, what it was built from, and the printed book, if there is one. All come from build.js, which each build
// writes anew.
{
  const beside = document.currentScript.src;
  const book = window.gvcBook;
  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const words = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";
  const here = (id) => (location.protocol === "file:" ? "" : `${location.origin}${location.pathname}${id ? `#${id}` : ""}`);
  // Without a secure address browsers have no clipboard, and others may refuse it.
  const copying = (text, what) => {
    const button = make("button", { type: "button", className: "gvc-copy", textContent: what });
    button.addEventListener("click", async () => {
      const isDone = await Promise.resolve().then(() => navigator.clipboard.writeText(text())).then(() => true, () => false);
      button.textContent = isDone ? say("Copied") : say("Not copied: the browser refuses");
      setTimeout(() => Object.assign(button, { textContent: what }), isDone ? 1500 : 5000);
    });
    return button;
  };
  const copy = (text, what) => copying(() => text, what);
  const citing = (label, part, id, key) => {
    const address = here(id);
    const told = part
      ? say("{0} ({1}). {2} In {3}, version {4}.", book.author, book.year, part, book.title, book.version)
      : say("{0} ({1}). {2}, version {3}.", book.author, book.year, book.title, book.version);
    const text = `${told}${address ? ` ${address}` : ""}`;
    const bibtex = [
      `@${part ? "incollection" : "misc"}{${key},`,
      `  author = {{${book.author}}},`,
      `  title = {{${part ? part.replace(/[.。]$/, "") : book.title}}},`,
      ...(part ? [`  booktitle = {{${book.title}}},`] : []),
      `  year = {${book.year}},`,
      `  note = {Version ${book.version}},`,
      ...(address ? [`  url = {${address}},`] : []),
      "}",
    ].join("\n");
    const name = part ? part.replace(/[.。]$/, "") : book.title;
    const ris = [
      `TY  - ${part ? "CHAP" : "ELEC"}`,
      `AU  - ${book.author}`,
      `TI  - ${name}`,
      ...(part ? [`BT  - ${book.title}`] : []),
      `PY  - ${book.year}`,
      `ET  - ${book.version}`,
      ...(address ? [`UR  - ${address}`] : []),
      "ER  - ",
    ].join("\n");
    // GB/T 7714, as Chinese journals ask for it: with the days of the book and of the look at it.
    const today = new Date().toISOString().slice(0, 10);
    const within = part ? `${book.author}. ${name}[EB/OL]//${book.author}. ${book.title}` : `${book.author}. ${name}[EB/OL]`;
    const gbt = `${within}. ${say("version {0}", book.version)}. (${book.date})[${today}].${address ? ` ${address}.` : ""}`;
    const summary = make("summary", { textContent: say("Cite") });
    summary.setAttribute("aria-label", say("Cite {0}", label));
    return make(
      "details",
      { className: "gvc-cite" },
      summary,
      make("p", { textContent: text }),
      copy(text, say("Copy text")),
      make("pre", { textContent: bibtex }),
      copy(bibtex, say("Copy BibTeX")),
      " ",
      copy(ris, say("Copy RIS")),
      " ",
      copy(gbt, say("Copy GB/T 7714")),
    );
  };
  Object.assign(book, { citing, copying }); // for other scripts, too
  for (const exhibit of document.querySelectorAll("figure.exhibit-chart, .exhibit-table")) {
    const number = words(exhibit.querySelector(".caption-number"));
    const title = words(exhibit.querySelector(".caption-text")?.firstChild ?? exhibit.querySelector(".caption-text"));
    const id = exhibit.id || exhibit.querySelector("[id]")?.id;
    const below = exhibit.querySelector(".exhibit-source");
    for (const link of exhibit.querySelectorAll(".exhibit-downloads a")) {
      link.setAttribute("aria-label", `${number || title}, ${link.textContent}`);
    }
    if (below && id) {
      below.after(citing(number || say("this table"), number ? say("{0}: {1}.", number, title) : say("{0}.", title), id, `gvc-${id}`));
    }
  }
  for (const place of document.querySelectorAll(".gvc-build")) {
    place.textContent = book.built;
    if (book.pdf) {
      const { href } = new URL(`../${book.pdf}`, beside);
      place.after(" ", make("a", { href, className: "gvc-pdf", type: "application/pdf", textContent: "PDF" }));
    }
  }
  for (const place of document.querySelectorAll(".gvc-cite-book")) {
    const box = citing(say("this book"), "", "", `gvc${book.year}`);
    box.open = true;
    place.replaceChildren(box);
  }
}
