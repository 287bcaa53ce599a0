"""What the guide's own search looks through: records, written as a script file."""
