/* The search field in the head of each page, and the page search.html?q=… with all results.

   What a search looks through is loaded when somebody first goes to the field: by script elements,
   since a folder opened from a disk may load nothing else. Without this script the head has a link
   to search.html, which says how to find things. */

(function () {
  "use strict";

  const WORDS = {
    loading: "正在载入……",
    failed: "搜索没有载入，请打开全文，用浏览器的“查找”。",
    none: (query) => `没有找到“${query}”`,
    some: (count) => `找到 ${count} 处`,
    all: (count) => `查看全部 ${count} 处`,
    more: (count) => `共 ${count} 处`,
    tip: "只找原样写着的字词：可以少写几个字，或者换成条文的用词。几个词之间空一格，表示都要有。",
    alone: "单独写着的有：",
    field: "搜索全站",
    form: "站内搜索",
    placeholder: "搜索：字词、条文",
    list: "搜索结果",
    close: "取消",
    submit: "搜索",
    slash: "按 / 键进入搜索栏",
    results: (query) => `搜索“${query}”`,
  };
  // Of the kind that fits best, of each other kind, in the list below the field.
  const FIRST_SHOWN = 5;
  const OTHERS_SHOWN = 2;
  const ROOM = 64;
  const ROOM_ON_PAGE = 240;
  const PARTS = ["search-engine.js", "search-records.js"];
  const SLASH_KEY = "banfa.search.slash";

  const assets = new URL(".", document.currentScript.src);
  const root = new URL("..", assets);

  // Small things -----------------------------------------------------------------------------------

  function make(tag, options, children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(options || {})) {
      if (name === "text") element.textContent = value;
      else element.setAttribute(name, value);
    }
    element.append(...(children || []));
    return element;
  }

  /* Words with those of the query marked. */
  function marked(parts) {
    return parts.map((part) => (part.hit ? make("mark", { text: part.text }) : part.text));
  }

  function pageOf(query) {
    const address = new URL("search.html", root);
    address.searchParams.set("q", query);
    return address.href;
  }

  // A browser may keep nothing for pages from a folder, and then says so by throwing.
  function remembered(key) {
    try {
      return window.localStorage.getItem(key);
    } catch (_) {
      return null;
    }
  }

  function remember(key, value) {
    try {
      window.localStorage.setItem(key, value);
    } catch (_) {
      return;
    }
  }

  // What is searched -------------------------------------------------------------------------------

  let index = null;
  let failed = false;
  const waiting = [];

  /* Calls back when the records are there, or cannot be had. */
  function whenLoaded(then) {
    if (index || failed) {
      then();
      return;
    }
    waiting.push(then);
    if (waiting.length > 1) return;
    let missing = PARTS.length;
    const done = () => {
      if (index || failed) return;
      if (window.banfaSearch && window.banfaSearchRecords) {
        index = window.banfaSearch.prepare(window.banfaSearchRecords);
      } else {
        failed = true;
      }
      waiting.splice(0).forEach((each) => each());
    };
    for (const name of PARTS) {
      const script = make("script", { src: new URL(name, assets).href });
      script.onload = () => {
        missing -= 1;
        if (!missing) done();
      };
      script.onerror = done;
      document.head.append(script);
    }
  }

  // Results ----------------------------------------------------------------------------------------

  /* Mark, title and places of a record; below them who is concerned, and the words found. */
  function resultLines(shown) {
    const title = make("span", { class: "hit__title" });
    if (shown.record.mark) {
      title.append(make("b", { class: "hit__mark", text: shown.record.mark }), " ");
    }
    title.append(...marked(shown.title));
    const lines = [title];
    if (shown.law.length) lines.push(make("span", { class: "hit__law", text: shown.law.join("、") }));
    if (shown.kind.note) lines.push(make("span", { class: "hit__note", text: shown.kind.note }));
    if (shown.who.length) lines.push(make("span", { class: "hit__who" }, marked(shown.who)));
    for (const text of shown.texts) {
      lines.push(make("span", { class: "hit__text" }, marked(text)));
    }
    return lines;
  }

  /* What to try where nothing is found; `open` makes a link or a button for a query. */
  function advice(query, open) {
    const found = index.known(query);
    const lines = [make("p", { text: WORDS.tip })];
    if (found.length) {
      const words = make("p", { class: "search-known", text: WORDS.alone });
      for (const each of found) words.append(open(each.text, `${each.text}（${each.count}）`), " ");
      lines.push(words);
    }
    return lines;
  }

  function knownLink(query, text) {
    return make("a", { href: pageOf(query), text: text });
  }

  // The field in the head --------------------------------------------------------------------------

  /* In the place of the link that stands in each page, where it is of use without a script. */
  function headField(link) {
    const field = make("input", {
      class: "search-field",
      type: "search",
      name: "q",
      "aria-label": WORDS.field,
      placeholder: WORDS.placeholder,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      maxlength: "200",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "search-list",
      "aria-keyshortcuts": "Control+K /",
    });
    const summary = make("p", { class: "search-summary", "aria-hidden": "true" });
    const list = make("div", {
      class: "search-list",
      id: "search-list",
      role: "listbox",
      tabindex: "-1",
      "aria-label": WORDS.list,
    });
    const tips = make("div", { class: "search-tips" });
    const panel = make("div", { class: "search-panel", hidden: "" }, [summary, list, tips]);
    const status = make("p", { class: "search-status", role: "status" });
    const closer = make("button", { class: "search-close", type: "button", text: WORDS.close });
    const form = make(
      "form",
      {
        class: "search",
        id: "search",
        role: "search",
        "aria-label": WORDS.form,
        action: link.href,
      },
      [field, closer, panel, status],
    );
    const opener = make(
      "button",
      { class: "search-open", type: "button", "aria-expanded": "false", "aria-controls": "search" },
      Array.from(link.childNodes, (each) => each.cloneNode(true)),
    );
    link.after(opener, form);
    let composing = false;
    let options = [];
    let active = -1;

    link.hidden = true;

    function open() {
      form.classList.add("search--open");
      opener.setAttribute("aria-expanded", "true");
      field.focus();
      field.select();
    }

    function shut() {
      panel.hidden = true;
      field.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function leave() {
      shut();
      form.classList.remove("search--open");
      opener.setAttribute("aria-expanded", "false");
    }

    function choose(number) {
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = number;
      if (!options[active]) {
        field.removeAttribute("aria-activedescendant");
        return;
      }
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", options[active].id);
    }

    function option(href, attributes, children) {
      const made = make(
        "a",
        Object.assign(attributes, {
          role: "option",
          id: `search-option-${options.length}`,
          href: href,
          tabindex: "-1",
          "aria-selected": "false",
        }),
        children
      );
      options.push(made);
      return made;
    }

    function group(found, number, terms) {
      const id = `search-group-${number}`;
      const head = make("div", { class: "search-kind", id: id, role: "presentation" }, [
        found.kind.word,
        make("span", { class: "search-count", text: WORDS.more(found.records.length) }),
      ]);
      const some = found.records.slice(0, number ? OTHERS_SHOWN : FIRST_SHOWN);
      const hits = some.map((position) => {
        const shown = index.shown(position, terms, ROOM);
        const href = new URL(shown.record.href, root).href;
        return option(href, { class: `hit hit--${shown.kind.look}` }, resultLines(shown));
      });
      return make("div", { role: "group", "aria-labelledby": id }, [head, ...hits]);
    }

    function answer() {
      const query = field.value.trim();
      options = [];
      choose(-1);
      list.replaceChildren();
      tips.replaceChildren();
      const found = index && query ? index.find(query) : null;
      if (!query || (found && !found.terms.length)) {
        shut();
        status.textContent = "";
        return;
      }
      let said = failed ? WORDS.failed : WORDS.loading;
      if (found && found.count) {
        said = WORDS.some(found.count);
        list.append(...found.groups.map((each, number) => group(each, number, found.terms)));
        const all = { class: "hit search-all" };
        list.append(option(pageOf(query), all, [WORDS.all(found.count)]));
      } else if (found) {
        said = WORDS.none(query);
        tips.append(...advice(query, knownLink));
      }
      summary.textContent = said;
      status.textContent = said;
      list.hidden = !options.length;
      panel.hidden = false;
      list.scrollTop = 0;
      field.setAttribute("aria-expanded", String(options.length > 0));
    }

    field.addEventListener("focus", () => {
      whenLoaded(() => {
        if (document.activeElement === field && !composing) answer();
      });
    });
    // While an input method composes, what stands in the field is not yet what is meant.
    field.addEventListener("compositionstart", () => {
      composing = true;
    });
    field.addEventListener("compositionend", () => {
      composing = false;
      answer();
    });
    field.addEventListener("input", () => {
      if (!composing) answer();
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || composing || event.keyCode === 229) return;
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !panel.hidden) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        const from = active < 0 && step < 0 ? options.length : active;
        // One place more than there are options: the field itself.
        const next = (from + 1 + step + options.length + 1) % (options.length + 1);
        choose(next - 1);
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        whenLoaded(answer);
      } else if (event.key === "Enter" && options[active]) {
        event.preventDefault();
        options[active].click();
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (!panel.hidden) {
          shut();
        } else if (field.value) {
          field.value = "";
          answer();
        } else {
          leave();
          field.blur();
          // On a wide screen the opener is not shown and takes no focus.
          opener.focus();
        }
      }
    });
    form.addEventListener("submit", (event) => {
      if (!field.value.trim()) event.preventDefault();
    });
    // The place may be on this very page: then nothing else would close the list.
    list.addEventListener("click", () => {
      leave();
      field.blur();
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) leave();
    });
    // A press on the list must not take the focus from the field first.
    panel.addEventListener("mousedown", (event) => {
      if (!event.target.closest(".search-tips")) event.preventDefault();
    });
    opener.addEventListener("click", open);
    closer.addEventListener("click", () => {
      leave();
      opener.focus();
    });
    document.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.defaultPrevented) return;
      const control = event.ctrlKey || event.metaKey;
      const asked = control
        ? event.key.toLowerCase() === "k" && !event.shiftKey
        : event.key === "/" && !writing(event.target) && remembered(SLASH_KEY) !== "off";
      if (!asked) return;
      event.preventDefault();
      open();
    });
  }

  function writing(element) {
    return element.isContentEditable || Boolean(element.closest("input, textarea, select"));
  }

  // The page of results ----------------------------------------------------------------------------

  function resultPage(place) {
    const title = document.title;
    document.querySelector(".search-plain").hidden = true;
    const field = make("input", {
      type: "search",
      name: "q",
      id: "search-page-field",
      autocomplete: "off",
      enterkeyhint: "search",
      maxlength: "200",
    });
    const label = make("label", { for: "search-page-field", text: WORDS.field });
    const button = make("button", { type: "submit", text: WORDS.submit });
    const form = make("form", { class: "search-page__form", action: "search.html" }, [
      label,
      make("span", { class: "search-page__row" }, [field, button]),
    ]);
    const status = make("p", { class: "search-page__status", role: "status" });
    const results = make("div");
    place.append(form, status, results, slashChoice());
    let composing = false;

    function answer() {
      const query = field.value.trim();
      results.replaceChildren();
      document.title = query ? `${WORDS.results(query)} - ${title}` : title;
      const found = index && query ? index.find(query) : null;
      if (!query || (found && !found.terms.length)) {
        status.textContent = "";
      } else if (!found) {
        status.textContent = failed ? WORDS.failed : WORDS.loading;
      } else if (found.count) {
        status.textContent = `${WORDS.results(query)}，${WORDS.some(found.count)}`;
        results.append(...found.groups.map((each, number) => section(each, number, found.terms)));
      } else {
        status.textContent = WORDS.none(query);
        results.append(...advice(query, knownLink));
      }
    }

    function section(found, number, terms) {
      const id = `search-kind-${number}`;
      const head = make("h2", { id: id }, [
        found.kind.word,
        make("span", { class: "search-count", text: WORDS.more(found.records.length) }),
      ]);
      const items = found.records.map((position) => {
        const shown = index.shown(position, terms, ROOM_ON_PAGE);
        const [name, ...lines] = resultLines(shown);
        const link = make("a", { href: new URL(shown.record.href, root).href }, [name]);
        return make("li", { class: `hit hit--${shown.kind.look}` }, [link, ...lines]);
      });
      return make("section", { "aria-labelledby": id }, [head, make("ul", {}, items)]);
    }

    /* The address follows the field, so that it can be sent on at any time. */
    function settle() {
      answer();
      try {
        window.history.replaceState(null, "", pageOf(field.value.trim()));
      } catch (_) {
        // From a folder some browsers allow no other address; the form still makes one.
        return;
      }
    }

    field.addEventListener("compositionstart", () => {
      composing = true;
    });
    field.addEventListener("compositionend", () => {
      composing = false;
      settle();
    });
    field.addEventListener("input", () => {
      if (!composing) settle();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      settle();
    });
    field.value = new URLSearchParams(window.location.search).get("q") || "";
    whenLoaded(answer);
    answer();
  }

  /* A key of one sign can be in the way of people who speak to their computer. */
  function slashChoice() {
    const box = make("input", { type: "checkbox" });
    box.checked = remembered(SLASH_KEY) !== "off";
    box.addEventListener("change", () => remember(SLASH_KEY, box.checked ? "on" : "off"));
    return make("p", { class: "search-page__choice" }, [make("label", {}, [box, WORDS.slash])]);
  }

  const link = document.querySelector("a.search-open");
  if (link) headField(link);
  const place = document.getElementById("search-page");
  if (place) resultPage(place);
})();
