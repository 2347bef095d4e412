"""The room Min bruker: what one may, how one logs in, and the keys one has made."""
