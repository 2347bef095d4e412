"""One module a room: its filters, its view, and what it asks of publications and pipeline."""
