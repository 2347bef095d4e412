"""What could happen: scenarios drawn from dated calculation keys, and queues run hour by hour.

Pure functions. Keys are drawn all at once; a discrete-event library runs the queues. Conventions
are those of :mod:`vft.benefits`: not documented is null, and freed time is not money.
"""
