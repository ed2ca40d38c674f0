"""What acts on the counter: printers, drawers, scanners and their stand-ins."""
