"""The panel of adjustments: on the customer page for an account, on the balancing page for whoever decides."""
