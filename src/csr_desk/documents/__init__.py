"""What is printed: frozen facts in, PDF bytes out."""
