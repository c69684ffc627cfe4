"""The rules on clusters and in warehouses."""
