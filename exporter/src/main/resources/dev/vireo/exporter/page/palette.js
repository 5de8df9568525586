/**
 * Colours that stay apart for those who do not see all of them: the heat's get steadily darker (or brighter, in the dark),
 * the lines' are Okabe and Ito's, and lines differ in their dashes, too.
 */
import { isDark } from './theme.js';

const HEAT_LIGHT = ['#eef2f6', '#c3dbe9', '#86bcd9', '#3f93c2', '#1a6299', '#0a2e5c'];
const HEAT_DARK = ['#1a242f', '#163a54', '#1b6478', '#2c9c93', '#8ed7a3', '#f6fbc8'];
const LINES_LIGHT = ['#0072b2', '#c04a00', '#00795a', '#b0508a', '#8a6100', '#3a7ca8', '#6b4fa0', '#3d3d3d'];
const LINES_DARK = ['#5ab4f0', '#f5a142', '#33c9a0', '#e893c4', '#eedc5b', '#ff8c69', '#b7a2ff', '#e6e6e6'];
export const DASHES = [[], [], [], [], [8, 3], [8, 3], [8, 3], [8, 3]];
export const MOST_LINES = LINES_LIGHT.length;

export function lineColour(index) {
  return (isDark() ? LINES_DARK : LINES_LIGHT)[index % MOST_LINES];
}

/** Returns a property of the page's style sheet. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

const STEPS = 256;
const made = new Map();

/** Which of the 256 colours a share of a CPU has: by its root, as on a host of many domains most shares are small. */
export function heatStep(share) {
  return Math.min(STEPS - 1, Math.round(Math.sqrt(share) * (STEPS - 1)));
}

/** Returns 256 colours as ABGR words, the order of an ImageData's bytes. */
export function heatWords() {
  const stops = isDark() ? HEAT_DARK : HEAT_LIGHT;
  let words = made.get(stops);
  if (!words) {
    words = new Uint32Array(STEPS);
    for (let step = 0; step < STEPS; step++) {
      const [red, green, blue] = between(stops, step / (STEPS - 1));
      words[step] = (255 << 24) | (blue << 16) | (green << 8) | red;
    }
    made.set(stops, words);
  }
  return words;
}

/** Tells whether what is written on a heat of so much must be light. */
export function isLightInk(share) {
  const heat = Math.sqrt(share);
  return isDark() ? heat < 0.62 : heat > 0.5;
}

function between(stops, share) {
  const at = share * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  const one = parts(stops[low]);
  const other = parts(stops[low + 1]);
  return one.map((part, i) => Math.round(part + (other[i] - part) * (at - low)));
}

function parts(colourText) {
  return [1, 3, 5].map((at) => parseInt(colourText.slice(at, at + 2), 16));
}
