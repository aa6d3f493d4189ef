/* Tables that are wider than the page. Material puts tables into scrollable boxes. */

/** Make wide tables scrollable by keyboard, after the theme has created the boxes. */
export function makeTablesFocusable() {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  }));
}
