"""Mapping contracts: what two systems mean by their fields; analysed, executed, and tested."""
