"""The files here are read by a type checker; doctest must not import them."""

collect_ignore = ["ordinary_use.py", "misuse.py"]
