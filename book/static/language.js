"use strict";

// The link to the other language keeps the section. Who reads that language by the browser's settings is offered it, once.
{
  // Whole addresses, which crawlers ask for, also where the book does not know its own.
  for (const link of document.querySelectorAll("link[rel=alternate][hreflang]")) {
    link.setAttribute("href", link.href);
  }
  const links = [...document.querySelectorAll("a.gvc-language")];
  for (const link of links) {
    link.addEventListener("click", () => {
      link.hash = location.hash;
    });
  }
  const base = (code) => code.split("-")[0].toLowerCase();
  const wanted = base(navigator.language ?? "");
  const link = links.find((one) => base(one.hreflang) === wanted);
  let said;
  try {
    said = localStorage.getItem("gvc-language");
  } catch {
    said = "no store";
  }
  if (link && !said && base(document.documentElement.lang) !== wanted) {
    const offers = { zh: "本书有中文版：", en: "This book is in English, too:" };
    const line = Object.assign(document.createElement("p"), { className: "gvc-offer", lang: link.hreflang });
    const there = Object.assign(link.cloneNode(true), { className: "" });
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×", ariaLabel: wanted === "zh" ? "关闭" : "Close" });
    const done = () => {
      localStorage.setItem("gvc-language", wanted);
      line.remove();
    };
    close.addEventListener("click", done);
    there.addEventListener("click", () => {
      there.hash = location.hash;
    });
    line.append(offers[wanted] ?? "", " ", there, " ", close);
    (document.querySelector(".bd-article-container") ?? document.querySelector("main"))?.prepend(line);
  }
}
