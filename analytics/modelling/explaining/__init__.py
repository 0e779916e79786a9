"""What moved a prediction: exact Shapley values, parts by theme, and the nearest change."""
