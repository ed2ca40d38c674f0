"""The machine makes its own demo city; the home of keys and settings is the tests' own."""
