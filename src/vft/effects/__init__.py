"""What technology changes: designs B, A, C, district series and deferred nursing-home admission.

Pure functions over two tables, PANEL and ADOPTIONS; see ``docs/methods/effect-b.md`` and its
neighbours. Nothing here reads the lake.
"""
