"""``python -m report.cli``, the same as ``gvc``."""

from report.cli import main

main()
