"""From source files to ``data/``: what ``make data`` runs. It is run from the repository and never installed.

``python -m pipeline --help`` lists the steps. Chapters read the files that they write, and import nothing from here.
"""
