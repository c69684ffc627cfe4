"""Event data of other systems brought into this format: rows, accounts, declared losses."""
