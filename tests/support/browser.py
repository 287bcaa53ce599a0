"""Chromium, as a reader of the guide uses it, and a web server on loopback to read it from.

with served(site, prefix="/guide/") as address, browser.visit(address) as visit:
    visit.page.get_by_role("link", name="第九条").click()
    assert visit.foreign_requests() == []
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page, Playwright, sync_playwright

from generator.doctor import chromium
from generator.guide.security import security_headers

PATIENCE = 20_000  # milliseconds for anything that a page is asked to do
# A browser that opens no connection of its own accord.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


class BrowserError(Exception):
    """Chromium is not there."""


@dataclass
class Visit:
    """One page and all that happened on it: requests, and errors a developer would see."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def foreign_requests(self) -> list[str]:
        """Requests that left the site the visit began at (inlined data does not travel)."""
        scheme, _, rest = self.address.partition("://")
        home = "file://" if scheme == "file" else f"{scheme}://{rest.split('/')[0]}/"
        return [url for url in self.requests if not url.startswith((home, "data:", "blob:"))]

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window."""
        root = "document.documentElement"
        return bool(self.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))

    def screenshot(self, path: Path, width: int | None = None, *, whole: bool = False) -> Path:
        """A picture of the window, at another width if given, or of the whole page."""
        if width is not None:
            height = (self.page.viewport_size or {"height": 900})["height"]
            self.page.set_viewport_size({"width": width, "height": height})
        self.page.screenshot(path=path, full_page=whole, animations="disabled")
        return path


class Browser:
    """One Chromium for a whole run of the tests; each visit has a profile of its own."""

    def __init__(self, playwright: Playwright) -> None:
        program = chromium()
        if program is None:
            raise BrowserError("Chromium is missing: make programs")
        # Chromium refuses to run as root within its sandbox.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        self._chromium = playwright.chromium.launch(
            executable_path=program, args=[*QUIET, *sandbox]
        )

    @contextmanager
    def visit(
        self, address: str, *, width: int = 1280, height: int = 900, javascript: bool = True
    ) -> Iterator[Visit]:
        """Opens an address and waits until it has loaded."""
        context = self._chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        visit = Visit(page, address)
        context.on("request", lambda request: visit.requests.append(request.url))
        context.on("requestfailed", lambda request: visit.errors.append(f"failed: {request.url}"))
        context.on(
            "response",
            lambda answer: (
                visit.errors.append(f"{answer.status}: {answer.url}")
                if answer.status >= HTTPStatus.BAD_REQUEST
                else None
            ),
        )
        context.on(
            "console",
            lambda message: (
                visit.errors.append(f"console: {message.text}") if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: visit.errors.append(f"script: {error}"))
        try:
            page.goto(address, wait_until="load")
            yield visit
        finally:
            context.close()

    def close(self) -> None:
        """Ends Chromium."""
        self._chromium.close()


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A browser until the block ends."""
    with sync_playwright() as playwright:
        browser = Browser(playwright)
        try:
            yield browser
        finally:
            browser.close()


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix as static hosts do, with the site's own page for 404."""

    def __init__(
        self,
        *arguments: object,
        prefix: str,
        headers: Mapping[str, str],
        **keywords: object,
    ) -> None:
        self._prefix = prefix
        self._extra = headers
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        if not path.startswith(self._prefix):
            return f"{os.devnull}/outside"
        return super().translate_path("/" + path.removeprefix(self._prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in self._extra.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """The tests' own output is not the place for a server's log."""


@contextmanager
def served(
    folder: Path, *, prefix: str = "/", headers: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The address of a folder served on loopback, below a prefix that begins and ends with /.

    Without other headers, under the policy that `banfa build` writes for servers.
    """
    handler = partial(
        _SiteHandler,
        directory=str(folder),
        prefix=prefix,
        headers=security_headers(folder) if headers is None else headers,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
