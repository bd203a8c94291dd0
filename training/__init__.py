"""How the model is made: corpus, network, training, export.  Nothing under `src/` imports this package."""
