"""A picture in the text (DrawingML, inline), with alternative text; SVG where there is one."""

from __future__ import annotations

from regelwerk.artifacts.office.package import DOCUMENT, Package
from regelwerk.artifacts.office.xml import escaped

_EMU_A_TWIP = 635
_TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
_SVG = (
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'r:embed="{id}"/></a:ext></a:extLst>'
)


def add_image(package: Package, name: str, content: bytes, part: str = DOCUMENT) -> str:
    """Put an image such as `word/media/x.png` into the package; its relationship id in a part."""
    extension = name.rpartition(".")[2]
    package.parts[name] = content
    package.default_type(extension, _TYPES[extension])
    return package.relate(part, "image", name)


def drawing(png: str, svg: str, width: int, height: int, *, name: str, alt: str) -> str:
    """A run with the picture; `png` and `svg` (or `""`) are relationship ids, sizes are twips."""
    cx, cy = width * _EMU_A_TWIP, height * _EMU_A_TWIP
    extension = _SVG.format(id=svg) if svg else ""
    properties = f'name="{escaped(name)}" descr="{escaped(alt)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="1" {properties}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" {properties}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{png}">{extension}</a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
