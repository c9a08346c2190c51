/*
 * The stream of one document. The browser reconnects by itself; what is shown meanwhile is what was
 * known, and whoever listens is told that it is old.
 */
export class Live {
  #source = null;
  #url = "";

  constructor({ onView, onStatus, onGone }) {
    this.onView = onView;
    this.onStatus = onStatus;
    this.onGone = onGone;
  }

  /** Follows a document, or none. */
  follow(parameters) {
    const url = "/api/live?" + new URLSearchParams(parameters);
    if (url === this.#url && this.#source?.readyState !== EventSource.CLOSED) return;
    this.close();
    this.#url = url;
    const source = new EventSource(url);
    this.#source = source;
    source.addEventListener("view", (event) => this.#source === source && this.onView(JSON.parse(event.data)));
    source.addEventListener("status", (event) => this.#source === source && this.onStatus(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      if (this.#source !== source) return;
      this.onGone();
      // After some answers a browser gives up; after a while it is worth another question.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.#source === source && this.follow(parameters), 3000);
      }
    });
  }

  close() {
    this.#source?.close();
    this.#source = null;
    this.#url = "";
  }
}

/** A document, once. */
export async function ask(path, parameters, signal) {
  const answer = await fetch("/api/" + path + "?" + new URLSearchParams(parameters), { signal });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error ?? answer.statusText);
  return body;
}
