"""Work orders as two pages show them: beneath a project, and beside an account."""
