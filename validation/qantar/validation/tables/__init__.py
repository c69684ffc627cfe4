"""Files that hold one table each, read exactly."""
