"use strict";

// What the theme's frame leaves unsaid: which of its side columns are open, and that the contents of a page come before it.
(window.requestIdleCallback ?? setTimeout)(() => {
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

  // Escape puts away what pointing at something has opened.
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      document.querySelectorAll(".tooltip").forEach((tip) => tip.remove());
      document.getElementById("vg-tooltip-element")?.classList.remove("visible");
    }
  });

  // On paper nothing can be opened: answers are printed, code stays away.
  addEventListener("beforeprint", () => {
    document.querySelectorAll("section[id^=exercises] details.sd-dropdown").forEach((details) => {
      details.open = true;
    });
  });
});
