/* The citations on the page of a paper: one at a time, as tabs, with a button that copies it.

   https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */

import { createElement } from "./elements.js";
import { copyText } from "./toast.js";

/**
 * Make tabs of the citations of a page.
 * @param {HTMLElement} block
 */
export function start(block) {
  const bar = block.querySelector(".bar");
  const list = bar.querySelector("[role=tablist]");
  const sections = [...block.querySelectorAll("section")];
  const tabs = sections.map((section) => {
    const attributes = { type: "button", role: "tab", id: `${section.id}_tab`, "aria-controls": section.id };
    const tab = createElement("button", attributes, section.dataset.name);
    section.setAttribute("role", "tabpanel");
    section.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => show(tab));
    list.append(tab);
    return tab;
  });

  function show(chosen) {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      sections[i].hidden = tab !== chosen;
    });
  }

  list.addEventListener("keydown", ({ key }) => {
    const isRightToLeft = getComputedStyle(list).direction === "rtl";
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key] * (isRightToLeft ? -1 : 1);
    if (!step) return;
    const next = tabs.at((tabs.indexOf(document.activeElement) + step) % tabs.length);
    show(next);
    next.focus();
  });
  const button = bar.querySelector("button.pa-btn");
  button.addEventListener("click", () => {
    const section = sections.find((one) => !one.hidden);
    copyText(section.querySelector("pre").textContent, button.dataset.copied.replace("{style}", section.dataset.name));
  });
  bar.hidden = false;
  block.classList.add("tabs");
  show(tabs[0]);
}
