"""Figures that leave the screen: files for spreadsheets and programs, and the wallboard.

A writer is given figures as one reader may see them, and knows nothing of who she is.
"""
