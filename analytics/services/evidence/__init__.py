"""What the evidence page is answered with: how far the numbers of a run can be believed."""
