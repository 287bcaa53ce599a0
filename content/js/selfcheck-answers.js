/* What a reader has filled in, as the part of the page's address behind the #, and back.

   `answers` are {values, day, view, at, skipped}: `values` by fact as people write them (a list for
   lists of amounts), `day` the day that dates are looked at from ("" is today), `view` "steps" or
   "form", `at` the question that is asked again, `skipped` those left blank on purpose. Browsers
   send nothing behind the # to a server. */

var banfaSelfcheck = banfaSelfcheck || {};

(function (selfcheck) {
  "use strict";

  // No id of the model has a hyphen, so none of these is a fact.
  const DAY = "-day";
  const VIEW = "-view";
  const AT = "-at";
  const SKIPPED = "-skip";
  const LIST = "amounts";

  function blank() {
    return { values: {}, day: "", view: "steps", at: "", skipped: [] };
  }

  function copyOf(answers) {
    return Object.assign({}, answers, {
      values: Object.assign({}, answers.values),
      skipped: answers.skipped.slice(),
    });
  }

  function writeAnswers(topic, answers) {
    const parts = [];
    for (const question of topic.questions) {
      const value = answers.values[question.fact];
      if (value !== undefined) parts.push([question.fact, written(value)]);
    }
    if (answers.day) parts.push([DAY, encoded(answers.day)]);
    if (answers.view !== "steps") parts.push([VIEW, answers.view]);
    if (answers.at) parts.push([AT, answers.at]);
    if (answers.skipped.length) parts.push([SKIPPED, answers.skipped.join(",")]);
    return parts.map((part) => part.join("=")).join("&");
  }

  /* Each amount of a list has a comma before it, so that none and one blank differ. */
  function written(value) {
    return Array.isArray(value) ? value.map((each) => "," + encoded(each)).join("") : encoded(value);
  }

  /* Mail programs end an address at some of the signs that are left as they are. */
  function encoded(text) {
    return encodeURIComponent(text).replace(
      /[!'()*~]/g,
      (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase()
    );
  }

  /* The answers, and how many parts of the address are none of this topic's. */
  function readAnswers(topic, fragment) {
    const answers = blank();
    const facts = topic.questions.map((question) => question.fact);
    let strange = 0;
    for (const part of fragment.replace(/^#/, "").split("&")) {
      const [name, ...rest] = part.split("=");
      if (part && !readPart(topic, facts, answers, name, rest.join("="))) strange += 1;
    }
    return { answers: answers, strange: strange };
  }

  function readPart(topic, facts, answers, name, raw) {
    if (facts.includes(name)) {
      const value = valueOf(topic.rules.facts[name].type, raw);
      if (value === null) return false;
      answers.values[name] = value;
      return true;
    }
    if (name === VIEW && (raw === "form" || raw === "steps")) answers.view = raw;
    else if (name === AT && facts.includes(raw)) answers.at = raw;
    else if (name === DAY && isDay(topic, decoded(raw))) answers.day = decoded(raw);
    else if (name === SKIPPED && raw.split(",").every((each) => facts.includes(each))) {
      answers.skipped = raw.split(",");
    } else return false;
    return true;
  }

  function valueOf(type, raw) {
    if (type !== LIST) return decoded(raw) || null;
    if (raw === "") return [];
    if (!raw.startsWith(",")) return null;
    const values = raw.slice(1).split(",").map(decoded);
    return values.includes(null) ? null : values;
  }

  function decoded(raw) {
    try {
      return decodeURIComponent(raw);
    } catch {
      return null;
    }
  }

  /* Whether it is a day that the rules take: they are asked themselves. */
  function isDay(topic, text) {
    const day = { label: "", type: "date" };
    const data = Object.assign({}, topic.rules, { facts: { day: day }, rules: {}, decisions: {} });
    data.deadlines = data.documents = {};
    return Boolean(text) && !banfa.assess(data, { day: text }, text).problems.length;
  }

  /* As `banfa decide` takes them: a blank is unknown; blanks around a value are no part of it. */
  function factsOf(answers) {
    const facts = {};
    for (const fact of Object.keys(answers.values)) {
      const value = answers.values[fact];
      if (Array.isArray(value)) facts[fact] = value.map((each) => each.trim() || null);
      else if (value.trim()) facts[fact] = value.trim();
    }
    return facts;
  }

  selfcheck.blank = blank;
  selfcheck.copyOf = copyOf;
  selfcheck.writeAnswers = writeAnswers;
  selfcheck.readAnswers = readAnswers;
  selfcheck.factsOf = factsOf;
  selfcheck.isDay = isDay;
})(banfaSelfcheck);
