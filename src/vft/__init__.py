"""VFT: dataplattform, Indigo and Nova for Norwegian municipalities' welfare technology."""
