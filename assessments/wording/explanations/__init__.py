"""*Explain this number*: the inputs and arithmetic behind a pillar's score, level and interval, as text.

Everything is derived from the frozen result and what this reader may see; nothing is scored again.
"""
