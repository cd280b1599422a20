// Building and refreshing the page without ever parsing text as HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  back: ["M14.5 5.5 8 12l6.5 6.5"],
  bolt: ["M13 3 5 13.5h6L10.5 21 19 10h-6z"],
  chevron: ["M6 9.5 12 15.5 18 9.5"],
  clip: ["M19.5 11.5 12 19a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.6 1.6 0 0 1-2.3-2.3l7-7"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  moon: ["M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z"],
  more: ["M5.5 12h.01", "M12 12h.01", "M18.5 12h.01"],
  reply: ["M4 5h16v11H10l-5 4v-4H4z"],
  send: ["M4 12 20 4l-5 16-3.5-6.5z"],
  sun: ["M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z", "M12 2.5v2", "M12 19.5v2", "M2.5 12h2", "M19.5 12h2", "M5.3 5.3l1.4 1.4", "M17.3 17.3l1.4 1.4", "M5.3 18.7l1.4-1.4", "M17.3 6.7l1.4-1.4"],
  tray: ["M4 13.5 6.5 5h11L20 13.5V19H4z", "M4 13.5h5a3 3 0 0 0 6 0h5"],
  warn: ["M12 4 21 19.5H3z", "M12 10v4.5", "M12 17.2v.1"],
};

/** An element: props starting with "on" are listeners, "class", "data-…" and "aria-…" are attributes. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

export function add(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

export function iconButton(name, label, onclick, more = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...more }, icon(name));
}

/** Replaces all children, keeping the focus (and caret) where it was when its data-key still exists. */
export function refill(node, ...children) {
  keepingFocus(node, () => {
    node.replaceChildren();
    add(node, children);
  });
}

function keepingFocus(node, change) {
  const active = document.activeElement;
  const key = node.contains(active) ? active.dataset.key : undefined;
  const caret = key && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  change();
  if (!key || document.activeElement?.dataset?.key === key) return;
  const again = node.querySelector(`[data-key="${CSS.escape(key)}"]`);
  again?.focus({ preventScroll: true });
  if (caret && again && caret[0] !== null) again.setSelectionRange?.(...caret);
}

/** Makes the children match `items`, touching only what has changed: no flicker, no lost focus. */
export function sync(parent, items, make) {
  const known = new Map([...parent.children].map((child) => [child.dataset.item, child]));
  keepingFocus(parent, () => {
    let place = parent.firstElementChild;
    for (const item of items) {
      let node = known.get(item.key);
      known.delete(item.key);
      if (!node || node.dataset.stamp !== item.stamp) {
        const made = make(item, node);
        made.dataset.item = item.key;
        made.dataset.stamp = item.stamp;
        if (node) {
          if (place === node) place = node.nextElementSibling;
          node.replaceWith(made);
          node = made;
          parent.insertBefore(node, place);
          continue;
        }
        node = made;
      }
      if (node === place) place = place.nextElementSibling;
      else parent.insertBefore(node, place);
    }
    for (const gone of known.values()) gone.remove();
  });
}

/** A short hash for change stamps. */
export function stamp(...values) {
  const text = JSON.stringify(values);
  let sum = 7;
  for (let i = 0; i < text.length; i += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return `${text.length}.${sum}`;
}
