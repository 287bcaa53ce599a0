"""What pages show, as frozen values: words and links, chosen here, not in templates."""
