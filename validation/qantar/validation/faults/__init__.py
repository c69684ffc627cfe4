"""What a fault is, and faults gathered: as a verdict, a frame, a file."""
