"""Serve the guide on loopback and build it again when a source file changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_PAUSE = 1.0


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def serve(site: Path, watched: Iterable[Path], port: int, rebuild: Callable[[], None]) -> None:
    """Serve until interrupted; `rebuild` is called after each change under the watched folders."""
    folders = tuple(watched)
    handler = partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        seen = _state(folders)
        try:
            while True:
                time.sleep(_PAUSE)
                now = _state(folders)
                if now != seen:
                    seen = now
                    rebuild()
        except KeyboardInterrupt:
            server.shutdown()


def _state(folders: Iterable[Path]) -> dict[Path, int]:
    """Every file with the time of its last change."""
    files = (file for folder in folders for file in _files(folder))
    return {file: file.stat().st_mtime_ns for file in files if file.is_file()}


def _files(folder: Path) -> Iterable[Path]:
    return [folder] if folder.is_file() else folder.rglob("*")
