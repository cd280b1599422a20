"""A chat that says which company it is about: to its reader, if he has several, and to us when he presses something.

What is pressed or sent in is about the company it was shown for, whichever the person is at by then. Buttons carry a
handle that tells it; for those that do not (a Home tab's, a form without a subject) the place they stand in does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers.chat import Answer, Block, Chat, Download, Modal, Picture, Posted, Profile
from handlers.said import Said
from handlers.views import blocks as b

MARK = "at."  # the company's id; in a message also a number, because a block's name stands there once; the topic
NAME = 255  # characters of a block's name that Slack takes
MESSAGE, HOME, FORM = 50, 100, 100  # blocks that Slack takes


def company_in(token: str) -> str:
    """The company that a mark of ours names; empty for any other text."""
    return token.split(".")[1] if token.startswith(MARK) else ""


def topic_in(token: str) -> str:
    """What the message is about in which the block with this mark stands; empty for one that is shown only once."""
    return token.split(".", 3)[3] if company_in(token) and token.count(".") > 2 else ""


def about(picture: Picture, company: str, topic: str) -> Picture:
    """The picture of a message that is redrawn: what can be pressed in it says what the message is about."""
    return replace(
        picture, blocks=tuple(_named(block, f"{MARK}{company}.{n}.{topic}") for n, block in enumerate(picture.blocks))
    )


def answered(chat: Chat, answer: object) -> object:
    """What a form gives back, with the company's name where ``chat`` says it."""
    if not isinstance(chat, Labelled) or not isinstance(answer, Answer):
        return answer
    update, push = (modal and chat.above(modal) for modal in (answer.update, answer.push))
    return replace(answer, update=update, push=push)


def shown(chat: Chat, picture: Picture) -> Picture:
    """A picture that goes another way than through ``chat``, as that would show it."""
    return chat.under(picture, MESSAGE) if isinstance(chat, Labelled) else picture


def labelled(chat: Chat, company: str, name: str, *, several: bool) -> Chat:
    """``chat`` for what is about one company (its id and name); its name stands on everything where there are several.

    ``several``: the reader has more than one.
    """
    return Labelled(chat, company, name if several else "")


@dataclass(frozen=True, slots=True)
class Labelled:
    """The chat behind it does everything; only what is shown gets a line more, and marks that nobody sees."""

    chat: Chat
    company: str
    name: str

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted:
        return self.chat.post(channel, self.under(picture, MESSAGE), thread)

    def redraw(self, where: Posted, picture: Picture) -> None:
        self.chat.redraw(where, self.under(picture, MESSAGE))

    def direct(self, user: str) -> str:
        return self.chat.direct(user)

    def whisper(self, said: Said, picture: Picture) -> None:
        self.chat.whisper(said, self.under(picture, MESSAGE))

    def open(self, said: Said, modal: Modal) -> None:
        self.chat.open(said, self.above(modal))

    def refresh(self, view: str, modal: Modal) -> None:
        self.chat.refresh(view, self.above(modal))

    def home(self, user: str, picture: Picture) -> None:
        self.chat.home(user, self.under(picture, HOME))

    def profile(self, user: str, *, fresh: bool = False) -> Profile:
        return self.chat.profile(user, fresh=fresh)

    def people(self) -> tuple[Profile, ...]:
        return self.chat.people()

    def download(self, file: str, most: int) -> Download:
        return self.chat.download(file, most)

    def upload(self, channel: str, thread: str, name: str, content: bytes, comment: str) -> None:
        told = "\n".join(filter(None, (comment, self._told())))
        self.chat.upload(channel, thread, name, content, told)

    def keep_picture(self, name: str, content: bytes, alt: str) -> str:
        return self.chat.keep_picture(name, content, alt)

    def above(self, modal: Modal) -> Modal:
        """A form with the company's name on top, and its mark where it carries nothing else."""
        line = (b.context(self._told()),) if self.name else ()
        return replace(modal, blocks=(*line, *modal.blocks)[:FORM], meta=modal.meta or f"{MARK}{self.company}")

    def under(self, picture: Picture, most: int) -> Picture:
        """A picture of at most ``most`` blocks with the company's name at its foot, and its marks."""
        own = picture.blocks
        if self.name:
            own = (*(own or (b.section(picture.text),))[: most - 1], b.context(self._told()))
        return replace(picture, blocks=tuple(self._marked(block, place) for place, block in enumerate(own)))

    def _told(self) -> str:
        return f":office: {b.safe(self.name)}" if self.name else ""

    def _marked(self, block: Block, place: int) -> Block:
        return _named(block, f"{MARK}{self.company}.{place}")


def _named(block: Block, name: str) -> Block:
    """A block without a name in which something can be pressed gets one."""
    if "block_id" in block or len(name) > NAME or not (block["type"] == "actions" or "accessory" in block):
        return block
    return {**block, "block_id": name}
