"""What the command line says, on which stream, in which form; it decides nothing."""
