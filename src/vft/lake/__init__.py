"""The lake: what was received, validated and kept under pseudonym, with all its history."""
