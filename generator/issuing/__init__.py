"""Issuing: a roster of departments and projects → numbered, prefilled copies of a workbook."""
