"""The maker of the safety head: voices, rooms, features, training."""
