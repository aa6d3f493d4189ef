/* In pages that were opened as files, browsers start no workers. There the search of Material runs
   in a hidden frame. https://squidfunk.github.io/mkdocs-material/setup/building-for-offline-usage/ */

if (location.protocol === "file:") {
  window.IFrameWorker = class extends EventTarget {
    constructor(address) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      this.inner = frame.contentWindow;
      const load = (url) =>
        new Promise((resolve, reject) => {
          const script = this.inner.document.createElement("script");
          script.src = new URL(url, location);
          script.addEventListener("load", resolve);
          script.addEventListener("error", reject);
          this.inner.document.body.append(script);
        });
      this.inner.importScripts = (...urls) => urls.reduce((last, url) => last.then(() => load(url)), Promise.resolve());
      this.inner.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.ready = load(address);
    }

    postMessage(data) {
      this.ready.then(() => this.inner.dispatchEvent(new MessageEvent("message", { data })));
    }
  };
  window.Worker = window.IFrameWorker;
}
