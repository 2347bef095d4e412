"""The bench: the same questions put to vft and to its peers, on the same files.

Run by ``make bench ARGS="…"`` (``python -m bench``). Every measurement runs in a process of its
own; nothing is printed unless all peers give the same rows.
"""
