"""What the tests of `gvc` share. With ``--confcutdir=tests/gvc`` they need nothing of the book."""

from tests.fixtures import test_data, toys

__all__ = ["test_data", "toys"]
