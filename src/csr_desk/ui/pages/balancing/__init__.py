"""The Balancing page: a supervisor accepts drawers, an accountant confirms deposits, the day is closed."""
