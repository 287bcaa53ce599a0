"""Workbooks: an Edition and a layout → .xlsx that departments fill in offline."""
