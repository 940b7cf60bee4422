from checks_support import World, found_after, with_steps, yaml


def test_step_ids_are_unique_across_branches() -> None:
    found = with_steps("""
    - id: both
      title: Both
      parallel:
        a: [{id: left, title: Left, responsible: clerk}]
        b: [{id: left, title: Left, responsible: clerk}]
    - {id: last, title: Last, responsible: manager, next: {end: done}}
    """)
    assert found == [("reference/duplicate-id", "$.steps[0].parallel.b[0].id")]


def test_ids_of_resources_kpis_fields_and_checks_are_unique() -> None:
    def change(world: World) -> None:
        crm = {"id": "crm", "title": "CRM", "kind": "system"}
        world.one["resources"] = [crm, crm]
        world.one["kpis"] = [{"id": "a", "title": "A"}, {"id": "a", "title": "A"}]
        field = {"id": "f", "label": "F", "type": "text"}
        check = {"id": "f", "label": "F"}
        world.one["steps"][0] |= {"fields": [field, field], "checks": [check, check]}

    assert found_after(change) == [
        ("reference/duplicate-id", "$.resources[1].id"),
        ("reference/duplicate-id", "$.kpis[1].id"),
        ("reference/duplicate-id", "$.steps[0].fields[1].id"),
        ("reference/duplicate-id", "$.steps[0].checks[1].id"),
    ]


def test_stages_of_a_rule_are_unique() -> None:
    def change(world: World) -> None:
        world.organization["approval"]["standard"].append({"stage": "created", "title": "Again"})

    assert found_after(change) == [("reference/duplicate-id", "$.approval.standard[2].stage")]


def test_an_earlier_id_is_nobody_elses_id() -> None:
    found = with_steps("""
    - {id: first, was: [begin, last], title: First, responsible: clerk}
    - {id: last, was: [begin], title: Last, responsible: manager, next: {end: done}}
    """)
    assert found == [
        ("reference/duplicate-id", "$.steps[0].was[1]"),
        ("reference/duplicate-id", "$.steps[1].was[0]"),
    ]


def test_the_later_of_two_processes_with_one_number_has_the_finding() -> None:
    world = World()
    world.add("two", document="P-1")
    (problem,) = world.problems()
    assert problem.code == "reference/duplicate-document-number"
    assert problem.file == "process/two/process.yaml"
    assert "`one`" in problem.message


def test_a_number_of_the_register_is_not_that_of_a_process() -> None:
    world = World()
    world.register["letter"] = {"title": "Letter", "kind": "form", "number": "P-1"}
    (problem,) = world.problems()
    assert (problem.file, problem.path) == ("process/register.yaml", ("letter", "number"))


def test_all_versions_of_a_process_share_its_number() -> None:
    world = World()
    world.one["version"], world.one["change"] = "1.1", "Better"
    world.frozen["one", "1.0"] = (yaml_one(), None)
    assert world.found() == []


def test_a_number_that_a_frozen_version_of_another_has_is_found_where_it_can_change() -> None:
    world = World()
    world.one["version"], world.one["change"] = "1.1", "Better"
    world.one["document"] = "P-9"
    world.frozen["one", "1.0"] = (yaml_one(), None)
    world.add("a", document="P-1")
    (problem,) = world.problems()
    assert (problem.code, problem.file) == (
        "reference/duplicate-document-number",
        "process/a/process.yaml",
    )


def yaml_one() -> dict[str, object]:
    return dict(World().one)


def test_what_two_processes_say_of_a_document_agrees_in_every_part() -> None:
    world = World()
    paper = {"title": "Paper", "form": "F-1", "retention": "P1Y", "external": False}
    other = {"title": "Sheet", "form": "F-2", "retention": "P2Y", "external": True}
    world.one.update(documents={"paper": paper}, inputs=["paper"])
    world.add("two", documents={"paper": other}, inputs=["paper"])
    assert world.found() == [
        ("reference/document-conflict", f"$.documents.paper.{key}")
        for key in ("title", "form", "retention", "external")
    ]


def test_what_one_process_leaves_out_contradicts_no_other() -> None:
    world = World()
    paper = {"title": "Paper", "form": "F-1", "retention": "P1Y", "external": True}
    world.one.update(documents={"paper": paper}, inputs=["paper"])
    world.add("two", documents={"paper": {"title": "Paper"}}, inputs=["paper"])
    assert world.found() == []


def test_a_folder_with_a_name_that_no_id_may_have_is_to_be_renamed() -> None:
    world = World()
    world.one["version"], world.one["change"] = "1.1", "Better"
    world.frozen["one", "draft"] = (yaml_one(), {"version": "draft", "signatures": []})
    assert [
        problem.hint
        for problem in world.problems()
        if problem.code == "reference/id-folder-mismatch"
    ] == ["rename the folder"]


def test_folder_and_definition_agree_on_id_and_version_approvals_are_looked_at_elsewhere() -> None:
    world = World()
    world.one["version"], world.one["change"] = "1.1", "Better"
    world.frozen["one", "1.0"] = (
        yaml_one() | {"version": "0.9", "id": "other"},
        {"version": "0.8", "signatures": [{"by": "anna", "method": "paper"}]},
    )
    found = [(problem.file, problem.path) for problem in world.problems()]
    assert found == [
        ("process/one/versions/1.0/process.yaml", ("id",)),
        ("process/one/versions/1.0/process.yaml", ("version",)),
    ]


def test_clauses_are_exact() -> None:
    world = World()
    world.one["clauses"] = ["5.1.1", "5.1.10"]
    (problem,) = world.problems()
    assert (problem.code, problem.path) == ("reference/unknown-clause", ("clauses", 1))
    assert "5.1" in problem.hint


def test_clauses_are_looked_up_in_the_standard_that_is_named() -> None:
    clauses = yaml("""
    {"ISO 9001:2015": ["8.2.1", "8.9"], "EN 9100:2018": ["8.9"], "ISO 9001:2016": ["8.2.1"]}
    """)
    found = found_after(lambda world: world.one["steps"][0].update(clauses=clauses))
    assert found == [
        ("reference/unknown-clause", "$.steps[0].clauses['ISO 9001:2015'][1]"),
        ("reference/unknown-clause", "$.steps[0].clauses['ISO 9001:2016']"),
    ]


def test_excluded_clauses_exist() -> None:
    excluded = [{"clause": "8.2", "reason": "x"}, {"clause": "83", "reason": "x"}]
    found = found_after(lambda world: world.organization.update(exclusions=excluded))
    assert found == [("reference/unknown-clause", "$.exclusions[1].clause")]


def test_each_circle_of_roles_is_found_once_where_it_closes() -> None:
    roles = yaml("""
    clerk: {title: Clerk, includes: [manager, ceo]}
    manager: {title: Manager, includes: [ceo]}
    ceo: {title: CEO, includes: [clerk]}
    self: {title: Self, includes: [self]}
    """)
    found = found_after(lambda world: world.organization.update(roles=roles))
    assert found == [
        ("reference/role-cycle", "$.roles.ceo.includes[0]"),
        ("reference/role-cycle", "$.roles.self.includes[0]"),
    ]


def test_a_role_that_two_others_include_is_no_circle() -> None:
    roles = yaml("""
    clerk: {title: Clerk, includes: [manager, ceo]}
    manager: {title: Manager, includes: [ceo]}
    ceo: {title: CEO}
    """)
    assert found_after(lambda world: world.organization.update(roles=roles)) == []


def test_a_chain_of_a_thousand_roles_is_walked() -> None:
    world = World()
    names = [f"r{number}" for number in range(1000)]
    for name, member in zip(names, [*names[1:], names[0]], strict=True):
        world.organization["roles"][name] = {"title": name, "includes": [member]}
    assert world.found() == [("reference/role-cycle", "$.roles.r999.includes[0]")]


def test_a_role_that_only_a_rule_a_person_or_the_register_names_is_used() -> None:
    world = World()
    for role in ("a", "b", "c", "d"):
        world.organization["roles"][role] = {"title": role}
    world.organization["approval"]["standard"][0]["role"] = "a"
    world.people["anna"]["roles"].append({"role": "b"})
    world.register["letter"] = {"title": "Letter", "kind": "form", "owner": "c"}
    assert world.found() == [("reference/unused-role", "$.roles.d")]
