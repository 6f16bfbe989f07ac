"""What the bot says about what was learnt, and about agendas that are handed on."""

from markupsafe import Markup

from texts.times import Times


class LessonTexts(Times):
    def lesson_asked(self, title: str) -> Markup:
        return self.html(
            self._(
                "How did <b>{title}</b> go?\n"
                "Tell the other organisers one thing that worked, and one to do better. A sentence is enough."
            ),
            title=title,
        )

    def lesson_ask(self, kind: str, title: str) -> Markup:
        """`kind` is a word of storage's EntryKind."""
        asks = {
            "practice": self._("<b>{title}</b>\nWhat worked? Send a sentence or two. You see it before others do."),
            "lesson": self._(
                "<b>{title}</b>\nWhat would you do better? Send a sentence or two. You see it before others do."
            ),
        }
        return self.html(asks[kind], title=title)

    def lessons_offered(self) -> Markup:
        return self.html(self._("<b>What others learnt</b> from webinars like yours:"))

    def no_lessons(self) -> Markup:
        return self.html(self._("Nobody has told anything about these topics yet."))

    def no_agenda(self) -> Markup:
        return self.html(self._("This webinar has no agenda to share. /library"))

    def button_worked(self) -> str:
        return self._("What worked")

    def button_better(self) -> str:
        return self._("What to do better")

    def button_lessons(self) -> str:
        return self._("💡 What others learnt")

    def button_share_agenda(self) -> str:
        return self._("Share the agenda")

    def button_agendas(self) -> str:
        return self._("Agendas to start from")

    def button_use_agenda(self) -> str:
        return self._("Use it in my draft")
