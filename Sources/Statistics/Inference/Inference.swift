// Inference: see the architecture in README.md.
