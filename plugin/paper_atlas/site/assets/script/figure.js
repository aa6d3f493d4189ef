/* The figure of the home page: pointing at a label lights its region, and the other way round. A region
   leads to the page of its label. */

/**
 * Light the region of the label, or the label of the region, that is pointed at or focused.
 * @param {HTMLElement} figure
 */
export function start(figure) {
  figure.addEventListener("click", ({ target }) => {
    const region = target.closest(".region")?.dataset.region;
    if (region) figure.querySelector(`li[data-region="${CSS.escape(region)}"] a`)?.click();
  });
  for (const name of ["pointerover", "focusin", "pointerout", "focusout"]) {
    figure.addEventListener(name, ({ type, target }) => {
      const region = target.closest("[data-region]")?.dataset.region;
      for (const part of figure.querySelectorAll("[data-region]")) {
        part.classList.toggle("on", !type.endsWith("out") && part.dataset.region === region);
      }
    });
  }
}
