"""Nested records and flat rows in JSON, read strictly and judged one by one."""
