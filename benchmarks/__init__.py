"""What we claim about speed, as ratios that anybody can measure again (``make bench``)."""
