"""Selling: search, cart, inputs, tenders, finish."""
