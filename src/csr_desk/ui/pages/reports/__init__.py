"""The Reports page: what a day or a period brought, and the journal for the general ledger."""
