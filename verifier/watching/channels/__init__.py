"""
Ways to people: one a file, found by folder walk, with its settings and its proof beside it.

A channel's module has ``KIND`` (its word in watch.yaml), ``FIELDS`` (its settings) and ``build``,
which makes a channel of them.
"""
