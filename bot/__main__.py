"""`python -m bot` is `kierto`."""

from bot.cli import main

main()
