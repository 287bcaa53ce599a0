/* The questions of a topic as fields of a form, built once: banfaSelfcheck.fieldsOf(topic, changed).

   Each field is {element, fact, show(value, notes), value(), focus()}. `changed` is called with the
   fact whenever somebody types or chooses, and whether that is finished. */

var banfaSelfcheck = banfaSelfcheck || {};

(function (selfcheck) {
  "use strict";

  const WORDS = {
    yes: "是",
    no: "否",
    clear: "清除",
    none: "没有",
    some: "有，逐笔填写",
    row: (number) => `第${number}笔`,
    add: "添加一笔",
    remove: "删除",
    removeRow: (number) => `删除第${number}笔`,
    idle: "按现在所填，此项不影响结论，可以不填。",
    unusual: (unit) => `数额很大，请核对单位是不是${unit}。`,
    badDay: "日期没有填完整，或者没有这一天。",
  };

  function make(tag, attributes, children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "text") element.textContent = value;
      else element.setAttribute(name, value);
    }
    element.append(...(children || []));
    return element;
  }

  function button(words, look, clicked) {
    const element = make("button", { type: "button", class: `check-button ${look}`, text: words });
    element.addEventListener("click", clicked);
    return element;
  }

  function link(it, look) {
    return make("a", { href: it.href, class: look || "", text: it.label });
  }

  function fieldsOf(topic, changed) {
    return topic.questions.map((question) => fieldOf(topic, question, changed));
  }

  function fieldOf(topic, question, changed) {
    const fact = topic.rules.facts[question.fact];
    const control = CONTROLS[fact.type](question, fact, topic, (finished) =>
      changed(question.fact, finished)
    );
    const problem = make("p", { class: "check-problem", id: `problem-${question.fact}` });
    const remark = make("p", { class: "check-remark", id: `remark-${question.fact}` });
    const clear = button(WORDS.clear, "check-button--small check-clear", () => {
      control.show(undefined);
      control.focus();
      changed(question.fact, true);
    });
    const name = make(control.isGroup ? "legend" : "label", { class: "check-ask" });
    if (!control.isGroup) name.setAttribute("for", `answer-${question.fact}`);
    name.append(question.ask);
    const help = make("p", { class: "check-help", id: `help-${question.fact}` });
    help.append(question.help);
    if (question.law) help.append(" ", link(question.law, "cite"));
    const element = make(
      control.isGroup ? "fieldset" : "div",
      { class: "check-field", id: `field-${question.fact}` },
      [name, help, control.element, problem, remark, clear]
    );
    const described = `help-${question.fact} problem-${question.fact} remark-${question.fact}`;
    if (control.isGroup) element.setAttribute("aria-describedby", described);
    else control.inputs()[0].setAttribute("aria-describedby", described);

    function show(value, notes) {
      control.show(value);
      note(notes);
    }

    /* {problem, isIdle}: what is wrong with the answer, whether it makes no difference. */
    function note(notes) {
      const wrong = control.problem() || notes.problem || "";
      const value = control.value();
      if (problem.textContent !== wrong) problem.textContent = wrong;
      const remarks = [];
      if (notes.isIdle) remarks.push(WORDS.idle);
      if (!wrong && isUnusual(question, value)) remarks.push(WORDS.unusual(fact.unit));
      if (remark.textContent !== remarks.join("")) remark.textContent = remarks.join("");
      problem.hidden = !wrong;
      remark.hidden = !remarks.length;
      clear.hidden = value === undefined && !control.problem();
      element.classList.toggle("check-field--idle", notes.isIdle);
      for (const input of control.inputs()) {
        if (wrong && input.type !== "radio" && control.isWrong(input)) {
          input.setAttribute("aria-invalid", "true");
        } else input.removeAttribute("aria-invalid");
      }
    }

    return {
      element: element,
      fact: question.fact,
      show: show,
      note: note,
      value: control.value,
      isHalfDone: () => Boolean(control.problem()),
      focus: control.focus,
    };
  }

  function isUnusual(question, value) {
    const amounts = [].concat(value === undefined ? [] : value);
    return Boolean(question.unusual) && amounts.some((each) => Math.abs(each) >= question.unusual);
  }

  // Controls: {element, isGroup, inputs(), show(value), value(), focus(), problem(), isWrong()} -------

  function yesnoControl(question, fact, topic, changed) {
    const choices = [
      { id: "yes", label: WORDS.yes },
      { id: "no", label: WORDS.no },
    ];
    return choiceControl(Object.assign({}, question, { choices: choices }), fact, topic, changed);
  }

  function choiceControl(question, fact, topic, changed) {
    const group = radios(question.fact, question.choices, () => changed(true));
    return {
      element: group.element,
      isGroup: true,
      inputs: () => group.inputs,
      show: group.show,
      value: group.value,
      focus: group.focus,
      problem: () => "",
      isWrong: () => false,
    };
  }

  /* Choices big enough for a thumb, one below the other unless they are short. */
  function radios(name, choices, changed) {
    const inputs = choices.map((choice) =>
      make("input", { type: "radio", name: `answer-${name}`, value: choice.id })
    );
    const isShort = choices.every((choice) => choice.label.length <= 8) && choices.length <= 3;
    const element = make(
      "div",
      { class: `check-choices${isShort ? " check-choices--short" : ""}` },
      choices.map((choice, place) =>
        make("label", { class: "check-choice" }, [inputs[place], make("span", { text: choice.label })])
      )
    );
    // What is neither of the choices is still shown to be wrong, and kept until one is chosen.
    let other;
    for (const input of inputs) {
      input.addEventListener("change", () => {
        other = undefined;
        changed();
      });
    }
    return {
      element: element,
      inputs: inputs,
      show: (value) => {
        for (const input of inputs) input.checked = input.value === value;
        other = value;
      },
      value: () => (inputs.find((input) => input.checked) || { value: other }).value,
      focus: () => (inputs.find((input) => input.checked) || inputs[0]).focus(),
    };
  }

  function amountControl(question, fact, topic, changed) {
    const input = amountInput(fact, { id: `answer-${question.fact}` }, changed);
    return single(input, make("div", { class: "check-amount" }, [input, unitOf(fact)]));
  }

  function unitOf(fact) {
    return make("span", { class: "check-unit", text: fact.unit });
  }

  function amountInput(fact, attributes, changed) {
    const input = make("input", {
      type: "text",
      // The digits' keyboard of some telephones has no minus.
      inputmode: fact.signed ? "text" : "decimal",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "60",
      class: "check-input",
      ...attributes,
    });
    listen(input, changed);
    return input;
  }

  /* A date changes with every digit of its year: it is finished when one leaves it. */
  function listen(input, changed) {
    const finished = input.type === "date" ? "blur" : "change";
    input.addEventListener("input", () => changed(false));
    input.addEventListener(finished, () => changed(true));
  }

  function single(input, element) {
    return {
      element: element,
      isGroup: false,
      inputs: () => [input],
      show: (value) => {
        if (input.value !== (value || "")) input.value = value || "";
      },
      value: () => input.value || undefined,
      focus: () => input.focus(),
      problem: () => "",
      isWrong: () => true,
    };
  }

  function dateControl(question, fact, topic, changed) {
    const { first, last } = topic.rules.days;
    const attributes = { type: "date", min: first, max: last, class: "check-input" };
    const input = make("input", { id: `answer-${question.fact}`, ...attributes });
    // A field for dates holds nothing but days that exist; another day may stand in the address.
    let other;
    input.addEventListener("input", () => (other = undefined));
    listen(input, changed);
    return Object.assign(single(input, input), {
      show: (value) => {
        if (input.value !== (value || "") || !value) input.value = value || "";
        other = value;
      },
      value: () => input.value || other,
      problem: () => (input.validity.badInput ? WORDS.badDay : ""),
    });
  }

  function amountsControl(question, fact, topic, changed) {
    const choices = [
      { id: "none", label: WORDS.none },
      { id: "some", label: WORDS.some },
    ];
    const list = make("ol", { class: "check-rows" });
    let rows = [];
    const whether = radios(question.fact, choices, () => {
      rebuild(whether.value() === "some" ? [""] : []);
      if (rows.length) rows[0].focus();
      changed(true);
    });
    const add = button(WORDS.add, "check-button--small", () => {
      rebuild([...values(), ""]);
      rows[rows.length - 1].focus();
      changed(true);
    });

    function values() {
      return rows.map((row) => row.value);
    }

    function rebuild(written) {
      if (written.length !== rows.length) {
        rows = written.map((_, place) => {
          const named = { "aria-label": WORDS.row(place + 1) };
          return amountInput(fact, named, changed);
        });
        list.replaceChildren(...rows.map((row, place) => rowOf(row, place)));
      }
      rows.forEach((row, place) => {
        if (row.value !== written[place]) row.value = written[place];
      });
      list.hidden = add.hidden = !rows.length;
    }

    function rowOf(row, place) {
      const remove = button(WORDS.remove, "check-button--small", () => {
        const left = values().filter((_, at) => at !== place);
        rebuild(left);
        if (!left.length) whether.show("none");
        (rows[Math.min(place, rows.length - 1)] || { focus: whether.focus }).focus();
        changed(true);
      });
      remove.setAttribute("aria-label", WORDS.removeRow(place + 1));
      const words = make("span", { class: "check-row-name", text: WORDS.row(place + 1) });
      words.setAttribute("aria-hidden", "true");
      return make("li", { class: "check-amount" }, [words, row, unitOf(fact), remove]);
    }

    rebuild([]);
    return {
      element: make("div", {}, [whether.element, list, add]),
      isGroup: true,
      inputs: () => rows,
      show: (value) => {
        whether.show(value === undefined ? undefined : value.length ? "some" : "none");
        rebuild(value || []);
      },
      value: () => (whether.value() === undefined ? undefined : values()),
      focus: () => (rows[0] || { focus: whether.focus }).focus(),
      problem: () => "",
      isWrong: (input) => {
        const written = input.value.trim();
        const facts = { [question.fact]: [written || null] };
        const day = topic.rules.days.first;
        return Boolean(written) && banfa.assess(topic.rules, facts, day).problems.length > 0;
      },
    };
  }

  const CONTROLS = {
    yesno: yesnoControl,
    choice: choiceControl,
    amount: amountControl,
    amounts: amountsControl,
    date: dateControl,
  };

  /* An answer in the words of its question. */
  function answerText(topic, question, value) {
    const fact = topic.rules.facts[question.fact];
    if (fact.type === "yesno") return { yes: WORDS.yes, no: WORDS.no }[value] || value;
    if (fact.type === "date") {
      return selfcheck.isDay(topic, value) ? selfcheck.chinese(value) : value;
    }
    if (fact.type === "amount") return `${value}${fact.unit}`;
    if (fact.type === "amounts") {
      return value.map((each) => (each ? `${each}${fact.unit}` : "？")).join("、") || WORDS.none;
    }
    return (question.choices.find((each) => each.id === value) || { label: value }).label;
  }

  selfcheck.make = make;
  selfcheck.button = button;
  selfcheck.link = link;
  selfcheck.fieldsOf = fieldsOf;
  selfcheck.answerText = answerText;
})(banfaSelfcheck);
