"""Every code a finding can have, with its severity and one sentence of explanation."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a finding matters: an error fails the command, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(msgspec.Struct, frozen=True):
    """A code, the severity it has unless said otherwise, and what it means."""

    id: str
    severity: Severity
    meaning: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_TABLE: tuple[tuple[str, Severity, str], ...] = (
    # reading
    ("yaml/syntax", _E, "The file is not well-formed YAML or JSON, or uses a tag."),
    ("yaml/duplicate-key", _E, "A mapping holds the same key twice; one of the two would be lost."),
    ("yaml/encoding", _E, "The file is not UTF-8."),
    ("yaml/too-large", _E, "The file is beyond a limit: size, depth of nesting, or aliases."),
    # shape
    ("schema/unknown-key", _E, "A key that the format does not know, often a misspelling."),
    ("schema/missing-key", _E, "A key that the format requires is not there."),
    ("schema/type", _E, "A value of the wrong type, such as a number where text belongs."),
    ("schema/value", _E, "A value of the right type that is not allowed here."),
    ("schema/stale", _W, "A generated schema no longer says what its definition says."),
    # names
    ("reference/undefined-role", _E, "A role that organization.yaml does not define."),
    ("reference/undefined-person", _E, "A person that people.yaml does not define."),
    ("reference/undefined-step", _E, "A step id that the process does not have."),
    ("reference/undefined-document", _E, "A document that the process does not define."),
    ("reference/undefined-resource", _E, "A resource that the process does not define."),
    ("reference/undefined-process", _E, "A process that the project does not have."),
    ("reference/undefined-email", _E, "An e-mail template that does not exist."),
    ("reference/undefined-field", _E, "A field that the step does not have."),
    ("reference/undefined-kpi", _E, "A key figure that the process does not define."),
    ("reference/undefined-register", _E, "An entry that register.yaml does not hold."),
    ("reference/undefined-end", _E, "An end that the process does not have."),
    (
        "reference/undefined-approval",
        _E,
        "An approval rule that organization.yaml does not define.",
    ),
    ("reference/duplicate-id", _E, "The same id is given twice where it must be unique."),
    ("reference/duplicate-document-number", _E, "Two documents carry the same number."),
    ("reference/document-conflict", _E, "Two processes say different things of one document."),
    ("reference/id-folder-mismatch", _E, "The id in a file differs from the name of its folder."),
    ("reference/unknown-clause", _E, "A clause that the standard does not have."),
    ("reference/role-cycle", _E, "A role includes itself, directly or through others."),
    ("reference/unused-role", _W, "A role that no process, rule or person uses."),
    ("reference/unused-document", _W, "A document that no step or process takes in or gives out."),
    # flow
    ("flow/unreachable-step", _E, "No way leads from the start to the step."),
    ("flow/no-path-to-end", _E, "From the step no way leads to an end of the process."),
    ("flow/loop-without-exit", _E, "The flow can enter a loop that it can never leave."),
    ("flow/jump-across-parallel", _E, "A way leads into or out of a parallel branch."),
    ("flow/input-not-produced", _E, "Some path reaches the step without a document it needs."),
    ("flow/four-eyes-impossible", _E, "Two steps must be done by different people, and cannot be."),
    ("flow/due-after-later-step", _E, "A due date counts from a step that can only come later."),
    ("flow/single-option", _W, "A decision with one option decides nothing."),
    ("flow/same-target", _W, "All options of a decision lead to the same place."),
    ("flow/output-not-produced", _W, "Some path to a success lacks an output of the process."),
    ("flow/unused-end", _W, "An end that no way reaches."),
    # approval
    ("approval/digest-mismatch", _E, "The frozen definition is not the text that was approved."),
    ("approval/bad-signature", _E, "A signature does not verify, or cannot be verified."),
    ("approval/missing-stage", _E, "The version is in effect by date without a required stage."),
    ("approval/role-not-held", _E, "Who signed did not hold the stage's role on that day."),
    (
        "approval/same-person",
        _E,
        "Two stages that different people must sign have the same signer.",
    ),
    ("approval/out-of-order", _E, "A stage was signed before the stage that comes first."),
    (
        "approval/effective-before-approved",
        _E,
        "The version takes effect before its last signature.",
    ),
    ("approval/paper-not-allowed", _E, "A paper signature after the day until which they count."),
    (
        "approval/not-editorial",
        _E,
        "A version under the rule `editorial` changes more than the wording.",
    ),
    (
        "approval/rewritten",
        _E,
        "What was frozen or signed in the trusted state is not so any more.",
    ),
    (
        "approval/issued-otherwise",
        _E,
        "A document that is issued since the trusted state is not what its version gives.",
    ),
    (
        "approval/untrusted-change",
        _E,
        "People, keys or approval rules changed without signatures that the trusted state accepts.",
    ),
    ("approval/missing-change", _E, "A later version does not say why it exists."),
    ("approval/version-not-raised", _W, "The working definition changed and kept its number."),
    ("approval/review-overdue", _W, "The version in force was due for review."),
    (
        "approval/other-name",
        _I,
        "A signature keeps a name (which is not signed) other than that in people.yaml.",
    ),
    ("approval/unsigned-paper", _I, "Approved on paper, which this tool cannot verify."),
    # template
    ("template/undefined-variable", _E, "A template uses a name that nothing fills in."),
    ("template/syntax", _E, "A template is broken: a tag is not closed or not known."),
    ("template/unsafe", _E, "A template reaches for something that templates may not use."),
    ("template/unknown-email-field", _E, "An e-mail takes a value that its step does not record."),
    # email
    ("email/missing-value", _E, "An e-mail needs a value that nobody has recorded."),
    ("email/unfit-value", _E, "A recorded value cannot stand where the e-mail needs it."),
    # record
    ("record/unknown-process", _E, "The record names a process that the project does not have."),
    ("record/unknown-version", _E, "The record names a version that is not kept here."),
    ("record/version-not-effective", _E, "The version was not in force when the case started."),
    ("record/unknown-step", _E, "A step that the definition does not have."),
    ("record/order", _E, "A step was done where no way forward leads to it."),
    ("record/skipped-step", _E, "A step on the way was left out."),
    ("record/repeated-step", _E, "A step was done again that may be done only once."),
    ("record/loop-limit", _E, "A loop was taken more often than the definition allows."),
    ("record/parallel-incomplete", _E, "The case went on before all parallel branches were done."),
    ("record/not-ended", _E, "The case is closed but has not reached an end."),
    ("record/after-end", _E, "Steps were done after the case had reached its end."),
    ("record/wrong-end", _E, "The end recorded is not the end reached."),
    ("record/missing-decision", _E, "A decision step does not say what was decided."),
    ("record/unknown-option", _E, "The option chosen is not one of the decision's."),
    ("record/branch-contradicts-decision", _E, "The case went another way than was decided."),
    ("record/role-not-held", _E, "The person did not hold the fitting role on that day."),
    ("record/wrong-role", _E, "The step was done in a role that is not responsible for it."),
    ("record/unknown-person", _E, "Somebody who is not in people.yaml."),
    ("record/four-eyes", _E, "Two steps that need different people were done by the same one."),
    ("record/missing-output", _E, "A document that the step must leave behind has no evidence."),
    ("record/missing-field", _E, "A required field is empty."),
    ("record/unchecked", _E, "A check of the step was not answered."),
    ("record/evidence-missing", _E, "An evidence file is not there, or not inside the project."),
    ("record/evidence-changed", _E, "An evidence file is no longer the one that was recorded."),
    ("record/input-before-output", _E, "A step was done before a document it needs was there."),
    ("record/time-order", _E, "The times of the steps contradict their order."),
    ("record/in-future", _E, "Something is recorded for a day that has not come yet."),
    ("record/duplicate-case", _E, "Two records have the same case id."),
    ("record/called-case", _E, "The case of the called process is unknown or was not closed."),
    ("record/deviation-not-authorised", _E, "A deviation accepted by somebody who may not."),
    ("record/erased", _I, "The record was erased; an error where its retention was not over yet."),
    ("record/overdue", _W, "A step was done, or is still open, after it was due."),
    ("record/unused-deviation", _W, "A deviation is accepted that did not happen."),
)

CODES: dict[str, Code] = {id_: Code(id_, severity, meaning) for id_, severity, meaning in _TABLE}
