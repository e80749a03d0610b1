"""Lists a page at a time, in the style that the document declares."""

from verifier.mocking.paging.page import Page
from verifier.mocking.paging.pager import NEXT_MARK, Pager, pager_of
from verifier.mocking.paging.telling import around, link_header, relative_to

__all__ = ["NEXT_MARK", "Page", "Pager", "around", "link_header", "pager_of", "relative_to"]
