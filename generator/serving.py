"""Serve the guide on loopback and build it again when a source file changes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from generator.model.problems import reason

_PAUSE = 1.0


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class PortError(Exception):
    """The port cannot be had; the message is in Chinese."""


def serve(
    site: Path,
    watched: Iterable[Path],
    port: int,
    build: Callable[[], None],
    rebuild: Callable[[], None],
) -> None:
    """Build, then serve until interrupted; `rebuild` is called after each change under the watched
    folders. PortError before anything is built."""
    folders = tuple(watched)
    with _server(site, port) as server:
        seen = _state(folders)
        build()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            while True:
                time.sleep(_PAUSE)
                now = _state(folders)
                if now != seen:
                    seen = now
                    rebuild()
        except KeyboardInterrupt:
            server.shutdown()


def _server(site: Path, port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(site)))
    except OSError as error:
        message = f"端口 {port} 不能用（{reason(error)}），请用 --port 另选一个。"
        raise PortError(message) from None


def _state(folders: Iterable[Path]) -> dict[Path, int | None]:
    """Every file with the time of its last change."""
    return {file: _changed(file) for folder in folders for file in _files(folder)}


def _changed(file: Path) -> int | None:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        # Editors save by way of files that are gone a moment later.
        return None


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    for inner, _, names in os.walk(folder):
        yield from (Path(inner, name) for name in names)
