"""VFT: dataplattform, Indigo and Nova for Norwegian municipalities' welfare technology."""

__version__ = "0.1.0"
