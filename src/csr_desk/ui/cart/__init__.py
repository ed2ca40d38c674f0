"""A cart as it is keyed: its lines with what they ask for and cost, on whichever page somebody fills one."""
