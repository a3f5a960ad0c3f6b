"""Pages that belong to nobody: every guide at its own address, the lists that lead there, and the map of them."""
