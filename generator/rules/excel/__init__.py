"""The Excel target: facts, conditions and dates as steps, one short formula a cell."""
