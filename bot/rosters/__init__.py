"""The roster as a table: read from XLSX and CSV, compared with what is planned, and written to be filled in."""
