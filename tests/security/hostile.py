"""Sixty strings that wish whoever shows them ill. Each carries a canary, so that it is found wherever it went."""

CANARY = "xsscanary"
LIMIT = 120  # characters of the shortest name that takes a bundle: an assessment's

HTML = [
    f"<{CANARY} onload=alert(1)>",
    f"<script>{CANARY}()</script>",
    f'"><img src=x {CANARY}=1 onerror={CANARY}()>',
    f"'><svg/onload={CANARY}()>",
    f"</textarea><{CANARY}>",
    f"</title><{CANARY}>",
    f"</script><script>{CANARY}()</script>",
    f"<!--{CANARY}--><![CDATA[{CANARY}",
    f"<iframe srcdoc='<b>{CANARY}'>",
    f"<base href=//{CANARY}.example>",
    f"<meta http-equiv=refresh content=0;{CANARY}>",
    f"<a href=javascript:{CANARY}()>x</a>",
    f"javascript:{CANARY}()",
    f"data:text/html,{CANARY}",
    f"&lt;{CANARY}&gt;",
    f"&#60;{CANARY}&#x3e;",
    f"\uff1c{CANARY}\uff1e \u02ba\u2033",
    f'" autofocus onfocus={CANARY}() "',
    f"` onmouseover={CANARY}() `",
]
SVG = [
    f"<svg><script>{CANARY}()</script>",
    f"</text><image href=//{CANARY}.example/>",
    f"<svg><use href=//{CANARY}.example/#a>",
    f"<foreignObject><{CANARY}>",
    f"]]><{CANARY}/><![CDATA[",
    f'<!DOCTYPE x [<!ENTITY e "{CANARY}">]>&e;',
]
CSS = [
    f"</style><style>@import '//{CANARY}.example'</style>",
    f"url(http://{CANARY}.example/x)",
    f"}}*{{background:url(//{CANARY}.example)}}",
    f"expression({CANARY}())",
    f"\\3c {CANARY}\\3e /* */ ;",
]
TEMPLATES = [
    f"{{{{ {CANARY} }}}}{{% include '{CANARY}' %}}",
    f"{{% load {CANARY} %}}{{# {CANARY} #}}",
    f"${{{CANARY}}} #{{{CANARY}}} <%= {CANARY} %>",
    f"%s {CANARY} %(x)s {{0}}",
    f"%n%x{CANARY}%99999d",
    f"{{{CANARY}.__class__}}",
]
FORMULAS = [
    f'=HYPERLINK("http://{CANARY}.example")',
    f"+{CANARY}|' /C calc'!A0",
    f"-1+1+{CANARY}",
    f"@SUM({CANARY})",
]
PATHS = [
    f"file:///etc/{CANARY}",
    f"../../../{CANARY}",
    f"..\\..\\{CANARY}.exe",
    f"/dev/null;{CANARY}",
    f"CON.{CANARY}:stream",
    f"$(touch {CANARY})`{CANARY}`",
]
LETTERS = [
    f"\u0645\u0631\u062d\u0628\u0627 \u202e{CANARY}\u202c \u0639\u0644\u064a\u0643\u0645",
    f"\u2066{CANARY}\u2069\u200f",
    f"{CANARY} \U0001f469\u200d\U0001f680 \u200b\ufeff zero width",
    f"{CANARY}\u00ad\u2060\u180e",
    f"{CANARY} Z\u0335\u0321\u034e\u0351\u0302\u0310",
]
DATA = [
    f'{{"{CANARY}": ["',
    f'"}}],"__proto__":{{"{CANARY}":1}}',
    f"!!python/object:{CANARY} &a *a",
    f"{CANARY}: - ? | > # '\"",
    f"'; DROP TABLE {CANARY}; --",
    f'" OR 1=1 -- {CANARY}',
    f"%' UNION SELECT {CANARY} --",
]
SLOW = [  # for a regular expression that tries again and again
    "a" * 40 + f"!{CANARY}",
    f"{CANARY}" + "\t " * 30 + "x",
]
HOSTILE = [*HTML, *SVG, *CSS, *TEMPLATES, *FORMULAS, *PATHS, *LETTERS, *DATA, *SLOW]


def bundled(texts, limit=LIMIT):
    """All texts in as few strings of at most `limit` characters as go without sorting; a formula stays in front."""
    bundles = list(FORMULAS)
    for text in texts:
        fits = next((n for n, bundle in enumerate(bundles) if len(bundle) + len(text) < limit), None)
        if fits is None:
            bundles.append(text)
        else:
            bundles[fits] += f" {text}"
    return bundles


BUNDLES = bundled([text for text in HOSTILE if text not in FORMULAS])
