"""Language models: who offers them at which price, how each is spoken to, and what was spent.

A step gets an `asking.Models`, which asks; nothing else of ribao speaks to a model. It never sees a
key: keys are read from the environment when a question is sent, and stand in nothing that is kept.
"""
