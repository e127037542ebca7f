"""The book as a site: its extension of Sphinx, its executed references, what it must show, and what its data are."""
