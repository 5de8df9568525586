/**
 * The heat map of domain by host CPU, painted on uPlot's canvas in its draw hook: one pixel a cell in a picture that is then
 * stretched, so that a thousand domains on 256 CPUs cost no more than their pixels. Where there are more domains than lines
 * of pixels, a line shows the busiest of its domains. Cells are reached with the arrow keys, and read out.
 */
import { busiestCells, fillPicture } from './cells.js';
import { colour, isLightInk } from './palette.js';
import { element, named, onResize, percent, setText, shortened } from './text.js';

const ROW_HEIGHT = 26;
const LEAST_ROW_WITH_NAME = 12;
const AXIS_HEIGHT = 38;
const NAME_LENGTH = 22;

export class HeatMap {
  constructor(elements, actions) {
    this.root = elements.root;
    this.note = elements.note;
    this.readout = elements.readout;
    this.said = elements.said;
    this.table = elements.table;
    this.actions = actions;
    this.picture = document.createElement('canvas');
    this.domains = [];
    this.cpus = [];
    this.cursor = null;
    this.root.addEventListener('keydown', (event) => this.pressed(event));
    this.root.addEventListener('blur', () => this.moveTo(null));
    this.room = { width: 0, height: 0 };
    onResize(this.root, (room) => this.resized(room));
  }

  show(domains, cpus, frame) {
    this.domains = domains;
    this.cpus = cpus;
    this.frame = frame;
    this.none = domains.length === 0 || cpus.length === 0;
    this.root.hidden = this.none;
    this.askRoom(this.wanted() + 'px');
    this.draw();
    this.readCursor();
    this.fillTable();
  }

  size() {
    return { width: Math.max(120, this.room.width), height: Math.max(AXIS_HEIGHT + 24, Math.min(this.room.height, this.wanted())) };
  }

  /** Whoever reads a size back in each frame has the browser lay out the page once more. */
  resized(room) {
    this.room = { width: Math.floor(room.width), height: Math.floor(room.height) };
    this.draw();
  }

  askRoom(height) {
    if (height !== this.asked) {
      this.asked = height;
      this.root.style.height = height;
    }
  }

  /** How high the picture would be, had it all room. */
  wanted() {
    return Math.min(1200, this.domains.length * ROW_HEIGHT + AXIS_HEIGHT);
  }

  draw() {
    if (this.none || !this.frame || this.room.width === 0) {
      setText(this.note, this.frame ? this.whyNone() : '');
      return;
    }
    const size = this.size();
    if (!this.plot) {
      this.plot = this.make(size);
    } else if (size.width !== this.plot.width || size.height !== this.plot.height) {
      this.plot.setSize(size);
    }
    this.plot.batch(() => {
      this.plot.setScale('x', { min: -0.5, max: this.cpus.length - 0.5 });
      this.plot.setScale('y', { min: -0.5, max: this.domains.length - 0.5 });
      this.plot.redraw(false, true);
    });
  }

  whyNone() {
    const domain = this.domains[0];
    return domain ? 'No times per host CPU: ' + (domain.why.perCpu || 'not told') : 'No domains';
  }

  hasNames() {
    return (this.size().height - AXIS_HEIGHT) / this.domains.length >= LEAST_ROW_WITH_NAME;
  }

  make(size) {
    const axis = { grid: { show: false }, ticks: { show: false }, stroke: () => colour('quiet'), font: '11px ' + getComputedStyle(document.body).fontFamily };
    const plot = new uPlot({
      ...size,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, auto: false }, y: { auto: false, dir: -1 } },
      axes: [
        { ...axis, size: 18, gap: 3, label: 'host CPU', labelSize: 16, labelGap: 0, labelFont: axis.font,
          splits: () => this.cpuSplits(), values: (_, splits) => splits.map((split) => this.cpus[split]) },
        { ...axis, size: () => this.nameWidth(), gap: 6, splits: () => this.hasNames() ? this.domains.map((_, row) => row) : [],
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map((row) => shortened(named(this.domains[row]), NAME_LENGTH)) },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: { draw: [(made) => this.paint(made)] },
      padding: [4, 8, 0, 0],
    }, [[0, 1], [null, null]], this.root);
    plot.over.addEventListener('mousemove', (event) => this.pointed(event));
    plot.over.addEventListener('mouseleave', () => this.moveTo(null));
    plot.over.addEventListener('click', () => this.openCursor());
    return plot;
  }

  cpuSplits() {
    const most = Math.max(1, Math.floor(this.size().width / 34));
    let step = 1;
    while (this.cpus.length / step > most) {
      step *= 2;
    }
    return this.cpus.map((_, at) => at).filter((at) => at % step === 0);
  }

  nameWidth() {
    if (!this.hasNames()) {
      return 12;
    }
    const longest = Math.max(...this.domains.map((domain) => Math.min(NAME_LENGTH, named(domain).length)));
    return 18 + Math.round(6.6 * longest);
  }

  paint(plot) {
    const { left, top, width, height } = plot.bbox;
    const lines = Math.max(1, Math.min(this.domains.length, Math.floor(height)));
    this.hasUnknown = fillPicture(this.picture, lines, this.domains, this.cpus.length);
    const context = plot.ctx;
    context.save();
    this.hatch(context, left, top, width, height);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.picture, 0, 0, this.cpus.length, lines, left, top, width, height);
    this.separate(context, plot.bbox, lines);
    this.write(context, plot.bbox);
    this.mark(context, plot.bbox);
    context.restore();
    const folded = this.domains.length > lines;
    setText(this.note, folded ? 'each line: the busiest of ' + Math.ceil(this.domains.length / lines) + ' domains' : '');
  }

  hatch(context, left, top, width, height) {
    context.fillStyle = colour('panel');
    context.fillRect(left, top, width, height);
    if (!this.hasUnknown) {
      return;
    }
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.strokeStyle = colour('rule');
    context.lineWidth = devicePixelRatio;
    context.beginPath();
    for (let x = left - height; x < left + width; x += 7 * devicePixelRatio) {
      context.moveTo(x, top + height);
      context.lineTo(x + height, top);
    }
    context.stroke();
  }

  /** Thin lines between cells that are large enough to stand apart. */
  separate(context, box, lines) {
    context.fillStyle = colour('panel');
    const gap = Math.max(1, Math.round(devicePixelRatio));
    if (box.width / this.cpus.length >= 7 * gap) {
      for (let column = 1; column < this.cpus.length; column++) {
        context.fillRect(Math.round(box.left + column * box.width / this.cpus.length), box.top, gap, box.height);
      }
    }
    if (box.height / lines >= 5 * gap) {
      for (let line = 1; line < lines; line++) {
        context.fillRect(box.left, Math.round(box.top + line * box.height / lines), box.width, gap);
      }
    }
  }

  /** The number itself, where there is room for it. */
  write(context, box) {
    const width = box.width / this.cpus.length;
    const height = box.height / this.domains.length;
    if (width < 40 * devicePixelRatio || height < 15 * devicePixelRatio) {
      return;
    }
    context.font = 11 * devicePixelRatio + 'px ' + getComputedStyle(document.body).fontFamily;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    this.domains.forEach((domain, row) => (domain.perCpu || []).forEach((share, column) => {
      if (share !== null && share >= 0.0005) {
        context.fillStyle = isLightInk(share) ? '#f4f7fa' : '#10202e';
        context.fillText(percent(100 * share), box.left + (column + 0.5) * width, box.top + (row + 0.5) * height);
      }
    }));
  }

  mark(context, box) {
    if (!this.cursor) {
      return;
    }
    const width = box.width / this.cpus.length;
    const height = box.height / this.domains.length;
    // Two lines, of which one is seen on any heat.
    for (const [name, pixels] of [['panel', 5], ['accent', 2]]) {
      context.strokeStyle = colour(name);
      context.lineWidth = pixels * devicePixelRatio;
      context.strokeRect(box.left + this.cursor.column * width, box.top + this.cursor.row * height, Math.max(3, width), Math.max(3, height));
    }
  }

  pointed(event) {
    const { offsetWidth, offsetHeight } = this.plot.over;
    this.moveTo({
      column: Math.max(0, Math.min(this.cpus.length - 1, Math.floor(event.offsetX / offsetWidth * this.cpus.length))),
      row: Math.max(0, Math.min(this.domains.length - 1, Math.floor(event.offsetY / offsetHeight * this.domains.length))),
    });
  }

  pressed(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Home: [-Infinity, 0], End: [Infinity, 0],
      PageUp: [0, -10], PageDown: [0, 10] };
    if (event.key === 'Enter' && this.cursor) {
      this.openCursor();
    } else if (moves[event.key] && !this.none) {
      const [right, down] = this.cursor ? moves[event.key] : [0, 0];
      const from = this.cursor || { column: 0, row: 0 };
      this.moveTo({
        column: Math.max(0, Math.min(this.cpus.length - 1, from.column + right)),
        row: Math.max(0, Math.min(this.domains.length - 1, from.row + down)),
      });
    } else {
      return;
    }
    event.preventDefault();
  }

  openCursor() {
    if (this.cursor) {
      this.actions.open(this.domains[this.cursor.row].key);
    }
  }

  /** The cursor stays on its domain when rows move. */
  moveTo(cell) {
    this.cursor = cell && { ...cell, key: this.domains[cell.row].key };
    if (this.plot) {
      this.plot.redraw(false, false);
    }
    this.readCursor();
    // Read out when somebody goes there, not with each second's number.
    setText(this.said, this.readout.textContent);
  }

  readCursor() {
    if (this.cursor) {
      this.cursor.row = this.domains.findIndex((domain) => domain.key === this.cursor.key);
      if (this.cursor.row < 0 || this.cursor.column >= this.cpus.length) {
        this.cursor = null;
      }
    }
    setText(this.readout, this.cursor ? this.described(this.domains[this.cursor.row], this.cursor.column) : '');
  }

  described(domain, column) {
    const where = named(domain) + ' on host CPU ' + this.cpus[column] + ': ';
    const share = domain.perCpu ? domain.perCpu[column] : null;
    return where + (share === null ? 'unavailable: ' + (domain.why.perCpu || 'no rate on this CPU yet') : percent(100 * share) + ' % of that CPU');
  }

  fillTable() {
    if (this.table.closest('details').open) {
      this.table.tBodies[0].replaceChildren(...busiestCells(this.domains).map((cell) => {
        const row = element('tr');
        const name = element('th', 'name', named(cell.domain));
        name.scope = 'row';
        row.append(name, element('td', 'number', String(this.cpus[cell.column])), element('td', 'number', percent(100 * cell.share)));
        return row;
      }));
    }
  }

  /** Colours have changed. */
  repaint() {
    this.draw();
  }
}
