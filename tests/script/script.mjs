/* What the tests of the script share. */

import { numberTerms } from "../../plugin/paper_atlas/site/assets/script/facets.js";
import { parseState } from "../../plugin/paper_atlas/site/assets/script/filter-state.js";
import { Matcher } from "../../plugin/paper_atlas/site/assets/script/matcher.js";
import { Paper } from "../../plugin/paper_atlas/site/assets/script/paper.js";

/** Two facets with the features that every list has; "unet-3-plus" is narrower than "u-net". */
export const FACETS = numberTerms(
  {
    methods: { title: "Methods", terms: [["u-net", "U-Net", []], ["unet-3-plus", "UNet 3+", [0]], ["v-net", "V-Net", []]] },
    modalities: { title: "Modalities", terms: [["ct", "CT", []], ["mri", "MRI", []]] },
    has: { title: "With", terms: [["code", "code"], ["doi", "DOI"]] },
  },
  "Selected",
);

/** A paper of a list, by its place there; terms are numbers of the facets above. */
export function createPaper(order, record = {}, terms = [[], [], []]) {
  return new Paper(order, { id: `paper-${order}`, title: `Title ${order}`, ...record }, terms);
}

/** The ids of the papers that match a query, in the order of the list. */
export function findIds(papers, query) {
  const { passing } = new Matcher(papers, FACETS).match(parseState(query, FACETS));
  return papers.filter((paper) => passing.has(paper)).map(({ id }) => id);
}
