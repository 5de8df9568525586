/**
 * The table of domains. Only the rows in sight exist; they are real rows of a real table, and say which of how many they
 * are. While somebody points at a row or has the focus in one, rows keep their order, so that nobody hits another one.
 */
import { COLUMNS } from './columns.js';
import { percentOf, whyNot } from './denominator.js';
import { UNKNOWN, element, named, onResize, percent, setText, stateOf } from './text.js';

const MORE = 4;

export class Table {
  constructor(root, actions) {
    this.scroller = root;
    this.actions = actions;
    this.table = root.querySelector('table');
    this.body = root.querySelector('tbody');
    this.top = this.spacer();
    this.bottom = this.spacer();
    this.body.append(this.top, this.bottom);
    this.rows = [];
    this.active = 0;
    this.domains = [];
    this.buildHead(root.querySelector('#columns'));
    root.addEventListener('scroll', () => this.render(), { passive: true });
    this.body.addEventListener('click', (event) => this.clicked(event));
    root.addEventListener('keydown', (event) => this.pressed(event));
    onResize(root, () => this.resized());
  }

  spacer() {
    const row = element('tr', 'spacer');
    row.setAttribute('aria-hidden', 'true');
    const cell = element('td');
    cell.colSpan = COLUMNS.length + 1;
    row.append(cell);
    return row;
  }

  buildHead(head) {
    const line = element('th', 'line');
    line.scope = 'col';
    line.append(element('span', 'hidden', 'Line in the chart'));
    head.append(line);
    this.heads = new Map();
    for (const column of COLUMNS) {
      const cell = element('th', column.id);
      cell.scope = 'col';
      const button = element('button', 'sort', column.label);
      button.type = 'button';
      button.addEventListener('click', () => this.actions.sort(column.id));
      cell.append(button);
      head.append(cell);
      this.heads.set(column.id, cell);
    }
  }

  isHeld() {
    return this.body.matches(':hover') || this.body.contains(document.activeElement);
  }

  showSort(columnId, direction) {
    for (const [id, cell] of this.heads) {
      if (id === columnId) {
        cell.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
      } else {
        cell.removeAttribute('aria-sort');
      }
    }
  }

  show(domains, frame, of, lines, picked) {
    this.domains = domains;
    this.frame = frame;
    this.of = of;
    this.lines = lines;
    this.picked = picked;
    this.most = Math.max(1e-9, ...domains.map((domain) => this.used(domain) + this.waited(domain)));
    this.table.setAttribute('aria-rowcount', String(domains.length + 1));
    const { key } = this.focusInRow();
    const at = key === null ? -1 : domains.findIndex((domain) => domain.key === key);
    this.active = at >= 0 ? at : Math.max(0, Math.min(this.active, domains.length - 1));
    this.render();
  }

  /** Which domain's row has the focus, null if none, and whether its box has it. */
  focusInRow() {
    const row = this.body.contains(document.activeElement) ? this.rowOf(document.activeElement) : null;
    return { row, key: row ? row.key : null, onBox: row !== null && document.activeElement === row.box };
  }

  /** The focus stays with its domain: in another row where it has moved, with the table where it is not there any more. */
  keepFocus({ row, key, onBox }) {
    if (row === null || (row.key === key && row.isConnected)) {
      return;
    }
    const now = this.rows.find((each) => each.key === key);
    (now ? (onBox ? now.box : now.button) : this.scroller).focus({ preventScroll: true });
  }

  used(domain) {
    return percentOf(domain.cpu, domain, this.frame, this.of) || 0;
  }

  waited(domain) {
    return percentOf(domain.delay, domain, this.frame, this.of) || 0;
  }

  /** Measured once for each size of the page, not in each frame: rows are all of one height. */
  rowHeight() {
    if (!this.measured && this.rows[0]) {
      this.measured = this.rows[0].offsetHeight;
    }
    return this.measured || 28;
  }

  resized() {
    this.measured = 0;
    this.room = this.scroller.clientHeight;
    this.render();
  }

  render() {
    if (!this.frame || !this.room) {
      return;
    }
    const focus = this.focusInRow();
    const height = this.rowHeight();
    const inSight = Math.ceil(this.room / height) + 2 * MORE;
    const first = Math.max(0, Math.min(Math.floor(this.scroller.scrollTop / height) - MORE, this.domains.length - inSight));
    const shownRows = Math.min(inSight, this.domains.length - first);
    this.keepRows(shownRows);
    this.first = first;
    for (let slot = 0; slot < shownRows; slot++) {
      this.fill(this.rows[slot], first + slot);
    }
    this.setHeight(this.top, first * height);
    this.setHeight(this.bottom, (this.domains.length - first - shownRows) * height);
    this.keepFocus(focus);
  }

  setHeight(spacer, height) {
    spacer.hidden = height <= 0;
    spacer.firstChild.style.height = height + 'px';
  }

  keepRows(number) {
    while (this.rows.length < number) {
      const row = this.newRow();
      this.rows.push(row);
      this.body.insertBefore(row, this.bottom);
    }
    while (this.rows.length > number) {
      this.rows.pop().remove();
    }
  }

  newRow() {
    const row = element('tr', 'domain');
    const line = element('td', 'line');
    row.box = element('input');
    row.box.type = 'checkbox';
    row.swatch = element('span', 'swatch');
    line.append(row.box, row.swatch);
    const name = element('th', 'name');
    name.scope = 'row';
    row.button = element('button', 'open');
    row.button.type = 'button';
    row.button.setAttribute('aria-haspopup', 'dialog');
    name.append(row.button);
    row.append(line, name);
    row.fields = new Map();
    for (const column of COLUMNS.slice(1)) {
      const cell = element('td', column.id + (column.id === 'state' ? '' : ' number'));
      cell.text = element('span', 'value');
      if (column.id === 'cpu') {
        row.bar = element('span', 'bar');
        row.bar.append(element('span', 'use'), element('span', 'wait'));
        cell.append(row.bar);
      }
      cell.why = element('span', 'hidden');
      cell.append(cell.text, cell.why);
      row.append(cell);
      row.fields.set(column.id, cell);
    }
    return row;
  }

  fill(row, index) {
    const domain = this.domains[index];
    row.setAttribute('aria-rowindex', String(index + 2));
    row.index = index;
    row.key = domain.key;
    row.className = 'domain ' + (domain.stale === null ? '' : 'stale');
    const name = named(domain);
    setText(row.button, name);
    row.button.title = name + '\n' + domain.uuid;
    const tab = index === this.active ? 0 : -1;
    row.button.tabIndex = tab;
    row.box.tabIndex = tab;
    row.box.checked = this.picked.has(domain.key);
    row.box.setAttribute('aria-label', 'Line of ' + name);
    row.swatch.style.background = this.lines.get(domain.key) || 'transparent';
    this.fillState(row.fields.get('state'), domain);
    for (const column of COLUMNS.slice(2)) {
      this.fillNumber(row.fields.get(column.id), column, domain);
    }
    row.bar.firstChild.style.width = 100 * this.used(domain) / this.most + '%';
    row.bar.lastChild.style.width = 100 * this.waited(domain) / this.most + '%';
  }

  fillState(cell, domain) {
    const old = domain.stale !== null;
    setText(cell.text, old ? 'stale ' + Math.round(domain.age) + ' s' : stateOf(domain));
    cell.text.dataset.state = old ? 'stale' : domain.state;
    cell.title = old ? domain.stale : domain.state === 'nostate' ? 'this driver does not tell the state' : '';
    setText(cell.why, old ? ': ' + domain.stale : '');
  }

  fillNumber(cell, column, domain) {
    const value = column.rate ? percentOf(domain[column.id], domain, this.frame, this.of) : domain[column.id];
    setText(cell.text, value === null ? UNKNOWN : column.rate ? percent(value) : String(value));
    cell.classList.toggle('unknown', value === null);
    const why = value === null ? whyNot(column.id, domain, this.frame, this.of) : '';
    setText(cell.why, why === '' ? '' : 'unavailable: ' + why);
    cell.title = why;
  }

  rowOf(target) {
    return target.closest ? target.closest('tr.domain') : null;
  }

  clicked(event) {
    const row = this.rowOf(event.target);
    if (!row) {
      return;
    }
    this.active = row.index;
    const domain = this.domains[row.index];
    if (event.target.closest('td.line')) {
      if (event.target !== row.box) {
        row.box.checked = !row.box.checked;
      }
      this.actions.toggleLine(domain.key, row.box.checked);
    } else {
      row.button.focus({ preventScroll: true });
      this.actions.open(domain.key);
    }
  }

  pressed(event) {
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.rowHeight()) - 2);
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const move = moves[event.key];
    if (move === undefined || event.target.closest('thead') || this.domains.length === 0) {
      return;
    }
    event.preventDefault();
    const inRow = this.rowOf(event.target);
    this.active = inRow ? Math.max(0, Math.min(this.domains.length - 1, this.active + move)) : this.active;
    this.focusActive(inRow !== null && event.target === inRow.box);
  }

  focusActive(onBox) {
    const height = this.rowHeight();
    const head = this.table.tHead.offsetHeight;
    const from = this.active * height;
    const room = this.scroller.clientHeight - head - height;
    if (from < this.scroller.scrollTop) {
      this.scroller.scrollTop = from;
    } else if (from > this.scroller.scrollTop + room) {
      this.scroller.scrollTop = from - room;
    }
    this.render();
    const row = this.rows[this.active - this.first];
    if (row) {
      (onBox ? row.box : row.button).focus({ preventScroll: true });
    }
  }

  /** Gives the focus back to the domain whose detail was shown, or to the table where that is gone. */
  focusKey(key) {
    const index = this.domains.findIndex((domain) => domain.key === key);
    if (index >= 0) {
      this.active = index;
      this.focusActive(false);
    } else if (this.focusInRow().row) {
      this.scroller.focus({ preventScroll: true });
    }
  }
}
