"""What is shown: the only room that knows Qt."""
