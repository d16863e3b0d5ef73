// LinearAlgebra: see the architecture in README.md.
