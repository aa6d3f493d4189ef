/* What the tests of the script share. */

import { readFacets } from "../../plugin/paper_atlas/site/assets/script/facets.js";
import { Paper } from "../../plugin/paper_atlas/site/assets/script/paper.js";

/** Facets as in `papers/list.json`; "unet-3-plus" is narrower than "u-net". */
export const RAW_FACETS = {
  methods: {
    title: "Methods",
    terms: [["u-net", "U-Net", ["UNet"], []], ["unet-3-plus", "UNet 3+", [], [0]], ["v-net", "V-Net", [], []]],
  },
  modalities: {
    title: "Modalities",
    terms: [["ct", "CT", ["Computed tomography"], []], ["mri", "MRI", ["MR"], []], ["cine-mri", "Cine MRI", [], [1]]],
  },
  has: { title: "Has", terms: [["code", "Code", [], []], ["results", "Results", [], []], ["free", "Free copy", [], []]] },
};
export const FACETS = readFacets(RAW_FACETS);

/** A paper by its position in the library; its terms are numbers in the facets above. */
export function createPaper(number, record = {}) {
  const given = { id: `paper-${number}`, title: `Title ${number}`, ...record };
  return new Paper(number, given, Object.values(FACETS), Object.keys(FACETS));
}
