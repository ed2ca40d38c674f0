"""What customers owe: how old it is, where a payment lands, what lateness costs, and how it is paid off in parts."""
