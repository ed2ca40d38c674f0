"""What is done: one function is one transaction."""
