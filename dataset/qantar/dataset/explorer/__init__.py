"""The explorer: one self-contained page on which a package can be read, searched and checked."""
