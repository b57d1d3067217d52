import type { OzlocMapElement, OzlocMessage, OzlocOpenOptions } from './ozloc-kit.js';

// One function around all of it: as a plain script it must leave nothing but its one name in the page of others.
(() => {
  /** How often to look whether a window is gone: it cannot tell when it was killed. */
  const LOOK_MS = 400;

  /** Hears what the map page tells: only from the link's origin, only from that very window. */
  function hear(link: string, from: () => Window | null, tell: (message: OzlocMessage) => void): () => void {
    const { origin } = new URL(link, location.href);
    const heard = ({ origin: sender, source, data }: MessageEvent<OzlocMessage | null>) => {
      const ours = sender === origin && source !== null && source === from();
      if (ours && data?.source === 'ozloc' && data.v === 1) tell(data);
    };
    addEventListener('message', heard);
    return () => removeEventListener('message', heard);
  }

  function open({ link, onReserved, onRelocated, onProspect, onClose, onMessage }: OzlocOpenOptions) {
    // At once: after the answer of a server it would be a window that nobody asked for, and refused.
    const page = window.open('', '_blank', 'popup,width=1120,height=720');
    let silence = () => {};
    const tell = (message: OzlocMessage) => {
      onMessage?.(message);
      if (message.type === 'reserved') onReserved?.(message);
      if (message.type === 'relocated') onRelocated?.(message);
      if (message.type === 'prospect-created') onProspect?.(message);
    };
    const looking = setInterval(() => {
      if (page?.closed === false) return;
      clearInterval(looking);
      // What it told last may still be on its way.
      setTimeout(silence);
      if (page) onClose?.();
    }, LOOK_MS);
    Promise.resolve(link).then(
      (address) => {
        // Gone before there was anything to show: nobody is to be heard.
        if (page?.closed) return;
        if (page) silence = hear(address, () => page, tell);
        (page ?? window).location.href = address;
      },
      // Why there is none, its maker knows.
      () => page?.close(),
    );
    return { close: () => page?.close() };
  }

  class OzlocMap extends HTMLElement implements OzlocMapElement {
    static observedAttributes = ['link'];
    readonly #frame = document.createElement('iframe');
    #silence = () => {};

    get link() {
      return this.getAttribute('link') ?? '';
    }
    set link(address) {
      this.setAttribute('link', address);
    }
    connectedCallback() {
      const frame = this.#frame;
      frame.title = 'OZloc';
      frame.allow = 'geolocation; clipboard-write';
      frame.style.cssText = 'display:block;width:100%;height:100%;min-height:40rem;border:0';
      this.style.display ||= 'block';
      this.#show();
    }
    disconnectedCallback() {
      this.#silence();
      this.#frame.remove();
    }
    attributeChangedCallback() {
      if (this.isConnected) this.#show();
    }
    #show() {
      const { link } = this;
      this.#silence();
      if (!link) return this.#frame.remove();
      this.#silence = hear(
        link,
        () => this.#frame.contentWindow,
        (detail) => this.dispatchEvent(new CustomEvent(`ozloc-${detail.type}`, { detail, bubbles: true })),
      );
      this.#frame.src = link;
      if (!this.#frame.isConnected) this.append(this.#frame);
    }
  }

  Object.assign(window, { Ozloc: { open } satisfies typeof Ozloc });
  if (!customElements.get('ozloc-map')) customElements.define('ozloc-map', OzlocMap);
})();
