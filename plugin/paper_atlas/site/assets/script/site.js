/* The site that the script runs on. */

import data from "./site-data.js"; // which Python writes: words and addresses as JSON

/** The address of the site, with "/" at the end. */
export const ROOT = new URL("../../", import.meta.url).href;

/** The words of the interface in the language of the site; values go where braces are. */
export const WORDS = data.words;

/** The address of the page of all papers. */
export const ALL_PAPERS = ROOT + data.allPapers;
