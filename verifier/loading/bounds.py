"""How much of a stranger's document we take on before we refuse it."""

__all__ = [
    "DEEPEST_NESTING",
    "LARGEST_DOCUMENT_BYTES",
    "LARGEST_TREE_BYTES",
    "MOST_FILES",
    "MOST_NODES",
]

LARGEST_DOCUMENT_BYTES = 64 * 1024 * 1024
"""One file. The largest published documents we know are some 40 MB."""

LARGEST_TREE_BYTES = 256 * 1024 * 1024
"""All files of one document together."""

MOST_FILES = 10_000
"""Files of one document. The largest tree we know has 2,907."""

DEEPEST_NESTING = 400
"""Objects and lists inside each other. Real documents stay under 60."""

MOST_NODES = 4_000_000
"""Values in one file, repeated ones (YAML aliases) counted each time. GitHub's has some 450,000."""
