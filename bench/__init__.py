"""How fast the road is: each figure a ratio to the best that hand-written SQL does, measured in turn in one run."""
