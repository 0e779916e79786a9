"""The models themselves: the ladder of estimators, their calibration and their uncertainty."""
