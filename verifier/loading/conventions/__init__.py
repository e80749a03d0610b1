"""
Habits of vendors, one a file.

Each module here has ``recognise(view) -> Iterable[Convention]`` and says in its docstring what it
looks for. Adding a convention is adding a file.
"""
