"""What the parts of the view look things up in: names, numbers, the flow and the language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from regelwerk.artifacts.view.numbering import ranges, step_numbers
from regelwerk.artifacts.view.speech import Speech, speech, words_of
from regelwerk.model.context import BuildContext
from regelwerk.model.flow import Flow, build_flow
from regelwerk.model.moment import Moment, day_of
from regelwerk.model.process import Process, Step


class Lookup(msgspec.Struct, frozen=True, kw_only=True):
    """Words for everything that a definition only names by id."""

    context: BuildContext
    process: Process
    speech: Speech
    numbers: Mapping[str, str]
    steps: Mapping[str, Step]
    flow: Flow

    def role(self, id_: str) -> str:
        """The role's title."""
        return self.context.names.roles.get(id_) or words_of(id_)

    def roles(self, ids: Iterable[str]) -> list[str]:
        """The titles of several roles."""
        return [self.role(id_) for id_ in ids]

    def role_with_members(self, id_: str) -> str:
        """`ARTS Group (Legal, Marketing, Finance)`, or the title alone."""
        known = self.context.project.organization.roles.get(id_)
        if known is None or not known.includes:
            return self.role(id_)
        members = ", ".join(self.roles(known.includes))
        return self.speech.say("role.members", role=self.role(id_), members=members)

    def person(self, id_: str) -> str:
        """The person's name."""
        return self.context.names.people.get(id_) or words_of(id_)

    def called_process(self, id_: str) -> str:
        """A process's title."""
        return self.context.names.processes.get(id_) or words_of(id_)

    def party(self, id_: str | None) -> str:
        """From whom or to whom a document goes: a process, a role, or a word such as customer."""
        if id_ is None:
            return ""
        names = self.context.names
        return names.processes.get(id_) or names.roles.get(id_) or words_of(id_)

    def document(self, id_: str) -> str:
        """A document's title."""
        known = self.process.documents.get(id_)
        return known.title if known is not None else words_of(id_)

    def documents(self, ids: Iterable[str]) -> list[str]:
        """The titles of several documents."""
        return [self.document(id_) for id_ in ids]

    def resource(self, id_: str) -> str:
        """A resource's title."""
        known = self.process.resources.get(id_)
        return known.title if known is not None else words_of(id_)

    def end(self, id_: str) -> str:
        """The event with which the process ends."""
        known = self.process.ends.get(id_)
        return known.event if known is not None else words_of(id_)

    def outcome(self, process: str, end: str) -> str:
        """The event of a called process's end."""
        folder = self.context.project.processes.get(process)
        for definition in folder.definitions() if folder is not None else ():
            if end in definition.process.ends:
                return definition.process.ends[end].event
        return words_of(end)

    def step(self, id_: str) -> str:
        """`step 7, Qualify contact`."""
        known = self.steps.get(id_)
        if known is None:
            return words_of(id_)
        return self.speech.say("step", number=self.numbers[id_], title=known.title)

    def some_steps(self, numbers: Sequence[str]) -> str:
        """`steps 1–3 and 7`, from step numbers in order."""
        words = self.speech.listing(ranges(numbers))
        return self.speech.count("steps", len(numbers), numbers=words)

    def moment_of(self, id_: str) -> str:
        """`the start of the process`, its end, or a step."""
        if id_ in ("start", "end"):
            return self.speech.say(f"moment.{id_}")
        return self.step(id_)

    def day(self, moment: Moment | None) -> str:
        """The calendar day of a moment where the organization is, in words."""
        if moment is None:
            return ""
        zone = ZoneInfo(self.context.project.organization.timezone)
        return self.speech.day(day_of(moment, zone))

    def date(self, day: date | None) -> str:
        """A day in words; empty for None."""
        return self.speech.day(day)


def lookup(context: BuildContext) -> Lookup:
    """Everything the view of one definition looks things up in."""
    process = context.definition.process
    return Lookup(
        context=context,
        process=process,
        speech=speech(context.names.language, context.names.translations),
        numbers=step_numbers(process),
        steps={step.id: step for step in process.all_steps()},
        flow=build_flow(process, context.project.ends_of),
    )


def anchor(step: str) -> str:
    """The link target of a step in web pages and pictures."""
    return f"step-{step}"
