"""CSR Desk: the desktop program of a city's cashier counter."""
