"""The model: data files, their mistakes, the edition they make."""
