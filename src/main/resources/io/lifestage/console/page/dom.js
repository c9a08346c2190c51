/*
 * Elements are built from texts and attributes alone, never from markup: what a customer is called
 * is a text node wherever it stands.
 */
const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. Attributes that are null, undefined or false are left out. */
export function h(tag, attributes, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s(tag, attributes, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "style") {
      // One by one: the policy of the page forbids style attributes.
      for (const [property, v] of Object.entries(value)) element.style.setProperty(property, v);
    } else if (name === "bars") {
      element.style.setProperty("--share", String(Math.max(0, Math.min(1, value))));
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child instanceof Node) element.append(child);
    else if (child !== null && child !== undefined && child !== false) element.append(String(child));
  }
}

/**
 * Makes what stands in an element like what is given, and leaves alone what is so already: focus,
 * selection, scrolling and running animations stay. An element marked data-keep is never touched.
 */
export function show(element, ...children) {
  const wanted = document.createDocumentFragment();
  append(wanted, children);
  align(element, wanted);
}

function align(present, wanted) {
  const byKey = new Map();
  for (const child of present.children) {
    if (child.dataset?.key) byKey.set(child.dataset.key, child);
  }
  let next = present.firstChild;
  for (const want of [...wanted.childNodes]) {
    const key = want.dataset?.key;
    const match = key ? byKey.get(key) : next;
    if (match && alike(match, want)) {
      if (match !== next) present.insertBefore(match, next);
      else next = next.nextSibling;
      sync(match, want);
    } else {
      present.insertBefore(want, next);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function alike(present, want) {
  return present.nodeName === want.nodeName && present.dataset?.key === want.dataset?.key;
}

function sync(present, want) {
  if (present.nodeType === Node.TEXT_NODE) {
    if (present.data !== want.data) present.data = want.data;
    return;
  }
  if (present.hasAttribute?.("data-keep")) return;
  for (const { name } of [...present.attributes]) {
    // What somebody has opened stays open.
    if (!want.hasAttribute(name) && name !== "open" && name !== "style") present.removeAttribute(name);
  }
  for (const { name, value } of [...want.attributes]) {
    if (name !== "style" && present.getAttribute(name) !== value) present.setAttribute(name, value);
  }
  if (present.style && present.style.cssText !== want.style.cssText) {
    for (const property of [...present.style]) {
      if (!want.style.getPropertyValue(property)) present.style.removeProperty(property);
    }
    for (const property of [...want.style]) {
      const value = want.style.getPropertyValue(property);
      if (present.style.getPropertyValue(property) !== value) present.style.setProperty(property, value);
    }
  }
  align(present, want);
}
