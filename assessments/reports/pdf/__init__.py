"""Reports on paper: markup made here, set as PDF/UA-1 in a process of its own, which loads as little of this as it can."""
