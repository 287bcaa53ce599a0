"""The guide: an Edition → a tree of plain Markdown and its navigation → a static site."""
