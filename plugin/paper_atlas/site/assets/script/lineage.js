/* The drawing of the lineage: a paper that is pointed at lights what it builds on, and what builds on it. */

/**
 * Light the relatives of the paper under the pointer or with the focus.
 * @param {HTMLElement} drawing
 */
export function start(drawing) {
  const edges = [...drawing.querySelectorAll(".edge")];
  const nodes = [...drawing.querySelectorAll(".node")];
  for (const node of nodes) {
    for (const event of ["pointerenter", "focus"]) {
      node.addEventListener(event, () => light(drawing, nodes, edges, node.dataset.id));
    }
    for (const event of ["pointerleave", "blur"]) {
      node.addEventListener(event, () => drawing.classList.remove("lit"));
    }
  }
}

function light(drawing, nodes, edges, id) {
  const on = new Set([...follow(edges, id, "from", "to"), ...follow(edges, id, "to", "from")]);
  const ids = new Set([id, ...[...on].flatMap((edge) => [edge.dataset.from, edge.dataset.to])]);
  for (const edge of edges) edge.classList.toggle("on", on.has(edge));
  for (const edge of on) edge.parentNode.append(edge); // above the others
  for (const node of nodes) node.classList.toggle("on", ids.has(node.dataset.id));
  drawing.classList.add("lit");
}

/** Return the lines that lead away from a paper in one direction. */
function follow(edges, id, start, end) {
  const found = new Set();
  const ahead = [id];
  while (ahead.length > 0) {
    const here = ahead.pop();
    for (const edge of edges) {
      if (edge.dataset[start] === here && !found.has(edge)) {
        found.add(edge);
        ahead.push(edge.dataset[end]);
      }
    }
  }
  return found;
}
