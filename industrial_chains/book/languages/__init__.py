"""Translations of the book: their catalogues, their builds, and links between them."""
