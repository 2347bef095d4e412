"""What municipalities send, read by mappings that they own, into the contracts of `vft.tables`."""
