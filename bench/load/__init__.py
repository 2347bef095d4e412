"""Load on the pages: how soon the real server answers readers of every role at a steady rate."""
