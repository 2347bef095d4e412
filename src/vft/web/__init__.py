"""The rooms on screen: one module a room, figures from publications only."""
