"""The kinds of blocks that a sheet is made of; what they show comes from the data."""
