"""One build of the book: what runs, what is kept, what depends on what, and how a mistake is told."""
