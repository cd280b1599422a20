"""The Web API of the practice Slack: one module per family of methods."""
