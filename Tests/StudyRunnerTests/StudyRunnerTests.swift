// StudyRunner
