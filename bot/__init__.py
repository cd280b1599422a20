"""The program: settings, composition, the Slack edge, the clock, the engine, the command line."""
