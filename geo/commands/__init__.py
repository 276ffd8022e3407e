"""The commands of ``conflict-map``, one module each; heavy imports inside them."""
