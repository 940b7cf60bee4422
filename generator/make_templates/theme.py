"""word/theme/theme1.xml: the house's colours and fonts, for whoever edits a template in Word."""

from make_templates.look import BLUE, FAINT, FONT, GREY, INK, LINE, LINK, WARNING

_COLOURS = {
    "dk1": INK,
    "lt1": "FFFFFF",
    "dk2": BLUE,
    "lt2": FAINT,
    "accent1": BLUE,
    "accent2": LINK,
    "accent3": GREY,
    "accent4": WARNING,
    "accent5": LINE,
    "accent6": "5B7F5B",
    "hlink": LINK,
    "folHlink": GREY,
}


def theme() -> bytes:
    """The part `word/theme/theme1.xml`."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items()
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{kind}Font>"
        for kind in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="House">'
        f'<a:themeElements><a:clrScheme name="House">{colours}</a:clrScheme>'
        f'<a:fontScheme name="House">{fonts}</a:fontScheme><a:fmtScheme name="House">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
    return xml.encode()
