"""The theories of relocation as small exact models: each module is one theory, each function one of its results."""

#: What stands below a chart of one of them.
LINE = "Own computation from the model."
