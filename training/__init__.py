"""How the shipped reader is made: data, network, training, export. Never imported by the package."""
