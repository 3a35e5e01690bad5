"""How the history lies on the disk: opening it in any state, its order, mending it, putting a session right."""
