"""The recipe of a run: observe, learn, score, recommend, publish. It knows no reader."""
