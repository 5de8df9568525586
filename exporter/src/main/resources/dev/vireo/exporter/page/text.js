/** Text and numbers as they are shown. Whatever came from a guest goes through shown() and textContent, never through markup. */

const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Spells out what breaks a line, turns it around or is not seen, as the command line does. */
export function shown(text) {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0);
    const [letter, digits] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
    return '\\' + letter + code.toString(16).padStart(digits, '0');
  });
}

/** Shortens what has no room, by whole characters. */
export function shortened(text, length) {
  const characters = Array.from(text);
  return characters.length <= length ? text : characters.slice(0, length - 1).join('') + '…';
}

/** What a domain is called on the page. */
export function named(domain) {
  return shown(domain.name) || '(no name)';
}

/** What a domain is doing; some drivers do not tell. */
export function stateOf(domain) {
  return domain.state === 'nostate' ? 'not told' : domain.state;
}

export const UNKNOWN = '—';

export function percent(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  return value >= 1000 ? Math.round(value).toString() : value.toFixed(1);
}

/** With its unit, where there is a number. */
export function withUnit(value) {
  return value === null || value === undefined ? UNKNOWN : percent(value) + ' %';
}

export function cpus(value) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  return value >= 100 ? count(Math.round(value)) : value.toFixed(2);
}

export function count(number) {
  return number.toLocaleString('en');
}

export function seconds(value) {
  return value < 10 ? value.toFixed(1) + ' s' : value < 120 ? Math.round(value) + ' s' : Math.round(value / 60) + ' min';
}

export function clock(time) {
  return time.toLocaleTimeString('en-GB');
}

/** Tells of an element's size with the next picture, when sizes may change again; told at once, they would chase each other. */
export function onResize(element, resized) {
  new ResizeObserver(([entry]) => requestAnimationFrame(() => resized(entry.contentRect))).observe(element);
}

/** Sets a text, and touches the document only where it changed. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}
