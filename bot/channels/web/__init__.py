"""The web page: a talk that works with forms alone, in any browser, with nothing loaded from elsewhere."""
