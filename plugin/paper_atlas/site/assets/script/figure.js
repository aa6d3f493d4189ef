/* The figure of the home page: pointing at a label lights its region, and the other way round. */

/**
 * Light the region of the label, or the label of the region, that is pointed at or focused.
 * @param {HTMLElement} figure
 */
export function start(figure) {
  for (const name of ["pointerover", "focusin", "pointerout", "focusout"]) {
    figure.addEventListener(name, ({ type, target }) => {
      const region = target.closest("[data-region]")?.dataset.region;
      for (const part of figure.querySelectorAll("[data-region]")) {
        part.classList.toggle("on", !type.endsWith("out") && part.dataset.region === region);
      }
    });
  }
}
