/* Tables that are wider than the page. Material puts tables into boxes that scroll. */

/** Let wide tables be scrolled by keyboard, once the theme has made its boxes. */
export function makeTablesFocusable() {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  }));
}
