"""One picture a file: figures in, shapes and a table out; nothing where there is nothing to see."""
