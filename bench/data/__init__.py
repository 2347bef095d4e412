"""An invented municipality of any size, written straight into a lake: no ingestion is timed."""
