"""The workshop: what officials, who are no programmers, do with a guide before citizens read it."""
