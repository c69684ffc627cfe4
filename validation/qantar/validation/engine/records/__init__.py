"""Nested records and flat rows judged one by one."""
