"""A friendly Wednesday, played with made people on the real desk and a real database, to see what a day is like."""
