"""The maker of the templates: words, what the encoder makes of them, the axes that tell them apart."""
