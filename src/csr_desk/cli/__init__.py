"""The command line ``csr-desk``: everything that needs no window, and the window itself (``program.app``)."""
