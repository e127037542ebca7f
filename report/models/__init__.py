"""The theories of relocation as small exact models: each module is one theory, each function one of its results."""
