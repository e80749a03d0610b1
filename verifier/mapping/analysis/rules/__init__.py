"""Ways in which a contract can be wrong: one a file, found by walking this folder."""
