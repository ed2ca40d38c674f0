"""What is decided: plain Python values and functions, without Qt, SQL, clock or files."""
