"""How the facts of a guide are said: each fact becomes a line, with its case, its dates and how sure it is."""
