"""A Slack workspace on loopback, with a page to use it from."""

from sandbox.slack.blockkit import Problem, check_message, check_view
from sandbox.slack.records import Ack, Delivery, Message, View
from sandbox.slack.server import PracticeSlack
from sandbox.slack.workspace import App, Channel, Command, Hint, Person, Sample, Workspace

__all__ = [
    "Ack",
    "App",
    "Channel",
    "Command",
    "Delivery",
    "Hint",
    "Message",
    "Person",
    "PracticeSlack",
    "Problem",
    "Sample",
    "View",
    "Workspace",
    "check_message",
    "check_view",
]
