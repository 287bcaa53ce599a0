/* What follows from the answers, in words: banfaSelfcheck.findings(topic, answers, today).

   All judging is done by banfa.assess; here its results are only put beside the topic's words. */

var banfaSelfcheck = banfaSelfcheck || {};

(function (selfcheck) {
  "use strict";

  const WORDS = {
    verdict: { yes: "是", no: "否", unknown: "待填" },
    required: { yes: "需要", no: "不需要", unknown: "待填" },
    possible: (labels) => `可能的结果：${labels.join("、")}`,
    none: "其间没有这样的日期",
    notYet: "尚不能推算",
    until: (day) => `不迟于${day}`,
    between: (first, last) => `${first}至${last}`,
    rolls: (day) => `最后一日是休息日，顺延后为${day}（只作提示）`,
    counted: (how) => `算法：${how}`,
    to: (whom) => `报${whom}`,
    formOf: (whole) => `是${whole}的一种形式，不另计`,
    asOf: (day) => `截至${day}，`,
    opensIn: (days) => `还有${days}天开始。`,
    left: (days) => `还有${days}天。`,
    lastDay: "当日届满。",
    past: (days) => `已过${days}天。`,
    askWhetherRolled: (organ) => `已过截止日，是否顺延请先询问${organ}。`,
    nextOne: (day) => `下一次为${day}。`,
    allPast: "各次均已到期。",
  };

  /* {decisions, deadlines, rulings, papers} with what each of them comes to; `needed`: the facts
     that can still make a difference; `isIdle`: whether an answer makes none; `problems` by fact. */
  function findings(topic, answers, today) {
    const facts = selfcheck.factsOf(answers);
    const day = answers.day || today;
    const found = banfa.assess(topic.rules, facts, day);
    const problems = {};
    for (const each of found.problems) problems[each.fact] = each.message;
    return {
      decisions: topic.decisions.map((each) => decided(topic, each, found)),
      deadlines: topic.deadlines.map((each) => dated(topic, each, found.deadlines[each.id], day)),
      rulings: topic.rulings.map((each) => ruled(topic, each, found)),
      papers: topic.papers.map((each) => asked(topic, each, found.documents[each.id])),
      needed: needed(topic, found),
      isIdle: (fact) => fact in facts && isIdle(topic, facts, fact, day),
      problems: problems,
    };
  }

  /* The facts that the results still lack, in the order of asking. */
  function needed(topic, found) {
    const missing = [].concat(
      ...topic.decisions.map((each) => found.decisions[each.id].missing),
      ...topic.deadlines.map((each) => found.deadlines[each.id].missing),
      ...topic.rulings.map((each) => found.rules[each.id].missing),
      ...topic.papers.map((each) => found.documents[each.id].missing)
    );
    return topic.questions.map((each) => each.fact).filter((fact) => missing.includes(fact));
  }

  /* An answer matters if and only if, without it, it is missing. */
  function isIdle(topic, facts, fact, day) {
    const others = Object.assign({}, facts);
    delete others[fact];
    return !needed(topic, banfa.assess(topic.rules, others, day)).includes(fact);
  }

  function decided(topic, decision, found) {
    const { outcome, possible, missing, readings } = found.decisions[decision.id];
    const chosen = outcome === null ? null : decision.outcomes[outcome];
    const labels = possible.map((each) => decision.outcomes[each].label);
    return {
      of: decision,
      word: chosen ? chosen.label : WORDS.verdict.unknown,
      look: chosen ? "other" : "unknown",
      says: chosen ? [chosen.says] : [decision.unknown, WORDS.possible(labels)],
      law: chosen ? chosen.law : null,
      missing: missing,
      readings: readings,
      because: [],
      rules: upTo(outcome, decision.rules).map((each) => ruled(topic, each, found)),
    };
  }

  /* The rules that were gone through: after the one that decides, nobody looks further. */
  function upTo(outcome, rules) {
    const place = rules.findIndex((each) => each.id === outcome);
    return place < 0 ? rules : rules.slice(0, place + 1);
  }

  function ruled(topic, rule, found) {
    const { verdict, because, missing, readings } = found.rules[rule.id];
    return {
      of: rule,
      word: WORDS.verdict[verdict],
      look: verdict === "yes" ? rule.look : verdict,
      says: [rule.says[verdict]],
      law: rule.law,
      missing: missing,
      readings: readings,
      because: because.map((each) => ({ text: each.text, law: topic.laws[each.law] })),
    };
  }

  function asked(topic, paper, found) {
    return {
      of: paper,
      word: WORDS.required[found.required],
      look: found.required,
      says: [
        paper.to ? `${WORDS.to(paper.to)}，${paper.when}` : paper.when,
        ...(paper.form_of ? [WORDS.formOf(paper.form_of)] : []),
      ],
      law: paper.law,
      missing: found.missing,
      readings: found.readings,
      because: found.because.map((each) => ({ text: each.text, law: topic.laws[each.law] })),
    };
  }

  function dated(topic, deadline, found, day) {
    const days = (found.dates || []).map(chinese);
    const known = days.length || found.due;
    const says = [WORDS.counted(deadline.counted)];
    if (known) says.unshift(deadline.says);
    if (found.rolls_to) says.splice(1, 0, WORDS.rolls(chinese(found.rolls_to)));
    const left = known ? leftOf(topic, found, day) : "";
    if (left) says.unshift(WORDS.asOf(chinese(day)) + left);
    return {
      of: deadline,
      word: dateWord(topic, found, days),
      days: days,
      look: known ? "other" : "unknown",
      says: says,
      law: deadline.law,
      missing: found.missing,
      readings: found.readings,
      because: [],
    };
  }

  function dateWord(topic, found, days) {
    if (found.missing.length) return WORDS.verdict.unknown;
    if (found.dates) return days.join("、") || WORDS.none;
    if (!found.due) return `${WORDS.notYet}。${topic.calendar}`;
    return found.opens
      ? WORDS.between(chinese(found.opens), chinese(found.due))
      : WORDS.until(chinese(found.due));
  }

  function leftOf(topic, found, day) {
    if (found.dates) {
      const next = found.dates.find((each) => each >= day);
      return next ? WORDS.nextOne(chinese(next)) : WORDS.allPast;
    }
    if (found.opens && day < found.opens) return WORDS.opensIn(daysBetween(day, found.opens));
    const days = daysBetween(day, found.due);
    if (days > 0) return WORDS.left(days);
    if (days === 0) return WORDS.lastDay;
    // Between the last day and the day that it may roll to nobody here decides.
    if (found.rolls_to && day <= found.rolls_to) {
      return WORDS.askWhetherRolled(topic.interpreter.label);
    }
    return WORDS.past(-days);
  }

  function daysBetween(from, to) {
    return Math.round((Date.parse(to) - Date.parse(from)) / 86400000);
  }

  /* 2022年10月12日 */
  function chinese(day) {
    const [year, month, date] = day.split("-").map(Number);
    return `${year}年${month}月${date}日`;
  }

  selfcheck.findings = findings;
  selfcheck.chinese = chinese;
})(banfaSelfcheck);
