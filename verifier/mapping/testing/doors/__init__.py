"""Ways to an implementation: a child process, an address, a function of this process."""
