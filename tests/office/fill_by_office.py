"""Fill in a form in LibreOffice, as somebody would who works with it; run by Debian's Python.

`fill_by_office.py JOB.json`; the job is `{"office", "profile", "forms": [{"source", "target",
"values"}]}`, and values map keys to `{"text"}`, `{"day", "shown"}`, `{"checked"}` or `{"number"}`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = {".docx": "MS Word 2007 XML", ".xlsx": "Calc MS Excel 2007 XML"}


def main(job):
    pipe = f"regelwerk-{sha256(job['profile'].encode()).hexdigest()[:16]}"  # several may run
    office = subprocess.Popen(
        [
            job["office"],
            f"-env:UserInstallation={Path(job['profile']).as_uri()}",
            *("--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        desktop = connected(pipe)
        for form in job["forms"]:
            fill(desktop, Path(form["source"]), Path(form["target"]), form["values"])
        desktop.terminate()
        office.wait(60)
    finally:
        if office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL)  # with all that it has started


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", context
    )
    for _ in range(240):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
        else:
            return remote.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", remote
            )
    raise SystemExit("LibreOffice does not answer")


def fill(desktop, source, target, values):
    document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (named("Hidden", True),))
    if source.suffix == ".docx":
        for key, value in values.items():
            fill_control(document.Bookmarks.getByName(f"f_{key}").Anchor, value)
    else:
        fill_cells(document.Sheets.getByIndex(0), values)
    document.storeToURL(target.as_uri(), (named("FilterName", FILTERS[source.suffix]),))
    document.close(True)


def fill_control(anchor, value):
    for portion in portions(anchor):
        if portion.TextPortionType == "TextField":
            portion.TextField.Content = value["text"]
            return
        if portion.TextPortionType == "ContentControl":
            control = portion.ContentControl
            control.ShowingPlaceHolder = False
            if "checked" in value:
                control.Checked = value["checked"]
                replace(control, "☒" if value["checked"] else "☐")
            elif "day" in value:
                control.CurrentDate = f"{value['day']}T00:00:00Z"
                replace(control, value["shown"])
            else:
                replace(control, value["text"])
            return
    raise SystemExit(f"there is no control: {value}")


def replace(control, text):
    """Type something, and delete what stood there before."""
    inside, before = control.createEnumeration(), 0
    while inside.hasMoreElements():
        before += len(inside.nextElement().String)
    control.setString(text)
    cursor = control.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(len(text), False)
    cursor.goRight(before, True)
    cursor.setString("")


def portions(anchor):
    paragraphs = anchor.createEnumeration()
    while paragraphs.hasMoreElements():
        found = paragraphs.nextElement().createEnumeration()
        while found.hasMoreElements():
            yield found.nextElement()


def fill_cells(sheet, values):
    rows = {}
    for row in range(2000):
        key = sheet.getCellByPosition(0, row).String
        if key:
            rows[key] = row
    for key, value in values.items():
        cell = sheet.getCellByPosition(3, rows[key])
        if "number" in value:
            cell.Value = value["number"]
        else:
            cell.String = value["text"]


def named(name, value):
    entry = PropertyValue()
    entry.Name, entry.Value = name, value
    return entry


main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
