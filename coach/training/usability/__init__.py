"""How usable the coach is: the System Usability Scale, and when it is asked."""
