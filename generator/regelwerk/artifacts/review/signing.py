"""The box in which the page is signed, and what its script must know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.review.material import ReviewMaterial

Words = Mapping[str, str]

_BOX = Markup(
    """<p id="turn">{turn}</p>
<noscript><p class="card notice">{no_script}</p></noscript>
<p class="card notice" id="unable" role="alert" hidden></p>
<div id="box" hidden>
<section class="card" aria-labelledby="key-title">
<h3 id="key-title">{key}</h3>
<p class="hint">{key_hint}</p>
<div id="key-none"><p>{key_none}</p>
<p class="buttons"><button type="button" id="key-make">{key_make}</button></p></div>
<div id="key-there" hidden>
<p id="key-whose" class="whose"></p>
<p><label for="key-line">{key_line}</label>
<textarea id="key-line" rows="3" readonly spellcheck="false"></textarea></p>
<p><span class="label">{key_fingerprint}:</span> <code id="key-fingerprint"></code></p>
<p class="hint">{key_send}</p>
<p class="buttons"><button type="button" id="key-save">{key_save}</button>
<button type="button" id="key-delete" class="danger">{key_delete}</button></p>
<p class="buttons" id="key-sure" hidden><strong>{key_delete_sure}</strong>
<button type="button" id="key-delete-yes" class="danger">{key_delete_yes}</button>
<button type="button" id="key-delete-no">{key_delete_no}</button></p></div>
<p id="key-said" class="said" role="status"></p>
</section>
<div id="sign-box" hidden>
<section class="card" aria-labelledby="act-title">
<h3 id="act-title">{act}</h3>
<p><label for="who">{who}</label> <select id="who"><option value="">{choose}</option></select></p>
<p><span class="label">{stage_label}:</span> <span id="stage">{stage}</span></p>
<p id="role-line" hidden><span class="label">{role_label}:</span> <span id="role"></span></p>
<p><label for="comment">{comment}</label>
<textarea id="comment" rows="3"></textarea></p>
<p id="act-wrong" class="wrong" role="alert" hidden></p>
<p class="buttons"><button type="button" id="show">{show}</button></p>
</section>
<section class="card" id="look" tabindex="-1" hidden aria-labelledby="look-title">
<h3 id="look-title">{statement}</h3>
<dl class="facts" id="facts"></dl>
<p class="hint">{statement_hint}</p>
<pre id="statement" tabindex="0" role="region" aria-label="{line}"></pre>
<p class="buttons"><button type="button" class="main" id="sign">{sign_button}</button></p>
<p id="sign-wrong" class="wrong" role="alert" hidden></p>
</section>
<section class="card" id="done" tabindex="-1" hidden aria-labelledby="done-title">
<h3 id="done-title">{done}</h3>
<p>{done_hint}</p>
<p class="buttons"><button type="button" class="main" id="save">{save}</button></p>
<p><label for="file-text">{file_text}</label>
<textarea id="file-text" rows="6" readonly spellcheck="false"></textarea></p>
<p><span class="label">{command}:</span> <code id="command"></code></p>
</section>
</div>
</div>
"""
)

_SCRIPT_WORDS = (
    *("no_crypto", "no_store", "key_made", "key_deleted", "key_enrolled", "key_unknown"),
    *("key_other", "deputy", "comment_wrong", "who_missing", "failed"),
)


def signing_section(material: ReviewMaterial, words: Words) -> Markup:
    """The box, hidden until the script has found out that this browser can sign."""
    turn = material.turn
    key = "turn_role" if turn.role_title else "turn"
    told = words[key].format(stage=turn.title, role=turn.role_title)
    if not turn.candidates:
        why = words[f"obstacle.{turn.obstacle}"] if turn.obstacle else words["no_candidate"]
        told = f"{words['nobody']} {why}"
    return _BOX.format(
        **{
            **words,
            "statement_hint": words["statement_hint"].format(namespace=material.namespace),
            "turn": told,
            "stage": turn.title,
        }
    )


def script_data(material: ReviewMaterial, words: Words) -> dict[str, Any]:
    """What is signed besides what the signer enters, who may sign, and all keys that are known."""
    context, turn = material.context, material.turn
    people = {one.by: one.name for one in turn.candidates}
    return {
        "process": context.definition.process.id,
        "version": context.definition.version or "",
        "digest": context.verdict.digest or "",
        "effective_from": material.planned,
        "stage": turn.stage,
        "namespace": material.namespace,
        "candidates": [
            {
                "by": one.by,
                "name": one.name,
                "role": one.role,
                "role_title": one.role_title,
                "deputy": one.deputy,
            }
            for one in turn.candidates
        ],
        "keys": {
            line: {"by": by, "name": people.get(by) or context.names.person(by)}
            for line, by in material.keys.items()
        },
        "words": {key: words[key] for key in _SCRIPT_WORDS},
    }
