"""The rules as SQL for warehouses."""
