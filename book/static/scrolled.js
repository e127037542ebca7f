"use strict";

// When a page has loaded, the theme asks every piece of code and output whether it scrolls, to give it a place in the order
// of the keyboard; for that the browser has to lay out all that is folded, too. The theme's script comes next, so its
// listener is the one that this stops. Here each is asked when it is laid out, on the screen or above or below it.
addEventListener("load", (event) => event.stopImmediatePropagation());
{
  const shown = new IntersectionObserver(
    (all) => {
      const seen = all.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
      const scrolls = seen.map((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight);
      seen.forEach((one, i) => (scrolls[i] ? one.setAttribute("tabindex", 0) : one.removeAttribute("tabindex")));
    },
    { rootMargin: "1000000px" },
  );
  const look = () => {
    shown.disconnect();
    for (const one of document.querySelectorAll("pre, .cell_output > .output")) shown.observe(one);
  };
  look();
  // Again when the page has found its new width.
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 300);
  });
}
