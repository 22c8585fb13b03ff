"""All pages of a result, for tests of what stands on none of them."""

import re


def every_page(browser, address):
    """The HTML of every page of a result, the summary first."""
    summary = browser.get(address).content.decode()
    others = dict.fromkeys(re.findall(rf'href="({re.escape(address)}[a-z]+/)"', summary))
    assert f"{address}figures/" in others
    return summary + "".join(browser.get(other).content.decode() for other in others)
