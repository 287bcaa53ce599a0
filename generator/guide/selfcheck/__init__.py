"""The self-check: topics that readers check for themselves, in the browser and on paper."""
