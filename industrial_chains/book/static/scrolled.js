"use strict";

// When a page has loaded, the theme asks every piece of code and output whether it scrolls, to give it a place in the order
// of the keyboard; for that the browser has to lay out all that is folded or far away. The theme's script comes next, so
// its listener is the one that this stops. Here each is asked when it is on the screen.
addEventListener("load", (event) => event.stopImmediatePropagation());
{
  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      if (target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  const look = () => {
    near.disconnect();
    for (const one of document.querySelectorAll("pre, .cell_output > .output")) near.observe(one);
  };
  look();
  addEventListener("resize", look);
}
