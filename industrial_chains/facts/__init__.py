"""Numbers in the sentences of the book, a module a page: the page keeps its `numbers`, and its text glues them in."""
