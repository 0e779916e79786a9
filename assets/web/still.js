// Draws the parts of a page that never change (webapp/components/still.py): plain values to elements.
(() => {
  "use strict";
  const TAGS = new Set(
    ("a abbr b br caption code dd details div dl dt em h2 h3 h4 hr i li ol p pre section small span " +
      "strong sub summary sup table tbody td tfoot th thead time tr ul").split(" ")
  );
  const ATTRIBUTES = new Set(["class", "tabindex", "scope", "role", "title", "open", "href"]);
  const allowed = (name, value) => {
    if (name === "href") return /^[/#](?![/\\])/.test(value) || value === "#" || value === "/";
    return ATTRIBUTES.has(name) || /^(aria|data)-[a-z-]+$/.test(name);
  };

  const drawn = (one) => {
    if (Array.isArray(one)) {
      const many = document.createDocumentFragment();
      many.append(...one.map(drawn));
      return many;
    }
    if (one === null || typeof one !== "object") return document.createTextNode(one ?? "");
    const element = document.createElement(TAGS.has(one.tag) ? one.tag : "span");
    for (const [name, value] of Object.entries(one.attributes)) {
      if (allowed(name, value)) element.setAttribute(name, value);
    }
    Object.assign(element.style, one.style);
    element.append(...one.children.map(drawn));
    return element;
  };

  const fill = (place) => place.replaceChildren(drawn(JSON.parse(place.dataset.still)));

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") fill(change.target);
      for (const node of change.addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches("[data-still]")) fill(node);
        node.querySelectorAll("[data-still]").forEach(fill);
      }
    }
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["data-still"],
  });

  // Links inside lead on within the app, as dcc.Link does.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-still] a[href^='/']");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState({}, "", link.getAttribute("href"));
    dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  });
})();
