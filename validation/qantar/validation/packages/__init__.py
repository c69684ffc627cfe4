"""Data packages: digests, descriptors, tables among each other, texts."""
