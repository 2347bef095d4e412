"""One module a kind of file: the course and the registers as a vendor would export them."""
