"""Kinds of rules that look at one row: one module each."""
