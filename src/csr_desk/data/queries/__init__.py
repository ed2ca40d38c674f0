"""Reading and writing rows, one module a noun; everything that knows SQL above the tables stands here."""
