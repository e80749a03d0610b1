"""Can we depend on this vendor's API, and does our integration survive it?"""
