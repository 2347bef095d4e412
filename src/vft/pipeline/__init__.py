"""Ingest → refresh → publish: the one service that commands, upload page and Datagrunnlag call.

``ingest`` reads files into the lake, ``run`` refreshes and publishes, ``holdings`` tells what is
there, ``registers`` compares EPJ and suppliers, ``persons`` erases one, ``rotation`` changes keys.
"""
