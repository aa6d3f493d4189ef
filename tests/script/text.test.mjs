import assert from "node:assert/strict";
import test from "node:test";

import {
  foldText, indexedWords, letterPairs, nameKey, pairSimilarity, splitWords,
} from "../../plugin/paper_atlas/site/assets/script/text.js";
import { WordIndex } from "../../plugin/paper_atlas/site/assets/script/word-index.js";

/** True if all words of a query are in a text. */
function isFound(query, text) {
  const index = new WordIndex({});
  index.add({ number: 0, words: indexedWords(text), terms: [] });
  const flags = index.find(query);
  return flags === null || flags[0] === 1;
}
const similarity = (one, other) => pairSimilarity(letterPairs(nameKey(one)), letterPairs(nameKey(other)));

const FOUND = [
  ["the start of a word", "segm", "Image segmentation"],
  ["words in any order", "images ronneberger", "Ronneberger: U-Net for images"],
  ["no hyphen for a hyphen", "unet", "U-Net"],
  ["a hyphen for none", "u-net", "UNet"],
  ["a hyphen for a space", "semi-supervised", "Semi supervised learning"],
  ["no hyphens for several", "stateoftheart", "A state-of-the-art method"],
  ["a part after a hyphen", "attention", "Self-attention for all"],
  ["another hyphen", "u‑net", "U–Net"],
  ["no accents", "cicek", "Özgün Çiçek"],
  ["accents", "Çiçek", "Cicek"],
  ["letters that are no accents", "soren lodz", "Søren of Łódź"],
  ["capitals", "MEDSAM", "MedSAM"],
  ["a plus that is spelt out", "unet plus plus", "UNet++"],
  ["a plus in another width", "ＵＮｅｔ＋＋", "UNet++"],
  ["a name without its plus", "unet", "UNet++"],
  ["a whole DOI", "10.1038/s41592-020-01008-z", "10.1038/s41592-020-01008-z"],
  ["the start of a DOI", "10.1038/s41592", "10.1038/s41592-020-01008-z"],
  ["the end of a DOI", "s41592-020-01008-z", "10.1038/s41592-020-01008-z"],
  ["an arXiv identifier", "2001.00001", "2001.00001"],
  ["a repository", "MIC-DKFZ/nnUNet", "MIC-DKFZ/nnUNet"],
  ["the name of a repository", "nnunet", "MIC-DKFZ/nnUNet"],
  ["an apostrophe", "grays", "Gray's anatomy"],
  ["a script without spaces", "分割", "医学图像分割综述"],
  ["Arabic with and without vowels", "كتاب", "كِتاب"],
  ["punctuation alone", "… !", "anything"],
];
for (const [name, query, text] of FOUND) {
  test(`found: ${name}`, () => assert.ok(isFound(query, text)));
}

const MISSED = [
  ["the inside of a word", "vnet", "ConvNets"],
  ["a hyphen does not make a part of a word a word", "v-net", "ConvNets"],
  ["the end of a word", "mentation", "Segmentation"],
  ["one of two words", "images liver", "Images of the lung"],
  ["a plus that is not there", "unet++", "U-Net"],
  ["other numbers", "10.1038/s41593", "10.1038/s41592-020-01008-z"],
];
for (const [name, query, text] of MISSED) {
  test(`not found: ${name}`, () => assert.ok(!isFound(query, text)));
}

test("words keep what joins their parts", () => {
  assert.deepEqual(splitWords("The U-Net (2015), see 10.1000/1."), ["the", "u-net", "2015", "see", "10.1000/1"]);
  assert.deepEqual(splitWords("--- M&Ms"), ["m&ms"]);
});

test("indexed words are parts, which stay neighbours, and then words without joints", () => {
  assert.deepEqual(indexedWords("The U-Net, 2-D."), ["the", "u", "net", "2", "d", "unet", "2d"]);
  assert.deepEqual(indexedWords("-a- ./ b."), ["a", "b"]);
});

test("parts of a word of the query have to be neighbours", () => {
  assert.ok(!isFound("u-net", "U. Smith on neural networks"));
  assert.ok(isFound("u-net", "The U network"));
});

test("text is folded the same way twice", () => {
  for (const text of ["Çiçek", "UNet plus plus", "Straße", "ŁÓDŹ"]) assert.equal(foldText(foldText(text)), foldText(text));
});

test("similar names have most pairs of letters in common", () => {
  assert.equal(similarity("U-Net", "unet"), 1);
  assert.ok(similarity("unett++", "UNet++") > 0.42);
  assert.ok(similarity("medsma", "MedSAM") > 0.42);
  assert.ok(similarity("U-Net", "ResNet") < 0.42 + 0.2);
  assert.equal(similarity("U-Net", "LiTS"), 0);
  assert.equal(similarity("", ""), 0);
});
