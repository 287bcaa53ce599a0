/* The self-check on the page of a topic: asks what still matters, shows what follows from it.

   Everything that is filled in stands in the address behind the #, so that back and forward walk
   the answers and a link or a print can be handed on; nothing is sent or stored. Without this
   script the page has the same rules as tables. */

var banfaSelfcheck = banfaSelfcheck || {};

(function (selfcheck) {
  "use strict";

  const WORDS = {
    stays:
      "所填内容留在本机：不上传，也不保存，只写在本页地址 # 之后的部分，浏览器不会把它发给服务器。把链接发给别人，就是把所填内容交给对方。",
    fromFolder: "本页是从文件夹打开的，链接只在有同一文件夹的电脑上有效；给别人看，可以打印。",
    steps: "逐题填写",
    form: "一页填完",
    views: "填写方式",
    questions: "填写",
    progress: (number, left) => `第${number}问，按现在所填还要问${left}项`,
    again: "修改所填",
    next: "下一问",
    skip: "还不清楚，先空着",
    nothingLeft: "与结论有关的都已填好。",
    onlySkipped: "其余的问题先空着，结论待填。",
    askSkipped: "再问先空着的",
    given: "已填",
    item: "事项",
    answer: "所填",
    law: "条文",
    change: "修改",
    changeOf: (label) => `修改：${label}`,
    isIdle: "不影响结论",
    isWrong: "填写有误，按未填处理",
    asOf: "判断日期",
    asOfHelp: "默认今天，只用来看离期限还有几天",
    findings: "结论",
    because: "理由",
    missing: "还需填写",
    doubt: "存疑",
    doubtful: ["按另一种解读，结论不同，以", "解释意见为准："],
    other: "另一种解读：",
    basis: "依次判断",
    papers: "材料",
    note: "说明：",
    nothing: "没有填写",
    copy: "复制链接",
    copied: "已复制链接，链接里有所填内容",
    copyByHand: "未能复制，请选取下面的链接后复制",
    print: "打印",
    restart: "重新开始",
    strange: (count) => `地址中有${count}处不是本事项的内容，没有采用。`,
    printed: (day) => `${day}自查。`,
    edition: (id) => `版本 ${id}`,
    caution: "自查结果只供自己核对，不代替有关机关的意见；条文以印发文本为准。",
    status: (parts) => `现在的结论：${parts.join("；")}`,
    left: (count) => `还要填${count}项`,
    of: (label, word) => `${label}：${word}`,
    comma: "，",
    colon: "：",
  };

  const topic = window.banfaTopic;
  const place = document.getElementById("check-place");
  if (!topic || !place) return;

  const { make, button, link } = selfcheck;

  let answers = selfcheck.blank(); // as the fields stand
  let settled = selfcheck.blank(); // as the address has them
  let current = ""; // the question that is asked, one by one
  let movesFocus = false;
  let shown = ""; // the address that was read last

  const fields = selfcheck.fieldsOf(topic, changed);
  const questionOf = (fact) => topic.questions.find((each) => each.fact === fact);
  const labelOf = (fact) => topic.rules.facts[fact].label;

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  // What stands on the page ------------------------------------------------------------------------

  const views = make("div", { class: "check-views", role: "group", "aria-label": WORDS.views }, [
    viewButton("steps"),
    viewButton("form"),
  ]);
  const progress = make("p", { class: "check-progress" });
  const strange = make("p", { class: "check-remark" });
  const next = make("button", { type: "submit", class: "check-button check-button--main" });
  next.append(WORDS.next);
  const skip = button(WORDS.skip, "", skipped);
  const done = make("p", { class: "check-done", tabindex: "-1" });
  const askSkipped = button(WORDS.askSkipped, "check-button--small", () => {
    const fresh = selfcheck.copyOf(settled);
    fresh.skipped = [];
    commit(fresh);
  });
  const form = make("form", { class: "check-form", novalidate: "" }, [
    progress,
    ...fields.map((field) => field.element),
    done,
    make("p", { class: "check-turn" }, [next, skip, askSkipped]),
  ]);
  const given = make("section", { class: "check-given", "aria-labelledby": "check-given" });
  const results = make("section", { class: "check-results", "aria-labelledby": "check-results" });
  const status = make("p", { class: "check-status", role: "status" });
  const said = make("p", { class: "check-said", role: "status" });
  const byHand = make("input", { class: "check-link", readonly: "", "aria-label": WORDS.copy });
  const day = dayField();
  const printHead = make("div", { class: "check-print" });

  function viewButton(view) {
    return button(WORDS[view], "check-button--small", () => {
      const fresh = selfcheck.copyOf(answers);
      fresh.view = view;
      fresh.at = "";
      commit(fresh);
    });
  }

  function dayField() {
    const { first, last } = topic.rules.days;
    const input = make("input", { type: "date", id: "check-day", min: first, max: last });
    input.className = "check-input";
    input.setAttribute("aria-describedby", "check-day-help");
    input.addEventListener("change", () => {
      const fresh = selfcheck.copyOf(answers);
      fresh.day = selfcheck.isDay(topic, input.value) ? input.value : "";
      commit(fresh);
    });
    const element = make("p", { class: "check-day" }, [
      make("label", { for: "check-day", text: WORDS.asOf }),
      input,
      make("span", { id: "check-day-help", class: "check-help", text: WORDS.asOfHelp }),
    ]);
    return { input: input, element: element };
  }

  function build() {
    byHand.hidden = true;
    const actions = make("div", { class: "check-actions" }, [
      button(WORDS.copy, "", copyLink),
      button(WORDS.print, "", () => window.print()),
      button(WORDS.restart, "", restart),
    ]);
    const stays = make("p", { class: "note check-stays", text: WORDS.stays });
    if (location.protocol === "file:") stays.append(WORDS.fromFolder);
    const asking = make("section", { class: "check-asking", "aria-label": WORDS.questions });
    asking.append(views, strange, form);
    const found = make("div", { class: "check-found" }, [status, actions, said, byHand]);
    if (topic.deadlines.length) found.append(day.element);
    found.append(results);
    place.append(printHead, asking, found, given, stays);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Pressing Enter is no way to leave a field of the form.
      if (settled.view === "steps") answered();
    });
    document.documentElement.classList.add("has-check");
  }

  // What people do -----------------------------------------------------------------------------------

  /* Somebody types or chooses. */
  function changed(fact, finished) {
    const field = fields.find((each) => each.fact === fact);
    const value = field.value();
    const fresh = selfcheck.copyOf(answers);
    if (value === undefined) delete fresh.values[fact];
    else fresh.values[fact] = value;
    fresh.skipped = fresh.skipped.filter((each) => each !== fact);
    answers = fresh;
    if (finished && settled.view === "form") commit(answers);
    else showFindings();
  }

  function answered() {
    const field = fields.find((each) => each.fact === current);
    if (!field) return;
    const found = selfcheck.findings(topic, answers, today());
    const isBlank = selfcheck.factsOf(answers)[current] === undefined;
    if (isBlank || found.problems[current] || field.isHalfDone()) {
      field.focus();
      return;
    }
    const fresh = selfcheck.copyOf(answers);
    fresh.at = "";
    movesFocus = true;
    commit(fresh);
  }

  function skipped() {
    const fresh = selfcheck.copyOf(settled);
    delete fresh.values[current];
    fresh.skipped = [...fresh.skipped.filter((each) => each !== current), current];
    fresh.at = "";
    movesFocus = true;
    commit(fresh);
  }

  function askAgain(fact) {
    const fresh = selfcheck.copyOf(answers);
    fresh.at = fact;
    movesFocus = true;
    if (settled.view === "form") fields.find((each) => each.fact === fact).focus();
    else commit(fresh);
  }

  function restart() {
    const fresh = selfcheck.blank();
    fresh.view = settled.view;
    movesFocus = true;
    commit(fresh);
  }

  async function copyLink() {
    const address = `${location.href.split("#")[0]}#${selfcheck.writeAnswers(topic, answers)}`;
    byHand.value = address;
    byHand.hidden = true;
    said.textContent = "";
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(address);
      isCopied = true;
    } catch {
      // A plain http server is no place where scripts have a clipboard: the old way.
      byHand.hidden = false;
      byHand.select();
      isCopied = document.execCommand("copy");
      byHand.hidden = isCopied;
      if (isCopied) document.querySelector(".check-actions button").focus();
    }
    said.textContent = isCopied ? WORDS.copied : WORDS.copyByHand;
  }

  // Address → page -----------------------------------------------------------------------------------

  /* Puts answers into the address: a step that the browser's back button takes back. */
  function commit(fresh) {
    const written = selfcheck.writeAnswers(topic, fresh);
    if (written !== location.hash.slice(1)) location.hash = written;
    read();
  }

  /* A place on the page is no answer: what is filled in stays. */
  function isPlace(fragment) {
    return fragment && !fragment.includes("=");
  }

  function read() {
    const fragment = location.hash.slice(1);
    shown = fragment;
    if (isPlace(fragment)) return;
    const found = selfcheck.readAnswers(topic, fragment);
    settled = found.answers;
    answers = selfcheck.copyOf(settled);
    strange.textContent = found.strange ? WORDS.strange(found.strange) : "";
    strange.hidden = !found.strange;
    said.textContent = "";
    byHand.hidden = true;
    showAll();
  }

  function showAll() {
    const found = selfcheck.findings(topic, answers, today());
    const isSteps = answers.view === "steps";
    const open = found.needed.filter((fact) => !answers.skipped.includes(fact));
    current = isSteps ? answers.at || open[0] || "" : "";
    const hadFocus = place.contains(document.activeElement);
    for (const field of fields) {
      field.element.hidden = isSteps && field.fact !== current;
      field.show(answers.values[field.fact], notesOf(field.fact, found));
    }
    showProgress(found, open, isSteps);
    [...views.children].forEach((each, at) => {
      each.setAttribute("aria-pressed", String((at === 0) === isSteps));
    });
    day.input.value = answers.day || today();
    showResults(found);
    const lostFocus = hadFocus && !isSeen(document.activeElement);
    if (movesFocus || lostFocus) focusQuestion();
    movesFocus = false;
  }

  function isSeen(element) {
    return place.contains(element) && element.getClientRects().length > 0;
  }

  function focusQuestion() {
    const asked = fields.find((field) => !field.element.hidden);
    if (!asked) {
      done.focus();
      return;
    }
    asked.focus();
    // The question is read before its answers: not only the field comes into view.
    asked.element.scrollIntoView({ block: "nearest" });
  }

  function showProgress(found, open, isSteps) {
    const count = Object.keys(answers.values).length;
    const isAgain = Boolean(answers.at);
    const words = isAgain ? WORDS.again : WORDS.progress(count + 1, open.length);
    progress.textContent = isSteps && current ? words : "";
    progress.hidden = !progress.textContent;
    next.hidden = !isSteps || !current;
    skip.hidden = !isSteps || !current;
    const isFinished = !open.length && !(isSteps && current);
    done.textContent = found.needed.length ? WORDS.onlySkipped : WORDS.nothingLeft;
    done.hidden = !isFinished;
    askSkipped.hidden = !isSteps || !isFinished || !found.needed.length;
  }

  function notesOf(fact, found) {
    const isAnswered = selfcheck.factsOf(answers)[fact] !== undefined;
    return {
      problem: found.problems[fact],
      isIdle: isAnswered ? found.isIdle(fact) : !found.needed.includes(fact),
    };
  }

  /* While somebody types: fields stay as they are. */
  function showFindings() {
    const found = selfcheck.findings(topic, answers, today());
    for (const field of fields) field.note(notesOf(field.fact, found));
    showResults(found);
  }

  // What is shown ------------------------------------------------------------------------------------

  function showResults(found) {
    showStatus(found);
    showGiven(found);
    const cards = [
      ...found.decisions.map(card),
      ...found.deadlines.map(card),
      ...found.rulings.map(card),
    ];
    if (found.papers.length) {
      cards.push(make("h3", { class: "check-papers", text: WORDS.papers }));
      cards.push(make("ul", { class: "check-paper-list" }, found.papers.map(paper)));
    }
    const heading = make("h2", { id: "check-results", text: WORDS.findings });
    refresh(results, [heading, ...cards]);
    showPrintHead();
  }

  /* What looks the same stays: a button that is being pressed must not vanish under the finger. */
  function refresh(element, children) {
    const old = [...element.children];
    const isSame =
      old.length === children.length && old.every((each, at) => each.isEqualNode(children[at]));
    if (!isSame) element.replaceChildren(...children);
  }

  function showStatus(found) {
    const parts = [...found.decisions, ...found.deadlines, ...found.rulings].map((each) =>
      WORDS.of(each.of.label, each.readings.length ? `${each.word}（${WORDS.doubt}）` : each.word)
    );
    if (found.needed.length) parts.push(WORDS.left(found.needed.length));
    const words = WORDS.status(parts);
    // What has not changed is not said again.
    if (status.textContent !== words) status.textContent = words;
  }

  function showGiven(found) {
    const rows = topic.questions
      .filter((question) => answers.values[question.fact] !== undefined)
      .map((question) => givenRow(question, found));
    const heading = make("h2", { id: "check-given", text: WORDS.given });
    if (!rows.length) rows.push(make("p", { class: "note", text: WORDS.nothing }));
    refresh(given, [heading, ...rows]);
    given.classList.toggle("check-given--none", !Object.keys(answers.values).length);
  }

  function givenRow(question, found) {
    const label = labelOf(question.fact);
    const value = selfcheck.answerText(topic, question, answers.values[question.fact]);
    const row = make("div", { class: "check-given-row" }, [
      make("span", { class: "check-given-name", text: label }),
      make("b", { class: "check-given-value", text: value }),
    ]);
    if (question.law) row.append(link(question.law, "cite"));
    const remark = found.problems[question.fact]
      ? WORDS.isWrong
      : found.isIdle(question.fact) && WORDS.isIdle;
    if (remark) row.append(make("span", { class: "check-given-remark", text: remark }));
    const change = button(WORDS.change, "check-button--small", () => askAgain(question.fact));
    change.setAttribute("aria-label", WORDS.changeOf(label));
    row.append(change);
    return row;
  }

  function badge(finding) {
    return make("b", { class: `check-word check-word--${finding.look}`, text: finding.word });
  }

  function card(finding) {
    const head = make("h3", {}, [link(finding.of)]);
    const verdict = make("p", { class: "check-verdict" }, [words(finding)]);
    if (finding.readings.length) verdict.append(" ", doubtSign());
    if (finding.law) verdict.append(" ", link(finding.law, "cite"));
    const element = make("section", { class: "check-card" }, [head, verdict]);
    for (const sentence of finding.says) element.append(make("p", { text: sentence }));
    if (finding.because.length) element.append(named(WORDS.because, reasons(finding.because)));
    if (finding.rules) element.append(named(WORDS.basis, byRules(finding.rules)));
    element.append(...stillMissing(finding), ...doubts(finding));
    if (finding.of.note) {
      element.append(make("p", { class: "note", text: WORDS.note + finding.of.note }));
    }
    return element;
  }

  /* Several days are a list; one verdict is a word with a sign. */
  function words(finding) {
    if (!finding.days || finding.days.length < 2) return badge(finding);
    const days = finding.days.map((each) =>
      make("b", { class: "check-word check-word--other", text: each })
    );
    return make("span", { class: "check-days" }, days);
  }

  function named(name, content) {
    return make("div", { class: "check-part" }, [
      make("p", { class: "check-part-name", text: name }),
      content,
    ]);
  }

  function reasons(because) {
    return make(
      "ul",
      {},
      because.map((each) => make("li", {}, [each.text, " ", link(each.law, "cite")]))
    );
  }

  function byRules(rules) {
    return make(
      "ol",
      {},
      rules.map((rule) => {
        const line = make("li", {}, [link(rule.of), WORDS.colon, badge(rule)]);
        if (rule.because.length) line.append(reasons(rule.because));
        return line;
      })
    );
  }

  function stillMissing(finding) {
    if (!finding.missing.length) return [];
    const labels = finding.missing.map((fact) => make("li", { text: labelOf(fact) }));
    return [named(WORDS.missing, make("ul", {}, labels))];
  }

  function doubtSign() {
    return make("span", { class: "doubt", text: WORDS.doubt });
  }

  function doubts(finding) {
    return finding.readings.map((id) => {
      const reading = topic.readings[id];
      const [before, after] = WORDS.doubtful;
      const first = make("p", {}, [doubtSign(), " ", before, link(topic.interpreter), after]);
      first.append(link(reading));
      const element = make("div", { class: "check-doubt" }, [first]);
      if (reading.alternative) {
        element.append(make("p", { text: WORDS.other + reading.alternative }));
      }
      return element;
    });
  }

  function paper(finding) {
    const head = make("p", {}, [badge(finding), " ", link(finding.of), " "]);
    head.append(link(finding.law, "cite"));
    if (finding.readings.length) head.append(" ", doubtSign());
    const element = make("li", { class: `check-paper check-paper--${finding.look}` }, [head]);
    if (finding.look !== "no") {
      element.append(make("p", { class: "check-paper-says", text: finding.says.join("；") }));
    }
    if (finding.because.length) element.append(reasons(finding.because));
    element.append(...stillMissing(finding), ...doubts(finding));
    return element;
  }

  /* What a sheet of paper has to say that the screen says elsewhere. */
  function showPrintHead() {
    printHead.replaceChildren(
      make("p", { text: `${topic.regulation}${WORDS.comma}${WORDS.edition(topic.edition)}` }),
      make("p", { text: WORDS.printed(selfcheck.chinese(today())) + WORDS.caution })
    );
  }

  build();
  read();
  // What this page itself has put into the address it has read at once.
  window.addEventListener("hashchange", () => {
    if (location.hash.slice(1) !== shown) read();
  });
})(banfaSelfcheck);
