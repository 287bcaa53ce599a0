"""What a server should send with every file of the site, so that nothing foreign can run in it.

The pages work without these headers (from a folder there is no server); with them a browser refuses
whatever the build did not write.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_NOT_RUN = re.compile(r"""\bsrc=|\btype=["']?application/(?:ld\+)?json\b""")


def security_headers(site: Path) -> Mapping[str, str]:
    """The headers for a finished site: its few inline scripts are allowed by their hashes."""
    return {
        "Content-Security-Policy": _policy(_inline_scripts(site)),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


def server_files(headers: Mapping[str, str]) -> Mapping[str, bytes]:
    """The headers as servers take them, by file name."""
    written = {
        "headers.txt": "".join(f"{name}: {value}\n" for name, value in headers.items()),
        "nginx.conf": "".join(
            f'add_header {name} "{value}" always;\n' for name, value in headers.items()
        ),
        "apache.conf": "".join(
            f'Header always set {name} "{value}"\n' for name, value in headers.items()
        ),
    }
    return {name: text.encode() for name, text in written.items()}


def _policy(hashes: Iterable[str]) -> str:
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *(f"'sha256-{each}'" for each in hashes)],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def _inline_scripts(site: Path) -> list[str]:
    """The hashes of all scripts that stand in pages, each once, in a fixed order."""
    found = {
        script
        for file in site.rglob("*.html")
        for attributes, script in _SCRIPT.findall(file.read_text(encoding="utf-8"))
        if not _NOT_RUN.search(attributes)
    }
    digests = (hashlib.sha256(script.encode()).digest() for script in found)
    return sorted(base64.b64encode(digest).decode() for digest in digests)
