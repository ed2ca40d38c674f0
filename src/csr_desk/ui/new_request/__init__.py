"""A request is taken beside whatever page is in front."""
