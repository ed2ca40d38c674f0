"""Chooses the parts of a running desk and joins them."""
