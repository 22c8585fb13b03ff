"""*Explain this number*: the inputs and the arithmetic behind a pillar's score, level and interval, as text.

Everything is read from the frozen result and from what this reader may see; nothing is scored again.
"""
