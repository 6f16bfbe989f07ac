"""What is said to those who were there, and to the hosts of what they thought."""

from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from texts.times import Times


class FeedbackTexts(Times):
    # The question

    def feedback_asked(self, title: str) -> Markup:
        return self.html(self._("How was <b>{title}</b>?\nOne tap is enough: 1 is poor, 5 is very good."), title=title)

    def feedback_if_there(self, title: str) -> Markup:
        return self.html(
            self._("Were you at <b>{title}</b>? How was it?\nOne tap is enough: 1 is poor, 5 is very good."),
            title=title,
        )

    def feedback_question(self, title: str, number: int, of: int, question: str) -> Markup:
        return self.html(
            self._("{title}: question {number} of {of}\n<b>{question}</b>"),
            title=title,
            number=number,
            of=of,
            question=question,
        )

    def scale_hint(self) -> Markup:
        return self.html(self._("1 is not at all, 5 is very much."))

    def line_hint(self) -> Markup:
        return self.html(self._("Write me one line, or skip it."))

    def your_answer(self, answer: str) -> Markup:
        return self.html(self._("Your answer: <i>{answer}</i>"), answer=answer)

    def feedback_thanks(self, title: str, rating: int) -> Markup:
        return self.html(self._("✅ Thank you. <b>{title}</b>: {rating} of 5"), title=title, rating=rating)

    def answer_line(self, question: str, answer: str) -> Markup:
        return self.html(self._("• {question} <i>{answer}</i>"), question=question, answer=answer)

    def feedback_nameless(self) -> Markup:
        return self.html(self._("The hosts see your answers without your name."))

    def feedback_named(self) -> Markup:
        return self.html(self._("The hosts see your answers with your name."))

    def feedback_closed(self) -> Markup:
        return self.html(
            self._("This can be answered for two weeks after a webinar, by those who were there. /webinars")
        )

    def missed(self, title: str) -> Markup:
        return self.html(self._("Sorry we missed you at <b>{title}</b>. Here is the recording."), title=title)

    def came_after_all(self) -> Markup:
        return self.html(self._("✅ Thank you, you are counted among those who came."))

    def button_came_after_all(self) -> str:
        return self._("I was there")

    # The usual questions

    def usual_question(self, name: str) -> str:
        """`name` is the text of one of domain.feedback.questions.USUAL."""
        return {
            "useful": self._("How useful was it for your company?"),
            "next": self._("What would help you most now?"),
            "better": self._("What should we do better next time?"),
        }[name]

    def usual_option(self, name: str) -> str:
        return {
            "deeper": self._("More on this subject"),
            "market": self._("Another market"),
            "partners": self._("Meeting partners"),
        }[name]

    # For the hosts

    def feedback_counted(self, answered: int, there: int, rate: float, *, known: bool) -> Markup:
        if known:
            said = self._("{answered} of the {there} who came answered ({rate}).")
        else:
            said = self._("{answered} of the {there} who were registered answered ({rate}).")
        percent = format_percent(rate, locale=self.locale)
        return self.html(said, answered=answered, there=there, rate=percent)

    def no_feedback(self) -> Markup:
        return self.html(self._("Nobody has answered yet. Those who came are asked half an hour after the end."))

    def average(self, average: float) -> Markup:
        number = format_decimal(round(average, 1), locale=self.locale)
        return self.html(self._("⭐ {average} of 5 on average"), average=number)

    def share_line(self, label: str, number: int) -> Markup:
        return self.html(self._("{label}: {number}"), label=label, number=number)

    def comments_title(self, title: str, total: int) -> Markup:
        return self.html(
            self._n("<b>{title}</b>\n{n} comment", "<b>{title}</b>\n{n} comments", total), title=title, n=total
        )

    def comment(self, text: str, name: str) -> Markup:
        if name:
            return self.html(self._("“{text}” — {name}"), text=text, name=name)
        return self.html(self._("“{text}”"), text=text)

    def no_comments(self, title: str) -> Markup:
        return self.html(self._("<b>{title}</b>\nNobody has written anything."), title=title)

    def stars(self, rating: int) -> str:
        return self._("{rating} ⭐").format(rating=rating)

    def picture_stars(self, answered: int) -> str:
        return self._n("How was it? ({n} answer)", "How was it? ({n} answers)", answered).format(n=answered)

    # Which questions are asked

    def form_title(self, title: str) -> Markup:
        return self.html(
            self._("<b>{title}</b>\nThose who come are asked 1 to 5 half an hour after the end, and then:"), title=title
        )

    def form_title_of_draft(self) -> Markup:
        return self.html(self._("Those who come are asked 1 to 5 half an hour after the end, and then:"))

    def form_question(self, number: int, question: str, answers: str) -> Markup:
        return self.html(self._("{number}. {question} ({answers})"), number=number, question=question, answers=answers)

    def answered_on_scale(self) -> str:
        return self._("1 to 5")

    def answered_with_line(self) -> str:
        return self._("a line of text")

    def form_ask(self, title: str) -> Markup:
        return self.html(
            self._(
                "Send up to three questions to ask after <b>{title}</b>, each on a line of its own:\n"
                "<code>How useful was it? 1-5</code>\n"
                "<code>Which market is next? USA / China / Canada</code>\n"
                "<code>What should we do better?</code>\n"
                "They also go into the library, where other organisers can use them."
            ),
            title=title,
        )

    def form_fault(self, fault: str, line: str, limit: int) -> Markup:
        """`fault` is a value of domain.feedback.questions.Fault."""
        said = {
            "none": self._("There was no question in that."),
            "too_many": self._("That is more than {limit} questions. Send up to {limit}."),
            "too_long": self._("This is longer than {limit} characters: <i>{line}</i>"),
            "no_choice": self._(
                "I can't read this: <i>{line}</i>\n"
                "Write the question first, then two to six different choices with / between them."
            ),
        }[fault]
        return self.html(said, line=line, limit=limit)

    def form_fixed(self) -> Markup:
        return self.html(self._("The webinar is over: those who came are asked as it was agreed. /manage"))

    # Buttons

    def button_fewer(self) -> str:
        return self._("Fewer messages")

    def button_next(self) -> str:
        return self._("Next ›")

    def button_take_back(self) -> str:
        return self._("Remove my answer")

    def button_show_name(self) -> str:
        return self._("Show my name to the hosts")

    def button_hide_name(self) -> str:
        return self._("Hide my name")

    def button_change_answers(self) -> str:
        return self._("Change my answers")

    def button_feedback(self) -> str:
        return self._("Feedback")

    def button_feedback_questions(self) -> str:
        return self._("Feedback questions")

    def button_comments(self, number: int) -> str:
        return self._("Comments ({n})").format(n=number)

    def button_usual_form(self) -> str:
        return self._("The usual questions")

    def button_write_form(self) -> str:
        return self._("Write my own")
