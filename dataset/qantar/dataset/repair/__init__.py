"""Tables mended where the row itself or a known list proves what stood there."""
