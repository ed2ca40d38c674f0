"""``csr-desk`` and ``python -m csr_desk``."""
