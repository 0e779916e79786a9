"""How the models did on test dates: against each other, by risk, by group, by capacity."""
