/* The guide's search: banfaSearch.prepare(data) once, then .find(query) as often as one types.

   `data` is what generator/guide/search/script.py writes. A record is found if each word of the
   query stands in it, letter by letter; nothing is guessed. Signs, blanks, case and width make no
   difference. A citation (第三条第二款, 3条2款, or the anchor) stands for the place itself, for what is in
   it and for what rests on it. */

var banfaSearch = (function () {
  "use strict";

  // Words as they are compared ---------------------------------------------------------------------

  const KEPT = /[\p{L}\p{M}\p{N}%]/u;
  // What may stand between two digits; anything else keeps them apart: 〔1999〕12 is not 199912.
  const JOINTS = { ".": ".", ",": "" };

  /* The signs of `words` that count. With `from` and `to`, also where each began and ended. */
  function folded(words, from, to) {
    let text = "";
    let gap = "";
    let gapAt = 0;
    let at = 0;
    const add = (sign, begin, end) => {
      text += sign;
      if (from) {
        for (let unit = 0; unit < sign.length; unit++) {
          from.push(begin);
          to.push(end);
        }
      }
    };
    for (const written of words) {
      if (isHan(written)) {
        // Most of every text, and nothing to be changed about it.
        gap = "";
        add(written, at, at + 1);
        at += 1;
        continue;
      }
      for (const sign of plain(written)) {
        if (!KEPT.test(sign)) {
          if (!gap) gapAt = at;
          gap += sign;
          continue;
        }
        if (gap && isDigit(sign) && isDigit(text.slice(-1))) {
          add(gap in JOINTS ? JOINTS[gap] : " ", gapAt, at);
        }
        gap = "";
        add(sign, at, at + written.length);
      }
      at += written.length;
    }
    return text;
  }

  /* A character in half width and small letters. */
  function plain(character) {
    return character.normalize("NFKC").toLowerCase();
  }

  function isHan(character) {
    return character >= "\u4e00" && character <= "\u9fff";
  }

  function isDigit(sign) {
    return sign >= "0" && sign <= "9";
  }

  // Citations --------------------------------------------------------------------------------------

  const NUMBER = "(\\d+|[零〇一二三四五六七八九十百千]+)";
  const PART = (name) => "(?:第?" + NUMBER + name + ")?";
  const CITATION = new RegExp(
    "^(?:第?" + NUMBER + "条(?:之" + NUMBER + ")?" +
      PART("款") + PART("项") + PART("目") + PART("段") +
      // As some write, and as one types: 第三条（二）.
      PART("") + "|第" + NUMBER + ")第?$"
  );
  const ANCHOR = /^art(?:icle)?\.?(\d+(?:-\d+)?(?:-[pi]\d+)*)$/;
  const DIGITS = "一二三四五六七八九";
  const SIZES = { 十: 10, 百: 100, 千: 1000 };

  /* The places that words cite, by their positions; none if they are no citation of a place. */
  function citedBy(index, words) {
    const name = ANCHOR.exec(Array.from(words, plain).join(""));
    if (name) return index.places.get("art" + name[1]) || [];
    const found = CITATION.exec(folded(words));
    if (!found) return [];
    const numbers = found.slice(1).map((numeral) => (numeral ? numberOf(numeral) : 0));
    const [article, inserted, paragraph, item, inner, segment, last, alone] = numbers;
    let base = "art" + (article || alone);
    for (const [joint, number] of [
      ["-", inserted],
      ["-p", paragraph],
      ["-i", item],
      ["-i", inner],
      ["-p", segment],
    ]) {
      // Not a number too: no place has such a name.
      if (number !== 0) base += joint + number;
    }
    const names = last !== 0 ? [base + "-p" + last, base + "-i" + last] : [base];
    return [].concat(...names.map((each) => index.places.get(each) || []));
  }

  /* NaN for what only looks like a number (二三). */
  function numberOf(numeral) {
    if (isDigit(numeral[0])) return Number(numeral);
    let total = 0;
    let digit = 0;
    for (const sign of numeral.replace(/[零〇]/g, "")) {
      const value = DIGITS.indexOf(sign) + 1;
      if (value && digit) return NaN;
      if (!value) total += (digit || 1) * SIZES[sign];
      digit = value;
    }
    return total + digit;
  }

  // Queries ----------------------------------------------------------------------------------------

  // 50 万元 is one word.
  const UNIT = /^(?:[万亿元个年月日天条款项目]|%|％)/;

  /* The words of a query: {text, cited, forms}; a record has the word if it has one of `forms`, or
     stands in one of the places `cited`. */
  function termsOf(index, query) {
    const words = [];
    for (const word of query.split(/\s+/).filter((each) => each)) {
      const before = words.length - 1;
      if (before >= 0 && UNIT.test(word) && isDigit(folded(words[before]).slice(-1))) {
        words[before] += word;
      } else {
        words.push(word);
      }
    }
    const terms = [];
    for (let at = 0; at < words.length; ) {
      // 第三条 第二款 is one citation: the longest run of words that cites a place.
      let end = words.length;
      let cited = [];
      for (; end > at; end--) {
        cited = citedBy(index, words.slice(at, end).join(""));
        if (cited.length) break;
      }
      const text = words.slice(at, Math.max(end, at + 1)).join("");
      const forms = [text, ...cited.map((place) => index.records[place].title)].map((each) =>
        folded(each)
      );
      if (forms[0]) terms.push({ text: text, cited: cited, forms: Array.from(new Set(forms)) });
      at = Math.max(end, at + 1);
    }
    return terms;
  }

  // Finding ----------------------------------------------------------------------------------------

  /* An index of the records; building it is all that takes time. */
  function prepare(data) {
    const index = { kinds: data.kinds, records: data.records, places: new Map(), inside: [] };
    index.words = data.records.map((record, position) => {
      for (const name of record.names || []) {
        index.places.set(name, [...(index.places.get(name) || []), position]);
      }
      index.inside.push([]);
      if (record.within !== undefined) index.inside[record.within].push(position);
      // No word has a line's end: nothing is found across two texts.
      return textsOf(record)
        .map((text) => folded(text))
        .join("\n");
    });
    index.titles = data.records.map((record) => (record.names ? "" : folded(record.title)));
    return Object.freeze({
      find: (query) => find(index, query),
      shown: (position, terms, room) => shown(index, position, terms, room),
      known: (query) => known(index, query),
    });
  }

  /* The texts of a record that are searched. The title of a place is a citation, not its words. */
  function textsOf(record) {
    const texts = [record.mark || "", record.who || "", ...(record.texts || [])];
    return record.names ? texts : [record.title, ...texts];
  }

  /* {terms, count, groups}: the records that have all words of a query, by kind, the best first. */
  function find(index, query) {
    const terms = termsOf(index, query);
    const found = terms.length ? foundBy(index, terms) : [];
    const whole = folded(query);
    const rank = new Map(found.map((each) => [each, rankOf(index, each, terms, whole)]));
    const leads = (group) => rank.get(group.records[0]) < NAMED;
    const groups = index.kinds.map((kind, number) => ({
      kind: kind,
      records: found
        .filter((each) => index.records[each].kind === number)
        .sort((one, other) => rank.get(one) - rank.get(other) || one - other),
    }));
    return {
      terms: terms,
      count: found.length,
      groups: groups
        .filter((group) => group.records.length)
        // What is cited or called by its name goes first; else the kinds keep their order.
        .sort((one, other) => leads(other) - leads(one)),
    };
  }

  /* Positions of the records that have all words. A place has them in its own text, or gathers
     them from the places inside it where no single one of these has all. */
  function foundBy(index, terms) {
    const regions = terms.map((term) => regionOf(index, term.cited));
    const found = [];
    // Of each place with others inside: which words these have, and whether one has all.
    const below = new Map();
    for (let position = index.records.length - 1; position >= 0; position--) {
      const record = index.records[position];
      const own = terms.map((term, number) => has(index, position, term, regions[number]));
      const all = own.every((each) => each);
      const inner = below.get(position);
      const together = inner ? own.map((each, number) => each || inner.words[number]) : own;
      const complete = together.every((each) => each);
      if (all || (complete && !inner.complete)) found.push(position);
      if (record.within !== undefined) {
        const outer = below.get(record.within) || { words: terms.map(() => false), complete: false };
        below.set(record.within, {
          words: outer.words.map((each, number) => each || together[number]),
          complete: outer.complete || complete,
        });
      }
    }
    return found.reverse();
  }

  function has(index, position, term, region) {
    const words = index.words[position];
    if (term.forms.some((form) => words.includes(form))) return true;
    if (!region.size) return false;
    const law = index.records[position].law || [];
    return region.has(position) || law.some((place) => region.has(place));
  }

  /* Places with all that is inside them. */
  function regionOf(index, places) {
    const region = new Set(places);
    for (const place of region) index.inside[place].forEach((inner) => region.add(inner));
    return region;
  }

  const NAMED = 2;

  /* 0 for a place that is cited, 1 for what is called as the query says; then titles that have all
     the words, then all else. */
  function rankOf(index, position, terms, whole) {
    if (terms.some((term) => term.cited.includes(position))) return 0;
    const title = index.titles[position];
    if (title === whole) return 1;
    const titled = terms.every((term) => term.forms.some((form) => title.includes(form)));
    return titled ? NAMED : NAMED + 1;
  }

  const LONGEST_TRIED = 20;

  /* What of a query in vain is found when it stands alone: its words, or the longest runs of signs
     of a single one; of a citation, its article. */
  function known(index, query) {
    const terms = termsOf(index, query);
    const only = terms.length === 1 ? terms[0].forms[0] : "";
    let words = terms.map((term) => term.text);
    if (CITATION.test(only)) words = [only.slice(0, only.indexOf("条") + 1)];
    else if (only) words = runsOf(index, only);
    return Array.from(new Set(words))
      .map((word) => ({ text: word, count: find(index, word).count }))
      .filter((word) => word.count);
  }

  function runsOf(index, word) {
    const signs = Array.from(word).slice(0, LONGEST_TRIED);
    const found = [];
    for (let begin = 0; begin < signs.length - 1; begin++) {
      for (let end = signs.length; end > begin + 1; end--) {
        const run = signs.slice(begin, end).join("");
        if (find(index, run).count) {
          found.push(run);
          begin = end - 1;
          break;
        }
      }
    }
    return found;
  }

  // Showing ----------------------------------------------------------------------------------------

  /* A record as results show it: `title`, `who` and `texts` as lists of {text, hit}, in which the
     words of the query are marked; each text cut to about `room` signs around the first of them. */
  function shown(index, position, terms, room) {
    const record = index.records[position];
    const wanted = new Set(terms);
    const take = (words) => {
      const held = Array.from(wanted).filter((term) => holds(words, term));
      held.forEach((term) => wanted.delete(term));
      return held.length > 0;
    };
    if (!record.names) take(record.title);
    if (record.who) take(record.who);
    const sources = textsUnder(index, position);
    const texts = sources.filter((words) => wanted.size && take(words)).slice(0, 3);
    if (!texts.length) texts.push(...sources.slice(0, 1));
    return {
      record: record,
      kind: index.kinds[record.kind],
      law: (record.law || []).map((place) => index.records[place].title),
      title: parts(record.title, record.names ? [] : terms, Infinity),
      who: parts(record.who || "", terms, Infinity),
      texts: texts.map((words) => parts(words, terms, room)),
    };
  }

  function holds(words, term) {
    const text = folded(words);
    return term.forms.some((form) => text.includes(form));
  }

  /* The texts of a record and of the places inside it. */
  function textsUnder(index, position) {
    const own = index.records[position].texts || [];
    return own.concat(...index.inside[position].map((inner) => textsUnder(index, inner)));
  }

  const BEFORE = 16;

  function parts(words, terms, room) {
    const hits = hitsIn(words, terms);
    let begin = 0;
    let end = words.length;
    if (end > room) {
      begin = hits.length ? Math.max(0, Math.min(hits[0].begin - BEFORE, end - room)) : 0;
      end = begin + room;
      // Half of a character is none.
      if (isLowHalf(words, begin)) begin -= 1;
      if (isLowHalf(words, end)) end += 1;
    }
    const found = [];
    const add = (text, hit) => {
      if (text) found.push({ text: text, hit: hit });
    };
    add(begin > 0 ? "…" : "", false);
    let at = begin;
    for (const hit of hits) {
      if (hit.end <= begin || hit.begin >= end) continue;
      add(words.slice(at, Math.max(at, hit.begin)), false);
      add(words.slice(Math.max(at, hit.begin), Math.min(hit.end, end)), true);
      at = Math.min(hit.end, end);
    }
    add(words.slice(at, end), false);
    add(end < words.length ? "…" : "", false);
    return found;
  }

  function isLowHalf(words, at) {
    const unit = words.charCodeAt(at);
    return unit >= 0xdc00 && unit <= 0xdfff;
  }

  /* Where words of the query stand, in order, none over another. */
  function hitsIn(words, terms) {
    const from = [];
    const to = [];
    const text = folded(words, from, to);
    const all = [];
    for (const form of [].concat(...terms.map((term) => term.forms))) {
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        all.push({ begin: from[at], end: to[at + form.length - 1] });
      }
    }
    all.sort((one, other) => one.begin - other.begin || other.end - one.end);
    const merged = [];
    for (const hit of all) {
      const last = merged[merged.length - 1];
      if (last && hit.begin < last.end) last.end = Math.max(last.end, hit.end);
      else merged.push(hit);
    }
    return merged;
  }

  return Object.freeze({ prepare: prepare });
})();
