"""The families of edge cases: one a file, found by walking this folder."""
