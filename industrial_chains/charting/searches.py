"""What stands over the tables that readers can search."""

from dataclasses import replace

from exhibits.tables import Search

WORKS = Search("Search these works", "Author, title, theme, 中文 …", "{0} of {1} works")
#: By theme, method and language.
ALL_WORKS = replace(WORKS, by=(3, 4, 5))
#: By verdict.
STATEMENTS = Search("Search these statements", "Word, verdict, economy …", "{0} of {1} statements", by=(1,))
FILES = Search("Search these files", "Word, economy, source …", "{0} of {1} files")
