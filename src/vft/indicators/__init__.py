"""Indicators: what is counted, why, and the expression that counts it. One module each."""
