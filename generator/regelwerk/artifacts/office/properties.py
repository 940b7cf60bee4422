"""Document properties (ECMA-376-1, 15.2.12): title, language, version, digest; fixed dates."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.xml import escaped

_CORE = "docProps/core.xml"
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_APP = "docProps/app.xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# The same for every document: what a file says of its making must not depend on the day.
_MOMENT = "1980-01-01T00:00:00Z"


def set_core(
    package: Package,
    *,
    title: str,
    subject: str,
    author: str,
    status: str,
    version: str,
    language: str,
) -> None:
    """Replace the core properties."""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{_MOMENT}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    xml = (
        f"{_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:subject>{escaped(subject)}</dc:subject>"
        f"<dc:creator>{escaped(author)}</dc:creator>"
        f"<cp:contentStatus>{escaped(status)}</cp:contentStatus>"
        f"{dates}<dc:language>{escaped(language)}</dc:language>"
        f"<cp:version>{escaped(version)}</cp:version></cp:coreProperties>"
    )
    package.add(_CORE, xml.encode(), _CORE_TYPE)
    package.relate("", _CORE_KIND, _CORE)


def set_custom(package: Package, values: Mapping[str, str]) -> None:
    """Replace the custom properties by these texts; empty ones are left out."""
    entries = "".join(
        f'<property fmtid="{_FORMAT}" pid="{pid}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(
            ((name, value) for name, value in values.items() if value), start=2
        )
    )
    xml = (
        f"{_HEAD}<Properties "
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{entries}</Properties>"
    )
    package.add(_CUSTOM, xml.encode(), _CUSTOM_TYPE)
    package.relate("", "custom-properties", _CUSTOM)


def set_application(package: Package, *, organization: str) -> None:
    """Replace what the template's last editor left in the extended properties."""
    xml = (
        f"{_HEAD}<Properties "
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>regelwerk</Application><Company>{escaped(organization)}</Company>"
        "</Properties>"
    )
    package.add(_APP, xml.encode(), _APP_TYPE)
    package.relate("", "extended-properties", _APP)
