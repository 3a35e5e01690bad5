"""Who trains here: the first person, whose files lie where they always did, and others in folders of their own."""
