"""The practice world: a Procountor and a Slack on loopback."""
