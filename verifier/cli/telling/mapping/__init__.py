"""What the commands of mapping contracts print."""
