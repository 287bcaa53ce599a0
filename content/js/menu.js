/* The menu of small screens, by keys: without this script it opens by a tap on a label, which no key
   reaches; here a button takes the label's place. */

(function () {
  "use strict";

  const label = document.querySelector(".menu");
  const state = document.getElementById("__drawer");
  const menu = document.getElementById("menu");
  if (!label || !state || !menu) return;

  const opener = document.createElement("button");
  opener.type = "button";
  opener.className = label.className;
  opener.setAttribute("aria-controls", menu.id);
  opener.append(...label.childNodes);
  label.replaceWith(opener);

  function show() {
    opener.setAttribute("aria-expanded", String(state.checked));
  }

  function set(open) {
    if (state.checked === open) return;
    state.checked = open;
    // The theme listens too.
    state.dispatchEvent(new Event("change", { bubbles: true }));
  }

  opener.addEventListener("click", () => set(!state.checked));
  state.addEventListener("change", () => {
    show();
    if (!state.checked) return;
    // What is hidden takes no focus: not before it is drawn.
    requestAnimationFrame(() => {
      const first = menu.querySelector("[aria-current]") || menu.querySelector("a");
      if (first) first.focus({ preventScroll: true });
    });
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    set(false);
    opener.focus();
  });
  // Who goes on by Tab leaves it: it would lie over what has the focus.
  menu.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next && next !== opener && !menu.contains(next)) set(false);
  });
  show();
})();
