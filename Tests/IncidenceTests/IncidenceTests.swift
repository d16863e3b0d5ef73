// Incidence
