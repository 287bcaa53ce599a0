"""What several tests use: programs, browsers and judges outside Banfa, and paths."""
