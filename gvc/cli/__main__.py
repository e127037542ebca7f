"""``python -m gvc.cli``, the same as ``gvc``."""

from gvc.cli import main

if __name__ == "__main__":
    main()
