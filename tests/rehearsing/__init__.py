"""The rehearsal of integrations."""
