"""Methods measured: time, memory and answers, against what a library or plain NumPy does."""
