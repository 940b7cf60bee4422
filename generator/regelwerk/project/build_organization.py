"""Build organization, people, register and approvals from data; tolerant like `build_process`."""

from __future__ import annotations

from typing import Literal, cast

from regelwerk.diagnostics import Path
from regelwerk.model.moment import parse_date, parse_moment
from regelwerk.model.organization import (
    Exclusion,
    Organization,
    Person,
    RegisterEntry,
    Role,
    RoleHolding,
    SigningKey,
    Stage,
)
from regelwerk.model.version import Approvals, Review, Signature, Withdrawal
from regelwerk.project.build_process import (
    Data,
    build_terms,
    flag,
    items,
    mapping,
    number,
    own,
    text,
    texts,
)


def build_organization(data: Data) -> Organization:
    """The content of organization.yaml."""
    approval = mapping(data, "approval")
    return Organization(
        name=text(data, "name") or "",
        languages=texts(data, "languages") or ("en",),
        standards=texts(data, "standards"),
        timezone=text(data, "timezone") or "UTC",
        country=text(data, "country"),
        roles={
            key: Role(id=key, title=text(value, "title") or key, includes=texts(value, "includes"))
            for key, value in own(data, "roles").items()
        },
        approval={
            rule: tuple(_stage(item) for _, item in items(approval, rule))
            for rule in approval
            if not rule.startswith("x-")
        },
        paper_until=parse_date(data.get("paper_until")),
        terms=build_terms(data),
        exclusions=tuple(
            Exclusion(clause=text(item, "clause") or "", reason=text(item, "reason") or "")
            for _, item in items(data, "exclusions")
        ),
    )


def _stage(data: Data) -> Stage:
    return Stage(
        id=text(data, "stage") or "",
        title=text(data, "title") or text(data, "stage") or "",
        role=text(data, "role"),
        count=cast("int", number(data, "count") or 1),
        not_same_as=texts(data, "not_same_as"),
    )


def build_people(data: Data) -> dict[str, Person]:
    """The content of people.yaml, by person id."""
    return {key: _person(key, value) for key, value in own({"people": data}, "people").items()}


def _person(key: str, data: Data) -> Person:
    return Person(
        id=key,
        name=text(data, "name") or key,
        email=text(data, "email"),
        external=flag(data, "external"),
        roles=tuple(
            RoleHolding(
                role=text(item, "role") or "",
                since=parse_date(item.get("from")),
                until=parse_date(item.get("until")),
                deputy=flag(item, "deputy"),
            )
            for _, item in items(data, "roles")
        ),
        keys=tuple(
            SigningKey(
                key=text(item, "key") or "",
                since=parse_date(item.get("from")),
                until=parse_date(item.get("until")),
            )
            for _, item in items(data, "keys")
        ),
    )


def build_register(data: Data) -> dict[str, RegisterEntry]:
    """The content of register.yaml, by id."""
    return {
        key: RegisterEntry(
            id=key,
            title=text(value, "title") or key,
            kind=text(value, "kind") or "",
            number=text(value, "number"),
            edition=text(value, "edition"),
            owner=text(value, "owner"),
            file=text(value, "file"),
            url=text(value, "url"),
            review_every=text(value, "review_every"),
            retention=text(value, "retention"),
        )
        for key, value in own({"register": data}, "register").items()
    }


def build_approvals(data: Data, *, sound: bool = True) -> Approvals:
    """The content of approvals.yaml; `sound` tells whether its shape was found to be right."""
    withdrawn = mapping(data, "withdrawn")
    return Approvals(
        version=text(data, "version") or "",
        digest=text(data, "digest") or "",
        effective_from=parse_date(data.get("effective_from")),
        signatures=tuple(
            build_signature(item, ("signatures", index))
            for index, item in items(data, "signatures")
        ),
        reviews=tuple(
            Review(
                signature=build_signature(item, ("reviews", index), "review"),
                result=text(item, "result") or "",
            )
            for index, item in items(data, "reviews")
        ),
        withdrawn=Withdrawal(
            signature=build_signature(withdrawn, ("withdrawn",), "withdrawn"),
            reason=text(withdrawn, "reason") or "",
        )
        if withdrawn
        else None,
        sound=sound,
    )


def build_signature(data: Data, path: Path, stage: str = "") -> Signature:
    """One signature; `stage` is what it signs where it does not say so itself."""
    original = mapping(data, "original")
    method: Literal["paper", "ssh"] = "ssh" if data.get("method") == "ssh" else "paper"
    return Signature(
        stage=text(data, "stage") or stage,
        by=text(data, "by") or "",
        at=text(data, "at") or "",
        moment=parse_moment(data.get("at")),
        method=method,
        path=path,
        role=text(data, "role"),
        deputy=flag(data, "deputy"),
        comment=text(data, "comment"),
        original_file=text(original, "file"),
        original_sha256=text(original, "sha256"),
        signature=text(data, "signature"),
        name=text(data, "name"),
    )
