"""What pages show, as frozen values: words and links, chosen here so that templates need no logic."""
