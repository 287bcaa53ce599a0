"""`banfa serve`: the guide on this machine alone, built again when something changes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from generator.cli import main
from tests.support.regulation import FICTITIOUS_DATA, ROOT

PATIENCE = 60.0


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running `banfa serve` on a project of its own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self._heard: list[str] = []
        shutil.copytree(ROOT / "content", folder / "content")
        shutil.copy(ROOT / "mkdocs.yml", folder)
        shutil.copytree(FICTITIOUS_DATA, self.data)
        self._running = subprocess.Popen(
            [sys.executable, "-m", "generator.cli", "serve", "--port", str(self.port)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            encoding="utf-8",
            # Whoever runs the tests in the background has made them deaf to Ctrl+C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._running.stderr
        self._heard.extend(self._running.stderr)

    @property
    def said(self) -> str:
        return "".join(self._heard)

    def page(self, host: str = "127.0.0.1") -> str:
        with urlopen(f"http://{host}:{self.port}/index.html", timeout=10) as answer:
            return str(answer.read().decode("utf-8"))

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Until it holds, for as long as anybody would wait."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self._running.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.1)

    def stop(self) -> int:
        """Ctrl+C."""
        self._running.send_signal(signal.SIGINT)
        status = self._running.wait(timeout=120)
        self._listener.join(timeout=30)
        return status


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(tmp_path / "project")
    try:
        started.wait_until(lambda: "预览：" in started.said)
        yield started
    finally:
        if started._running.poll() is None:
            started._running.kill()
            started._running.wait(timeout=120)


def test_changes_appear_mistakes_do_not_and_ctrl_c_ends_it_all(server: Server) -> None:
    assert f"预览：http://127.0.0.1:{server.port}/ （按 Ctrl+C 结束）" in server.said
    assert "云岭县公务用车办事指南（示例）" in server.page()
    # Other machines, and other addresses of this one, get no answer.
    with pytest.raises(URLError):
        server.page("127.0.0.2")

    face = server.data / "yunling-2025" / "edition.yml"
    good = face.read_text("utf-8")
    face.write_text(good.replace("name: 云岭县公务用车办事指南", "name: 改名后的指南"), "utf-8")
    server.wait_until(lambda: "改名后的指南" in server.page())

    face.write_text(good.replace("status: in_force", "status: perhaps"), "utf-8")
    server.wait_until(
        lambda: "edition.yml:8:9: 应为 in_force、repealed、not_yet 之一" in server.said
    )
    assert "改名后的指南" in server.page()

    face.write_text(good, "utf-8")
    server.wait_until(lambda: "改名后的指南" not in server.page())
    assert server.stop() == 0
    assert "Traceback" not in server.said


def test_a_port_that_is_taken_is_told_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as end:
            main(
                [
                    "--data",
                    str(FICTITIOUS_DATA),
                    "serve",
                    "--out",
                    str(tmp_path),
                    "--port",
                    str(port),
                ]
            )
    assert end.value.code == 1
    assert capsys.readouterr().err == (
        f"端口 {port} 不能用（已被其他程序占用），请用 --port 另选一个。\n"
    )
    assert list(tmp_path.iterdir()) == []
