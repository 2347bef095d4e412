"""VFT: dataplattform, Indigo and Nova for Norwegian municipalities' welfare technology."""

__version__ = "0.2.0"
