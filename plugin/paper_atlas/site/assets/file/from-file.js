/* A page that was opened as a file shows what works without data: links instead of filters. */

if (location.protocol === "file:") {
  document.documentElement.classList.add("pa-file");
  for (const bar of document.querySelectorAll(".pa-toolbar")) {
    const note = document.createElement("p");
    note.className = "pa-note";
    note.textContent = globalThis.paperAtlasFromFile;
    bar.after(note);
  }
}
