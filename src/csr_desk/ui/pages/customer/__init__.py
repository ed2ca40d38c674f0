"""The page of a customer: who they are, what they owe, what warns, what happened; and their entry form."""
