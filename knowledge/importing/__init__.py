"""Official records -> guides with `status: imported`: one module a format, all through one Record."""
