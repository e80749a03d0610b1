"""What the two documents say about a record, field by field."""

from verifier.mapping.shapes.facts import Facts
from verifier.mapping.shapes.shape import Field, Shape, find, shape_of, walk

__all__ = ["Facts", "Field", "Shape", "find", "shape_of", "walk"]
