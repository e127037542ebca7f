"""``python -m industrial_chains.cli``, the same as ``gvc``."""

from industrial_chains.cli import main

main()
