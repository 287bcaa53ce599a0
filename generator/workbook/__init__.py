"""Workbooks: an Edition and a layout → .xlsx that departments fill in offline."""

import os

# openpyxl writes other bytes where lxml happens to be installed; ours must not depend on that.
os.environ.setdefault("OPENPYXL_LXML", "False")
