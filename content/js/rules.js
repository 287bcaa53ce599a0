/* The rules of an edition, evaluated where the reader is: banfa.assess(data, facts, asOf).

   `data` is what generator/rules/browser.py writes; `facts` are answers as people give them; `asOf`
   is the day on which stages are looked at, as YYYY-MM-DD. The result is that of
   generator/rules/assess.py, word for word. There are three truth values; no
   amount passes through floating point and no day through a time zone. */

var banfa = (function () {
  "use strict";

  const NO = 0;
  const UNKNOWN = 1;
  const YES = 2;
  const WORDS = ["no", "unknown", "yes"];

  /* A project is {data, answers, reading}: `reading` is the one that is flipped, or "". */
  function assess(data, facts, asOf) {
    const read = readAnswers(data, facts);
    const project = { data: data, answers: read.answers, reading: "" };
    const today = dayOf(asOf);
    return {
      rules: mapped(data.rules, (rule) => ruleResult(rule, project)),
      decisions: mapped(data.decisions, (decision) => decisionResult(decision, project)),
      deadlines: mapped(data.deadlines, (deadline) => deadlineResult(deadline, project)),
      documents: mapped(data.documents, (paper) => documentResult(paper, project)),
      stages: mapped(data.stages, (steps) => stageResult(steps, today, project)),
      problems: read.problems,
    };
  }

  // Answers: raw values → typed ones, a problem for each bad one ----------------------------------

  /* Known answers by fact: "yes" or "no" or another choice, amounts in smallest steps (BigInt),
     lists of these with null for a blank, days as numbers. */
  function readAnswers(data, facts) {
    const answers = Object.create(null);
    const problems = [];
    for (const name of Object.keys(facts)) {
      const raw = facts[name];
      if (!has(data.facts, name)) {
        const hint = suggestion(name, Object.keys(data.facts)) || "。";
        problems.push({ fact: name, message: `未知的事实 “${name}”${hint}` });
      } else if (!isBlank(raw)) {
        const fact = data.facts[name];
        const read = READERS[fact.type](fact, raw, data);
        if (has(read, "value")) answers[name] = read.value;
        else problems.push({ fact: name, message: `${fact.label}：${read.problem}` });
      }
    }
    for (const found of disordered(data, answers)) {
      if (answers[found.fact] !== undefined) problems.push(found);
      delete answers[found.fact];
    }
    return { answers: answers, problems: problems };
  }

  /* Ends before their starts. */
  function disordered(data, answers) {
    const found = [];
    for (const deadline of Object.values(data.deadlines)) {
      const { every, start, until } = deadline.schedule;
      if (every && answers[until] < answers[start]) {
        const [first, last] = [data.facts[start].label, data.facts[until].label];
        const [from, to] = [written(answers[start]), written(answers[until])];
        found.push({ fact: until, message: `${last}：${to} 早于${first} ${from}。` });
      }
    }
    return found;
  }

  const READERS = {
    yesno: readYesNo,
    choice: readChoice,
    amount: readAmount,
    amounts: readAmounts,
    date: readDate,
    text: readText,
  };

  function readYesNo(fact, raw) {
    const word = wordOf(raw);
    if (word === "yes" || word === "no") return { value: word };
    return { problem: `应为 yes 或 no，现为 ${shown(raw)}。` };
  }

  function readChoice(fact, raw) {
    const word = wordOf(raw);
    const choices = Object.keys(fact.says);
    if (choices.includes(word)) return { value: word };
    const hint = (typeof word === "string" && suggestion(word, choices)) || "。";
    return { problem: `应为 ${choices.join("、")} 之一，现为 ${shown(raw)}${hint}` };
  }

  function wordOf(raw) {
    if (typeof raw === "boolean") return raw ? "yes" : "no";
    return raw;
  }

  function readAmount(fact, raw) {
    const number = numberOf(raw);
    if (number === null) {
      return { problem: `应为数字（${fact.unit}），只写半角数字和小数点，现为 ${shown(raw)}。` };
    }
    const one = power(number.places);
    const scaled = number.units * power(fact.decimals);
    if (size(scaled) > BigInt(fact.highest) * one) {
      const most = decimal(BigInt(fact.highest), fact.decimals);
      return { problem: `超过 ${most}${fact.unit} 的上限，请核对单位。` };
    }
    const steps = scaled / one;
    if (steps * one !== scaled) {
      return { problem: `${fact.unit}最多 ${fact.decimals} 位小数，现为 ${shown(raw)}。` };
    }
    if (!fact.signed && steps < fact.lowest) {
      return { problem: `应${fact.bound}，现为 ${shown(raw)}。` };
    }
    return { value: steps };
  }

  const DIGITS = /^([-+]?[0-9]+)(?:\.([0-9]+))?$/;
  const SHORTEST = /^(-?[0-9]+)(?:\.([0-9]+))?(?:e([-+][0-9]+))?$/;

  /* {units, places}: a number, or text that writes one out in digits; a JavaScript number stands
     for the shortest decimal that reads back as it, which is how it was typed. */
  function numberOf(raw) {
    const form = { string: DIGITS, number: SHORTEST }[typeof raw];
    const found = form && form.exec(String(raw));
    if (!found) return null;
    const [, whole, fraction = "", exponent = "0"] = found;
    const places = fraction.length - Number(exponent);
    const units = BigInt((whole + fraction).replace("+", ""));
    return places < 0
      ? { units: units * power(-places), places: 0 }
      : { units: units, places: places };
  }

  function readAmounts(fact, raw) {
    if (!Array.isArray(raw)) {
      return { problem: `应为金额的列表，没有则写 []，现为 ${shown(raw)}。` };
    }
    const read = raw.map((each) => (isBlank(each) ? { value: null } : readAmount(fact, each)));
    const wrong = read.find((each) => has(each, "problem"));
    return wrong || { value: read.map((each) => each.value) };
  }

  function readDate(fact, raw, data) {
    if (typeof raw !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(raw)) {
      return { problem: `应为日期，写作 2024-06-30，现为 ${shown(raw)}。` };
    }
    const day = dayOf(raw);
    if (raw < "0001" || written(day) !== raw) return { problem: `没有 ${raw} 这一天。` };
    const { first, last } = data.days;
    if (raw < first || raw > last) {
      const years = `${first.slice(0, 4)}年至${last.slice(0, 4)}年`;
      return { problem: `日期须在${years}之间，现为 ${raw}。` };
    }
    return { value: day };
  }

  function readText(fact, raw) {
    if (typeof raw === "string" || typeof raw === "number") return { value: String(raw) };
    return { problem: `应为文字，现为 ${shown(raw)}。` };
  }

  function shown(raw) {
    if (Array.isArray(raw)) return "列表";
    if (typeof raw === "object") return "“键: 值”";
    // 1e+21 is 1E+21 to a Decimal.
    const text = typeof raw === "number" ? String(raw).replace("e", "E") : String(raw);
    const characters = Array.from(text);
    return `“${characters.length <= 40 ? text : characters.slice(0, 40).join("") + "…"}”`;
  }

  // Conditions ------------------------------------------------------------------------------------

  function holds(node, project) {
    if (node.all) return Math.min(...node.all.map((part) => holds(part, project)));
    if (node.any) return Math.max(...node.any.map((part) => holds(part, project)));
    if (node.not) return YES - holds(node.not, project);
    return testTruth(testOf(node, project), project);
  }

  function testOf(leaf, project) {
    return leaf.alternatives[project.reading] || leaf.test;
  }

  /* The facts that can still make the difference. */
  function missing(node, project) {
    if (holds(node, project) !== UNKNOWN) return [];
    if (node.not) return missing(node.not, project);
    const parts = node.all || node.any;
    if (parts) return unique(joined(parts.map((part) => missing(part, project))));
    return testOf(node, project).facts.filter((fact) => !isKnown(project.answers[fact]));
  }

  /* The leaves that decide a condition of this truth; while it is unknown, those settled. */
  function because(node, truth, negated, project) {
    if (node.not) return because(node.not, YES - truth, !negated, project);
    const parts = node.all || node.any;
    if (!parts) return truth === UNKNOWN ? [] : [reason(node, truth, negated, project)];
    return joined(
      parts.map((part) => {
        const own = holds(part, project);
        return truth === UNKNOWN || own === truth ? because(part, own, negated, project) : [];
      })
    );
  }

  function reason(leaf, truth, negated, project) {
    const test = testOf(leaf, project);
    const said = test.choices ? choiceSaid(test, project) : { text: amountText(test, project) };
    return { law: said.law || leaf.law, text: said.text, holds: (truth === YES) !== negated };
  }

  /* The sentence for the answer, and the answer's own place in the law if it has one. */
  function choiceSaid(test, project) {
    const [fact] = test.facts;
    const answer = project.answers[fact];
    const law = has(test.choices, answer) ? test.choices[answer] : null;
    return { text: project.data.facts[fact].says[answer], law: law };
  }

  function isKnown(answer) {
    return answer !== undefined && !(Array.isArray(answer) && answer.includes(null));
  }

  function testTruth(test, project) {
    if (!test.choices) return amountTruth(test, project);
    const answer = project.answers[test.facts[0]];
    if (answer === undefined) return UNKNOWN;
    return has(test.choices, answer) ? YES : NO;
  }

  // Amounts ---------------------------------------------------------------------------------------

  /* An amount is {least, most, places}: whole numbers in units of 10^-places of a smallest step,
     so that a share of an amount is exact too; equal where the amount is known. */
  function amountOf(term, project) {
    if (has(term, "steps")) return exactly(BigInt(term.steps));
    if (term.sum) return sumOfSizes(term.sum, project);
    const amount = factAmount(term.fact, project);
    if (!term.times) return amount;
    const times = BigInt(term.times.number);
    return {
      least: amount.least * times,
      most: amount.most * times,
      places: term.times.places,
    };
  }

  function exactly(steps) {
    return { least: steps, most: steps, places: 0 };
  }

  function factAmount(name, project) {
    const answer = project.answers[name];
    if (typeof answer === "bigint") return exactly(answer);
    const fact = project.data.facts[name];
    const least = fact.signed ? -fact.highest : fact.lowest;
    return { least: BigInt(least), most: BigInt(fact.highest), places: 0 };
  }

  function sumOfSizes(names, project) {
    const { data, answers } = project;
    const sizes = names.map((name) => factSize(data.facts[name], answers[name]));
    return {
      least: total(sizes.map((each) => each.least)),
      most: total(sizes.map((each) => each.most)),
      places: 0,
    };
  }

  /* The size of an amount, or of all amounts of a list. */
  function factSize(fact, answer) {
    if (typeof answer === "bigint") return exactly(size(answer));
    const least = BigInt(fact.signed ? 0 : Math.max(0, fact.lowest));
    const most = BigInt(fact.highest);
    if (Array.isArray(answer)) {
      const known = total(answer.filter((each) => each !== null).map(size));
      const blanks = BigInt(answer.filter((each) => each === null).length);
      return { least: known + least * blanks, most: known + most * blanks };
    }
    // A list that is not known may be empty, and may be long: more than any sum of amounts.
    if (fact.type === "amounts") return { least: BigInt(0), most: power(30) };
    return { least: least, most: most };
  }

  function amountTruth(test, project) {
    const amount = amountOf(test.amount, project);
    return Math.max(...test.intervals.map((interval) => intervalTruth(amount, interval, project)));
  }

  /* All of the range inside: yes; none of it: no; else unknown. */
  function intervalTruth(amount, interval, project) {
    return Math.min(...endsOf(interval).map((end) => endTruth(amount, end, project)));
  }

  /* The ends that an interval has. */
  function endsOf(interval) {
    return [
      { bound: interval.low, isLow: true },
      { bound: interval.high, isLow: false },
    ].filter((end) => end.bound);
  }

  /* Whether an amount lies on the inner side of one end. */
  function endTruth(amount, end, project) {
    const limit = amountOf(end.bound.amount, project);
    const [upper, lower] = end.isLow ? [amount, limit] : [limit, amount];
    const enough = end.bound.closed ? 0 : 1;
    if (order(upper.least, upper.places, lower.most, lower.places) >= enough) return YES;
    if (order(upper.most, upper.places, lower.least, lower.places) >= enough) return UNKNOWN;
    return NO;
  }

  /* 1, 0 or -1 as the left number is more than, equal to or less than the right one. */
  function order(left, leftPlaces, right, rightPlaces) {
    const difference = left * power(rightPlaces) - right * power(leftPlaces);
    return Number(difference > 0) - Number(difference < 0);
  }

  // Sentences -------------------------------------------------------------------------------------

  /* What is the case: the amount, then where it lies. */
  function amountText(test, project) {
    const fact = project.data.facts[test.facts[0]];
    const amount = amountOf(test.amount, project);
    return `${test.label}${rangeText(amount, fact)}，${placeText(test, amount, fact, project)}`;
  }

  function rangeText(amount, fact) {
    const least = `${decimal(amount.least, fact.decimals + amount.places)}${fact.unit}`;
    if (amount.least === amount.most) return least;
    return amount.least > 0 ? `至少${least}` : "未定";
  }

  /* Where an amount lies, judged against the bounds that decide it. */
  function placeText(test, amount, fact, project) {
    const inside = amountTruth(test, project) === YES;
    const words = [];
    for (const interval of test.intervals) {
      const ends = endsOf(interval);
      const missed = ends.filter((end) => endTruth(amount, end, project) !== YES);
      const kept = missed.length === 0 ? ends : [];
      const telling = inside ? kept : missed;
      const found = telling.map((end) => boundText(end.bound, inside, fact, project));
      words.push(...found.filter((word) => !words.includes(word)));
    }
    return words.join("、");
  }

  function boundText(bound, inside, fact, project) {
    const text = inside ? bound.inside : bound.outside;
    const limit = amountOf(bound.amount, project);
    const isPlain = has(bound.amount, "steps") || limit.least !== limit.most;
    return isPlain ? text : `${text}（${rangeText(limit, fact)}）`;
  }

  // Rules and documents ---------------------------------------------------------------------------

  function ruleResult(rule, project) {
    const found = verdict(rule, project);
    return Object.assign({ verdict: WORDS[found.truth] }, found.why);
  }

  function documentResult(paper, project) {
    const found = verdict(paper.required, project);
    const flips = Object.keys(paper.alternatives).filter(
      (reading) => verdict(paper.alternatives[reading], project).truth !== found.truth
    );
    found.why.readings.push(...flips);
    return Object.assign({ required: WORDS[found.truth] }, found.why);
  }

  /* No condition is one that always holds. */
  function verdict(condition, project) {
    if (!condition) return { truth: YES, why: { because: [], missing: [], readings: [] } };
    const node = condition.when;
    const truth = holds(node, project);
    const readings = condition.readings.filter(
      (reading) => holds(node, Object.assign({}, project, { reading: reading })) !== truth
    );
    const why = {
      because: because(node, truth, false, project),
      missing: missing(node, project),
      readings: readings,
    };
    return { truth: truth, why: why };
  }

  // Decisions -------------------------------------------------------------------------------------

  /* All ways of filling the blanks, looked up in the tables of outcomes. */
  function decisionResult(decision, project) {
    const axes = axesOf(decision, project.answers);
    const cells = cellsOf(axes);
    const possible = outcomesOf(decision, "", cells);
    const outcome = only(possible);
    return {
      outcome: outcome,
      possible: possible,
      missing: axes
        .filter((axis) => axis.place < 0 && matters(decision.tables[""], axis, cells))
        .map((axis) => axis.fact),
      readings: decision.readings.filter(
        (reading) => only(outcomesOf(decision, reading, cells)) !== outcome
      ),
    };
  }

  /* The facts of a decision, each with the place of its answer's class (-1: unknown), the number
     of classes, and how far apart they stand in a table. */
  function axesOf(decision, answers) {
    let stride = 1;
    const axes = [];
    for (const axis of decision.axes.slice().reverse()) {
      const place = placeOf(axis, answers[axis.fact]);
      const classes = (axis.values || axis.least).length;
      axes.unshift({ fact: axis.fact, place: place, classes: classes, stride: stride });
      stride *= classes;
    }
    return axes;
  }

  function placeOf(axis, answer) {
    if (answer === undefined) return -1;
    if (axis.values) return axis.values.indexOf(answer);
    return axis.least.filter((least) => answer >= least).length - 1;
  }

  function cellsOf(axes) {
    let cells = [0];
    for (const axis of axes) {
      const [first, last] = axis.place < 0 ? [0, axis.classes - 1] : [axis.place, axis.place];
      const found = [];
      for (let place = first; place <= last; place += 1) {
        for (const cell of cells) found.push(cell + place * axis.stride);
      }
      cells = found;
    }
    return cells;
  }

  function outcomesOf(decision, reading, cells) {
    const found = new Set(cells.map((cell) => decision.tables[reading][cell]));
    return decision.outcomes.filter((_, place) => found.has(place));
  }

  /* Whether two cells that differ along this axis alone have different outcomes. */
  function matters(table, axis, cells) {
    return cells.some((cell) => {
      const place = Math.floor(cell / axis.stride) % axis.classes;
      return table[cell] !== table[cell - place * axis.stride];
    });
  }

  function only(outcomes) {
    return outcomes.length === 1 ? outcomes[0] : null;
  }

  // Deadlines -------------------------------------------------------------------------------------

  function deadlineResult(deadline, project) {
    const main = datesOf(deadline.schedule, project);
    const { due, opens, dates } = main;
    const readings = Object.keys(deadline.alternatives).filter((reading) => {
      const other = datesOf(deadline.alternatives[reading], project);
      return String([other.due, other.opens, other.dates]) !== String([due, opens, dates]);
    });
    const result = { due: writtenOrNull(due), missing: main.missing, readings: readings };
    if (dates) result.dates = dates.map(written);
    if (deadline.schedule.opens) result.opens = writtenOrNull(opens);
    if (main.rolls_to) result.rolls_to = written(main.rolls_to);
    return result;
  }

  function datesOf(schedule, project) {
    return schedule.every ? recurring(schedule, project) : windowDates(schedule, project);
  }

  function windowDates(schedule, project) {
    const { answers, data } = project;
    const extending = schedule.extension ? [schedule.extension.fact] : [];
    const days = schedule.from.map((fact) => answers[fact]);
    if (days.includes(undefined)) {
      const names = unique(schedule.from.concat(extending));
      const blank = names.filter((name) => answers[name] === undefined);
      return { due: null, opens: null, missing: blank };
    }
    const base = schedule.pick === "earliest" ? Math.min(...days) : Math.max(...days);
    const ends = unique(
      lengths(schedule, answers).map((period) => addPeriod(base, period, data.calendar))
    );
    const due = only(ends);
    const opens = schedule.opens && addPeriod(base, schedule.opens, data.calendar);
    const rolled = due && schedule.within.unit !== "working_day" ? roll(due, data.calendar) : null;
    return {
      due: due,
      opens: opens && opens + (schedule.opens_next_day ? 1 : 0),
      rolls_to: rolled === due ? null : rolled,
      missing: ends.length > 1 ? extending : [],
    };
  }

  /* The lengths that a window may have: two while nobody has said whether it is extended. */
  function lengths(schedule, answers) {
    const { within, extension } = schedule;
    if (!extension) return [within];
    const longer = { count: within.count + extension.by.count, unit: within.unit };
    const extended = answers[extension.fact];
    if (extended === undefined) return [within, longer];
    return [extended === "yes" ? longer : within];
  }

  function recurring(schedule, project) {
    const names = [schedule.start, schedule.until];
    const [start, until] = names.map((name) => project.answers[name]);
    const blank = names.filter((name) => project.answers[name] === undefined);
    if (blank.length) return { due: null, opens: null, dates: [], missing: blank };
    const dates = [];
    let day = periodEnd(start, schedule.every);
    for (; day < until; day = periodEnd(day + 1, schedule.every)) dates.push(day);
    if (schedule.last === "next" || day === until) dates.push(day);
    else if (schedule.last === "clamp") dates.push(until);
    return { due: null, opens: null, dates: dates, missing: [] };
  }

  /* The last day of the month, quarter or year that a day is in. */
  function periodEnd(day, months) {
    const [year, month] = civil(day);
    const last = Math.ceil(month / months) * months;
    return dayNumber(year, last, monthLength(year, last));
  }

  /* null where a calendar of working days is needed and not published. */
  function addPeriod(base, period, calendar) {
    if (period.unit === "day") return base + period.count;
    if (period.unit === "month") return addMonths(base, period.count);
    if (period.unit === "year") return addMonths(base, 12 * period.count);
    return addWorkingDays(base, period.count, calendar);
  }

  /* The corresponding day, else the month's last. */
  function addMonths(base, count) {
    const [year, month, day] = civil(base);
    const months = year * 12 + month - 1 + count;
    const [newYear, newMonth] = [Math.floor(months / 12), (months % 12) + 1];
    return dayNumber(newYear, newMonth, Math.min(day, monthLength(newYear, newMonth)));
  }

  function addWorkingDays(base, count, calendar) {
    let [day, left] = [base, count];
    while (isPublished(day, calendar)) {
      if (left === 0) return day;
      day += 1;
      if (isWorking(day, calendar)) left -= 1;
    }
    return null;
  }

  /* The day itself if people work on it, else the next working day. */
  function roll(day, calendar) {
    while (isPublished(day, calendar) && !isWorking(day, calendar)) day += 1;
    return isPublished(day, calendar) ? day : null;
  }

  function isPublished(day, calendar) {
    return has(calendar, civil(day)[0]);
  }

  function isWorking(day, calendar) {
    const year = calendar[civil(day)[0]];
    const name = written(day);
    // Day 1 is 1 January of the year 1, a Monday.
    const isWeekend = (day + 6) % 7 >= 5;
    return Boolean(year) && (isWeekend ? year.on.includes(name) : !year.off.includes(name));
  }

  // Stages ----------------------------------------------------------------------------------------

  /* Next is the first step that applies and is not done, or may do so for all that is known. */
  function stageResult(steps, today, project) {
    const standings = steps.map((step) => standingOf(step, today, project));
    const done = standings.filter((each) => each.applies !== NO && each.done === YES);
    const next = standings.find((each) => each.open !== NO);
    return {
      done: done.map((each) => each.step.id),
      next: next ? next.step.id : null,
      missing: next ? undecided(next, project) : [],
    };
  }

  function standingOf(step, today, project) {
    const applies = step.applies ? holds(step.applies, project) : YES;
    const done = Math.min(...step.done.map((fact) => factDone(project.answers[fact], today)));
    return { step: step, applies: applies, done: done, open: Math.min(applies, YES - done) };
  }

  /* Yes, or a day that has come. */
  function factDone(answer, today) {
    if (answer === undefined) return UNKNOWN;
    const came = typeof answer === "number" ? answer <= today : answer === "yes";
    return came ? YES : NO;
  }

  /* The facts that can still tell whether a step stands open. */
  function undecided(standing, project) {
    const { applies, done } = standing.step;
    const whether = applies ? missing(applies, project) : [];
    const undone = done.filter((fact) => project.answers[fact] === undefined);
    return standing.done === UNKNOWN ? whether.concat(undone) : whether;
  }

  // Days: whole numbers, 1 for 1 January of the year 1 --------------------------------------------

  function daysBefore(year) {
    const past = year - 1;
    return 365 * past + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  }

  function monthLength(year, month) {
    if (month === 2) return daysBefore(year + 1) - daysBefore(year) - 337;
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
  }

  function dayNumber(year, month, day) {
    let number = daysBefore(year) + day;
    for (let past = 1; past < month; past += 1) number += monthLength(year, past);
    return number;
  }

  /* Year, month and day of a number. */
  function civil(number) {
    // A year is at most 366 days, so this is never too late, and early by few years.
    let year = Math.floor((number - 1) / 366) + 1;
    while (daysBefore(year + 1) < number) year += 1;
    let [month, day] = [1, number - daysBefore(year)];
    while (day > monthLength(year, month)) {
      day -= monthLength(year, month);
      month += 1;
    }
    return [year, month, day];
  }

  /* The number of YYYY-MM-DD; of a day that does not exist, some other day's. */
  function dayOf(text) {
    return dayNumber(...text.split("-").map(Number));
  }

  function written(day) {
    const [year, month, date] = civil(day);
    return [String(year).padStart(4, "0"), two(month), two(date)].join("-");
  }

  function writtenOrNull(day) {
    return day === null ? null : written(day);
  }

  function two(number) {
    return String(number).padStart(2, "0");
  }

  // Exact numbers ---------------------------------------------------------------------------------

  const POWERS = [BigInt(1)];

  function power(places) {
    while (POWERS.length <= places) POWERS.push(POWERS[POWERS.length - 1] * BigInt(10));
    return POWERS[places];
  }

  function size(number) {
    return number < 0 ? -number : number;
  }

  function total(numbers) {
    return numbers.reduce((sum, each) => sum + each, BigInt(0));
  }

  /* As people write it: no zeros behind the last digit. */
  function decimal(number, places) {
    const digits = String(size(number)).padStart(places + 1, "0");
    const point = digits.length - places;
    const fraction = digits.slice(point).replace(/0+$/, "");
    return (number < 0 ? "-" : "") + digits.slice(0, point) + (fraction && `.${fraction}`);
  }

  // The word that somebody most likely meant ------------------------------------------------------

  const ALIKE = 0.6;

  function suggestion(word, candidates) {
    let [best, near] = [ALIKE, null];
    for (const candidate of candidates) {
      const found = likeness(Array.from(candidate), Array.from(word));
      if (found > best || (found === best && (near === null || candidate > near))) {
        [best, near] = [found, candidate];
      }
    }
    return near === null ? "" : `，是否为 “${near}”？`;
  }

  /* After Ratcliff and Obershelp, as Python's difflib: twice the characters in common by length. */
  function likeness(one, other) {
    const length = one.length + other.length;
    // However alike, they cannot have more in common than the shorter one has.
    const most = (2 * Math.min(one.length, other.length)) / length;
    return most < ALIKE ? most : (2 * common(one, other)) / length;
  }

  /* The longest run in common, and the same again on either side of it. */
  function common(one, other) {
    const run = longestRun(one, other);
    if (!run.length) return 0;
    return (
      run.length +
      common(one.slice(0, run.start), other.slice(0, run.otherStart)) +
      common(one.slice(run.start + run.length), other.slice(run.otherStart + run.length))
    );
  }

  function longestRun(one, other) {
    let best = { start: 0, otherStart: 0, length: 0 };
    let before = [];
    one.forEach((character, place) => {
      const lengths = other.map((each, at) => (each === character ? (before[at - 1] || 0) + 1 : 0));
      lengths.forEach((length, at) => {
        if (length > best.length) {
          best = { start: place - length + 1, otherStart: at - length + 1, length: length };
        }
      });
      before = lengths;
    });
    return best;
  }

  // Small things ----------------------------------------------------------------------------------

  function has(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key);
  }

  function isBlank(raw) {
    return raw === null || raw === undefined;
  }

  function mapped(object, change) {
    const result = {};
    for (const key of Object.keys(object)) result[key] = change(object[key]);
    return result;
  }

  function joined(lists) {
    return [].concat(...lists);
  }

  function unique(values) {
    return Array.from(new Set(values));
  }

  return Object.freeze({ assess: assess });
})();
