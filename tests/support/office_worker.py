"""The end of `office.py` that talks to LibreOffice, run by the system's Python, which has UNO.

Reads one JSON object a line ({"do": operation, ...arguments}) and answers each with one line,
{"result": ...} or {"error": message}; `office_inside.py` does the work. Ends, and LibreOffice with
it, when its input ends.

Usage: office_worker.py PROFILE_FOLDER
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 90.0  # seconds for LibreOffice to start
INSIDE = Path(__file__).with_name("office_inside.py")
NAME = "banfa.Worker"


def connect(profile):
    """Starts LibreOffice with a profile of its own; its process, and its context to work in."""
    import uno
    from com.sun.star.connection import NoConnectException

    pipe = f"banfa{os.getpid()}"
    process = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            return process, resolver.resolve(
                f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
            )
        except NoConnectException:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"LibreOffice did not start within {PATIENCE:.0f} s")


def component(context):
    """What `office_inside.py` is inside LibreOffice."""
    loader = context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", context)
    factory = loader.activate(NAME, "", INSIDE.resolve().as_uri(), None)
    return factory.createInstanceWithContext(context)


def answer(inside, order):
    """One operation, asked of LibreOffice."""
    from com.sun.star.beans import NamedValue

    try:
        return inside.execute((NamedValue("order", order),))
    except Exception as error:  # it has ended, or is ending
        return json.dumps({"error": f"{type(error).__name__}: {error}"})


def main(profile):
    process, context = connect(profile)
    desktop = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.Desktop", context
    )
    inside = component(context)
    print(json.dumps({"result": "ready"}), flush=True)
    try:
        for line in sys.stdin:
            print(answer(inside, line), flush=True)
    finally:
        desktop.terminate()
        process.wait()


if __name__ == "__main__":
    main(sys.argv[1])
