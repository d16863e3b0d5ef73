// Tables: see the architecture in README.md.
