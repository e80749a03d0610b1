"""Vendor x Checks x Budget in, a Plan out."""
