"""The machine-readable forms of an edition: JSON with its schemas, and a calendar file."""
