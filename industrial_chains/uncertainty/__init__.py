"""How far numbers may be off, and sources drawn anew within that."""
