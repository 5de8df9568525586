/** The cells of the heat map as pixels and as a list. */
import { heatStep, heatWords } from './palette.js';

const BUSIEST = 10;

/**
 * Paints one pixel a cell, of the busiest where several domains share a line. A cell without a number stays see-through.
 * Returns whether there is such a one.
 */
export function fillPicture(picture, lines, domains, columns) {
  if (picture.width !== columns || picture.height !== lines) {
    picture.width = columns;
    picture.height = lines;
  }
  const context = picture.getContext('2d');
  const image = context.createImageData(columns, lines);
  const words = new Uint32Array(image.data.buffer);
  const heat = heatWords();
  const most = new Float32Array(columns);
  let hasUnknown = false;
  for (let line = 0; line < lines; line++) {
    busiest(most, domains, Math.floor(line * domains.length / lines), Math.floor((line + 1) * domains.length / lines));
    for (let column = 0; column < columns; column++) {
      hasUnknown ||= most[column] < 0;
      words[line * columns + column] = most[column] < 0 ? 0 : heat[heatStep(most[column])];
    }
  }
  context.putImageData(image, 0, 0);
  return hasUnknown;
}

function busiest(most, domains, from, to) {
  most.fill(-1);
  for (let row = from; row < to; row++) {
    const perCpu = domains[row].perCpu;
    for (let column = 0; perCpu && column < most.length; column++) {
      if (perCpu[column] !== null && perCpu[column] > most[column]) {
        most[column] = perCpu[column];
      }
    }
  }
}

export function busiestCells(domains) {
  const cells = [];
  for (const domain of domains) {
    (domain.perCpu || []).forEach((share, column) => {
      if (share > 0 && (cells.length < BUSIEST || share > cells[cells.length - 1].share)) {
        cells.push({ domain, column, share });
        cells.sort((one, other) => other.share - one.share);
        cells.length = Math.min(cells.length, BUSIEST);
      }
    });
  }
  return cells;
}

export function paintScale(canvas) {
  const words = heatWords();
  const context = canvas.getContext('2d');
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = words[heatStep((i % canvas.width) / (canvas.width - 1))];
  }
  context.putImageData(image, 0, 0);
}
