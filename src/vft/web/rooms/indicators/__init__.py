"""The room Indikatorer: what every figure means, how one came about, and the rows behind it."""
