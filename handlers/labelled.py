"""A chat that says on everything it shows which company it is about: for people who belong to several."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers.chat import Answer, Chat, Download, Modal, Picture, Posted, Profile
from handlers.said import Said
from handlers.views import blocks as b


def answered(chat: Chat, answer: object) -> object:
    """What a form gives back, with the company's name where ``chat`` says it."""
    if not isinstance(chat, Labelled) or not isinstance(answer, Answer):
        return answer
    update, push = (modal and chat.above(modal) for modal in (answer.update, answer.push))
    return replace(answer, update=update, push=push)


def labelled(chat: Chat, company: str) -> Chat:
    """``chat``, with the company's name on its messages, forms and Home tab."""
    return Labelled(chat, company)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The chat behind it does everything; only what is shown gets a line more."""

    chat: Chat
    company: str

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted:
        return self.chat.post(channel, self._under(picture), thread)

    def redraw(self, where: Posted, picture: Picture) -> None:
        self.chat.redraw(where, self._under(picture))

    def direct(self, user: str) -> str:
        return self.chat.direct(user)

    def whisper(self, said: Said, picture: Picture) -> None:
        self.chat.whisper(said, self._under(picture))

    def open(self, said: Said, modal: Modal) -> None:
        self.chat.open(said, self.above(modal))

    def refresh(self, view: str, modal: Modal) -> None:
        self.chat.refresh(view, self.above(modal))

    def home(self, user: str, picture: Picture) -> None:
        self.chat.home(user, self._under(picture))

    def profile(self, user: str) -> Profile:
        return self.chat.profile(user)

    def people(self) -> tuple[Profile, ...]:
        return self.chat.people()

    def download(self, file: str, most: int) -> Download:
        return self.chat.download(file, most)

    def upload(self, channel: str, thread: str, name: str, content: bytes, comment: str) -> None:
        self.chat.upload(channel, thread, name, content, comment)

    def keep_picture(self, name: str, content: bytes, alt: str) -> str:
        return self.chat.keep_picture(name, content, alt)

    def above(self, modal: Modal) -> Modal:
        """A form with the company's name on top."""
        return replace(modal, blocks=(self._line(), *modal.blocks))

    def _under(self, picture: Picture) -> Picture:
        own = picture.blocks or (b.section(picture.text),)
        return replace(picture, blocks=(*own[:49], self._line()))

    def _line(self) -> dict[str, object]:
        return b.context(f":office: {b.safe(self.company)}")
