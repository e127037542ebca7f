"""The book as a site: a Sphinx extension, and what builds, translates and prints it."""
