"""How long a query takes in the browser, beside a naive scan.

The scan brings all texts into the same form for each query. Times are printed, not judged: a slow
machine is no mistake.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.guide.search.script import search_script
from tests.support.browser import Browser
from tests.support.editions import EDITIONS, edition_of
from tests.support.regulation import ROOT

ENGINE = ROOT / "content" / "js" / "search-engine.js"
CEILING = 5  # milliseconds a query, as the guide promises
COPIES = 10  # of each record: about as many as a regulation of 410 articles has
TIMED = """([queries, copies]) => {
    const timed = (work) => {
        const before = performance.now();
        const result = work();
        return [performance.now() - before, result];
    };
    const records = [].concat(...Array.from({ length: copies }, (_, copy) => {
        const moved = (place) => place + copy * banfaSearchRecords.records.length;
        return banfaSearchRecords.records.map((each) => Object.assign({}, each, {
            law: (each.law || []).map(moved),
            ...(each.within === undefined ? {} : { within: moved(each.within) }),
        }));
    }));
    const data = { kinds: banfaSearchRecords.kinds, records: records };
    const [prepared, index] = timed(() => banfaSearch.prepare(data));
    // The best of five: other programs run here too.
    const once = (query) => timed(() => index.find(query))[0];
    const each = queries.map((query) => Math.min(...[1, 2, 3, 4, 5].map(() => once(query))));
    const plain = (text) =>
        text.normalize("NFKC").toLowerCase().replace(/[^\\p{L}\\p{M}\\p{N}%]/gu, "");
    const texts = records.map((it) => [it.title, it.mark, it.who, ...(it.texts || [])]);
    const scan = (query) => {
        const words = query.split(/\\s+/).map(plain);
        return texts.filter((them) => {
            const all = them.map((text) => plain(text || ""));
            return words.every((word) => all.some((text) => text.includes(word)));
        });
    };
    const [naive] = timed(() => queries.slice(0, 20).forEach(scan));
    return { records: records.length, prepared: prepared, each: each, naive: naive / 20 };
}"""


@pytest.mark.parametrize("copies", [1, COPIES])
@pytest.mark.parametrize("id", EDITIONS)
def test_milliseconds_a_query(
    id: str, copies: int, browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = edition_of(id)
    (tmp_path / "engine.js").write_bytes(ENGINE.read_bytes())
    (tmp_path / "records.js").write_bytes(search_script(edition, ()))
    page = tmp_path / "page.html"
    scripts = "".join(f'<script src="{name}.js"></script>' for name in ("engine", "records"))
    page.write_text(f'<!doctype html><meta charset="utf-8">{scripts}', encoding="utf-8")
    provisions = list(edition.text.provisions.values())
    labels = [each.label for each in (*edition.roles.values(), *edition.papers.values())]
    # What people type: names, citations, two words, and the first signs of each while typing.
    queries = [label[:length] for label in labels for length in (1, 2, len(label))]
    queries += [str(each.anchor) for each in provisions] + [e.anchor.citation for e in provisions]
    queries += [f"{each.text[:2]} {each.text[3:6]}" for each in provisions]
    with browser.visit(page.as_uri()) as visit:
        found: dict[str, Any] = visit.page.evaluate(TIMED, [queries, copies])
        assert visit.errors == []
    times = sorted(found["each"])
    middle, slow = times[len(times) // 2], times[int(len(times) * 0.99)]
    with capsys.disabled():
        print(
            f"\n{id}: {found['records']} records, {len(times)} queries: {middle:.2f} ms a query, "
            f"99 in 100 below {slow:.2f} ms (promised: {CEILING} ms); a naive scan "
            f"{found['naive']:.1f} ms, {found['naive'] / max(middle, 0.01):.0f} times as long; "
            f"prepared once in {found['prepared']:.0f} ms"
        )
