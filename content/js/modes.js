/* How a reader sees the guide: in light or dark colours, in the usual type or in large type. Applied
   before the page is drawn; two buttons, put where this script stands, change it. The page is
   readable without: then it is light, and in the usual type.

   The theme has a script of its own for the colours, in every page, which a strict policy of a
   server would not let run; what other parts of the theme's script need of that one is at the end. */

(function () {
  "use strict";

  const SCHEMES = [
    { id: "system", word: "随系统" },
    { id: "light", word: "浅色" },
    { id: "dark", word: "深色" },
  ];
  const NAMES = { light: "default", dark: "slate" };
  const SCHEME_WORD = "配色";
  const LARGE_WORD = "长者版";
  const LARGE_TITLE = "长者版：字大、行距宽、版面简化";
  const SCHEME_KEY = "scheme";
  const LARGE_KEY = "large";

  const here = document.currentScript;
  const root = new URL("..", here.src);
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Where nothing may be stored, a choice holds for one page.
  function stored(name, storage, scope) {
    try {
      return JSON.parse((storage || localStorage).getItem((scope || root).pathname + "." + name));
    } catch {
      return null;
    }
  }

  function store(name, value, storage, scope) {
    try {
      const key = (scope || root).pathname + "." + name;
      (storage || localStorage).setItem(key, JSON.stringify(value));
    } catch {
      return;
    }
  }

  let chosen;
  let large;

  function recall() {
    chosen = SCHEMES.find((each) => each.id === stored(SCHEME_KEY)) || SCHEMES[0];
    large = stored(LARGE_KEY) === true;
  }

  function button(picture) {
    const made = document.createElement("button");
    const drawn = document.createElement("span");
    const word = document.createElement("span");
    made.type = "button";
    made.className = "mode";
    drawn.className = "picture picture--" + picture;
    made.append(drawn, word);
    return made;
  }

  const type = button("type");
  const scheme = button("system");
  type.lastChild.textContent = LARGE_WORD;
  scheme.lastChild.textContent = SCHEME_WORD;
  type.title = LARGE_TITLE;

  function apply() {
    const shown = chosen.id === "system" ? (system.matches ? "dark" : "light") : chosen.id;
    document.body.setAttribute("data-md-color-scheme", NAMES[shown]);
    document.documentElement.toggleAttribute("data-large", large);
    type.setAttribute("aria-pressed", String(large));
    scheme.firstChild.className = "picture picture--" + chosen.id;
    scheme.title = SCHEME_WORD + "：" + chosen.word;
    scheme.setAttribute("aria-label", scheme.title);
  }

  type.addEventListener("click", () => {
    large = !large;
    store(LARGE_KEY, large);
    apply();
  });
  scheme.addEventListener("click", () => {
    chosen = SCHEMES[(SCHEMES.indexOf(chosen) + 1) % SCHEMES.length];
    store(SCHEME_KEY, chosen.id);
    apply();
  });
  system.addEventListener("change", apply);
  // A page that the browser kept and shows again, after a choice on another.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    recall();
    apply();
  });
  recall();
  apply();
  here.after(type, scheme);

  window.__md_scope = root;
  window.__md_get = stored;
  window.__md_set = store;
})();
