"""Data for browsers as a script file, which loads from a folder too, where nothing else may."""

from __future__ import annotations

import json
from typing import Any


def script_file(name: str, data: Any) -> bytes:
    """A script that puts JSON data into one global: whatever a label holds, it ends no element,
    comment, CDATA section or line."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return f"var {name} = {written};\n".encode()
