"""The training day at the window: the customer at the counter above every page, and the result."""
