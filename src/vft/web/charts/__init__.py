"""Charts as SVG, drawn on the server: one module a kind, each wide and narrow."""
