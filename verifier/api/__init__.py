"""The Python door: what the command line does, with plain arguments; a file for each room."""
