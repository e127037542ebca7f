"""Numbers in the sentences of the book, a module a page: its `numbers` are what the page keeps and its text glues in."""
