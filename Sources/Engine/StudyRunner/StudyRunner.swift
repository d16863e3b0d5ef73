// StudyRunner: see the architecture in README.md.
