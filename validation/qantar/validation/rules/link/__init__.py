"""Kinds of rules that look at several rows: one module each."""
