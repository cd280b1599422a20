"""The rules of a sales invoice, grouped by what they look at; each module has its RULES and their EXPLANATIONS."""
