"""What the book says: the article's exhibits and statements, the chapters' computations, one look, and the site.

It builds on :mod:`gvc`, which knows nothing of it.
"""
