"""The book without a network: one ZIP file of both editions, and a copy that a reader keeps in the browser."""
