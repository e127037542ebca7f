"use strict";

// What the theme's frame leaves unsaid: which of its side columns are open, and that the contents of a page come before it.
// It waits for idle time, but not long: a page on which nothing moves may have none to tell of.
new Promise((done) => {
  setTimeout(done, 200);
  window.requestIdleCallback?.(done);
}).then(() => {
  const contents = document.querySelector(".bd-sidebar-secondary");
  contents?.parentElement.prepend(contents);

  for (const [which, selector] of [
    ["primary", ".bd-sidebar-primary"],
    ["secondary", ".bd-sidebar-secondary"],
  ]) {
    const column = document.querySelector(selector);
    for (const button of document.querySelectorAll(`button.${which}-toggle`)) {
      const say = () => button.setAttribute("aria-expanded", column?.checkVisibility({ visibilityProperty: true }) ?? false);
      say();
      button.addEventListener("click", () => setTimeout(say, 350)); // when the column has slid
      addEventListener("resize", say);
    }
  }

  // Escape puts away what pointing at something has opened; the meaning of a word, until it is pointed at again.
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    document.querySelectorAll(".tooltip").forEach((tip) => tip.remove());
    document.getElementById("vg-tooltip-element")?.classList.remove("visible");
    for (const word of document.querySelectorAll(".gvc-word:is(:hover, :focus-within)")) {
      word.classList.add("gvc-quiet");
    }
  });
  for (const sign of ["pointerover", "focusin"]) {
    addEventListener(sign, ({ target }) => target.closest?.(".gvc-word")?.classList.remove("gvc-quiet"));
  }

  // What the theme's templates say in English alone.
  for (const name of ["aria-label", "title", "data-bs-original-title"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, say(element.getAttribute(name)));
    }
  }

  // On paper nothing can be opened: answers are printed, code stays away.
  addEventListener("beforeprint", () => {
    document.querySelectorAll("section[id^=exercises] details.sd-dropdown").forEach((details) => {
      details.open = true;
    });
  });
});
