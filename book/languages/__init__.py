"""Translations of the book: catalogues, builds, and links from language to language."""
