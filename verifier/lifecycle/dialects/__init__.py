"""How vendors say that something ends: one dialect a file, found by folder walk.

A dialect has any of these functions, and examples that prove it:

    extensions(marks)   ``x-`` members of an operation, parameter, schema or scheme -> signals
    headers(headers)    names in lower case to their values -> signals
    body(value)         a parsed answer -> signals
    EXAMPLES            (function's name, input, signals as milestone and day) ...
"""
