"use strict";

// What the theme's frame leaves unsaid: which of its side columns are open.
// It waits for idle time, but not long: a page on which nothing moves may have none to tell of.
new Promise((done) => {
  setTimeout(done, 200);
  window.requestIdleCallback?.(done);
}).then(() => {
  for (const which of ["primary", "secondary"]) {
    const column = document.querySelector(`.bd-sidebar-${which}`);
    const open = document.getElementById(`pst-${which}-sidebar-checkbox`);
    const tell = () => {
      const seen = column?.checkVisibility({ visibilityProperty: true }) ?? false;
      document.querySelectorAll(`button.${which}-toggle`).forEach((button) => button.setAttribute("aria-expanded", seen));
    };
    tell();
    // Whatever opens or closes it, when it has slid; the theme keeps some of these from coming up to the window.
    for (const sign of ["click", "keydown", "change", "resize"]) addEventListener(sign, () => setTimeout(tell, 350), true);
    column?.addEventListener("transitionend", tell); // which is later on a machine that is busy
    // On a phone the contents lie over the page, and whoever has chosen a section wants to see it.
    column?.addEventListener("click", ({ target }) => {
      if (target.closest("a[href^='#']") && open) open.checked = false;
    });
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

  // Every cell in its place, the code of exhibits and what shows nothing by itself.
  for (const button of document.querySelectorAll(".gvc-all-code button")) {
    const show = button.textContent;
    button.addEventListener("click", () => {
      const all = document.documentElement.classList.toggle("gvc-with-code");
      button.setAttribute("aria-pressed", all);
      button.textContent = all ? button.dataset.hide : show;
      for (const code of document.querySelectorAll("details:is(.gvc-code, .hide)")) code.open = all;
    });
  }

  // On paper nothing can be opened: answers and folded tables are printed, code stays away.
  addEventListener("beforeprint", () => {
    const folds = "section[id^=exercises] details.sd-dropdown, .exhibit-fold, details.above-output";
    document.querySelectorAll(folds).forEach((details) => {
      details.open = true;
    });
  });
});
