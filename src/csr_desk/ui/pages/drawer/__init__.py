"""The Drawer page: float, drops, the blind count and the bag for the bank."""
