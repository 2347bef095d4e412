"""The room Skalering: how many use the technology, where, and since when."""
