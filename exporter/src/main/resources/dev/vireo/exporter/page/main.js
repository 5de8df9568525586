/** Puts the pieces together: frames come in, and each part of the page shows the last one. */
import { addressOf } from './address.js';
import { paintScale } from './cells.js';
import { COLUMNS, matches, sorted } from './columns.js';
import { DENOMINATORS } from './denominator.js';
import { Detail } from './detail.js';
import { HeatMap } from './heat.js';
import { History } from './history.js';
import { Lines } from './lines.js';
import { Missing } from './missing.js';
import { Status, showTiles } from './status.js';
import { Table } from './table.js';
import { count, setText, shown } from './text.js';
import { followTheme, remember, remembered } from './theme.js';
import { follow } from './stream.js';

const part = (id) => document.getElementById(id);

const view = {
  frame: null,
  order: [],
  of: DENOMINATORS[remembered('denominator', 'core')] ? remembered('denominator', 'core') : 'core',
  search: '',
  sort: { column: 'cpu', direction: -1 },
  picked: new Set(),
  paused: false,
  drawn: false,
};

/** The frames that come while the history is on its way, which may not have them; null while it is not. */
let meanwhile = null;
const LONGEST_LOAD = 30000;
const history = new History();
const status = new Status();
const actions = { open, toggleLine, sort };
const table = new Table(part('domains'), actions);
const heat = new HeatMap({ root: part('heat'), note: part('heat-note'), readout: part('heat-cell'), said: part('heat-said'), table: part('heat-table') }, actions);
const lines = new Lines({ use: part('use'), steal: part('steal'), legend: part('legend'), note: part('lines-note') }, actions);
const missing = new Missing(part('missing'));
const detail = new Detail(part('detail'), (key) => table.focusKey(key));

function prepare(frame) {
  frame.whyNoHostCpuCount = shown(frame.whyNoHostCpuCount || '');
  for (const domain of frame.domains) {
    domain.key = domain.uuid + '/' + domain.id;
    domain.lowerName = domain.name.toLowerCase();
    spellOutReasons(domain);
  }
}

/** Once for all who show them: a reason may have a name in it. */
function spellOutReasons(domain) {
  domain.stale = domain.stale === null ? null : shown(domain.stale);
  for (const statistic of Object.keys(domain.why)) {
    domain.why[statistic] = shown(domain.why[statistic]);
  }
  for (const vcpu of domain.vcpus || []) {
    vcpu.why = vcpu.why && shown(vcpu.why);
  }
}

function receive(frame) {
  prepare(frame);
  status.frame(frame);
  document.documentElement.dataset.received = frame.seq;
  if (frame.time !== null && frame.error === null) {
    history.add(frame);
    meanwhile?.push(frame);
  }
  if (!view.paused) {
    view.frame = frame;
    schedule();
  }
}

/** At most one drawing for each picture of the screen, and none for a page that nobody sees. */
function schedule() {
  if (!view.drawn) {
    view.drawn = true;
    requestAnimationFrame(() => {
      view.drawn = false;
      draw(false);
    });
  }
}

function draw(anew) {
  const { frame, of } = view;
  if (!frame) {
    return;
  }
  const begun = performance.now();
  forgetWhoIsGone(frame);
  view.order = anew || !table.isHeld() ? ordered() : inOldOrder();
  lines.show(frame.domains, frame, of, history, view.picked);
  table.show(view.order, frame, of, lines.colours(), view.picked);
  heat.show(view.order, frame.hostCpus, frame);
  showAround(frame);
  if (detail.key !== null) {
    detail.update(frame.domains.find((domain) => domain.key === detail.key), frame, of);
  }
  document.documentElement.dataset.seq = frame.seq;
  document.documentElement.dataset.points = history.times.length;
  document.documentElement.dataset.drawMillis = (performance.now() - begun).toFixed(1);
}

/** Who is gone has no line any more; when all who were picked are, the busiest are shown again. */
function forgetWhoIsGone(frame) {
  if (view.picked.size > 0) {
    const keys = new Set(frame.domains.map((domain) => domain.key));
    view.picked.forEach((key) => keys.has(key) || view.picked.delete(key));
  }
}

function ordered() {
  const found = view.frame.domains.filter((domain) => matches(domain, view.search));
  return sorted(found, view.sort.column, view.sort.direction, view.frame, view.of);
}

/** The same rows as before with their new numbers; who is new comes last. */
function inOldOrder() {
  const places = new Map(view.order.map((domain, place) => [domain.key, place]));
  return ordered().map((domain, place) => ({ domain, place: places.get(domain.key) ?? places.size + place }))
      .sort((one, other) => one.place - other.place).map((each) => each.domain);
}

function showAround(frame) {
  setText(part('uri'), shown(frame.uri));
  setText(part('driver'), shown(frame.driver || ''));
  showTiles(frame);
  missing.show(frame);
  const all = frame.domains.length;
  const { label, explained } = DENOMINATORS[view.of];
  setText(part('domains-note'), (view.search.trim() === '' ? count(all) : count(view.order.length) + ' of ' + count(all)) + ' · ' + label);
  setText(part('domains-caption'), 'CPU time of each domain, ' + label + ': ' + explained);
  document.querySelectorAll('.unit').forEach((unit) => setText(unit, label));
  part('empty').hidden = view.order.length > 0;
  setText(part('empty'), all === 0 ? 'No domain is running.' : 'No domain fits “' + view.search.trim() + '”.');
  part('lines-clear').hidden = view.picked.size === 0;
}

function open(key) {
  const domain = view.frame.domains.find((each) => each.key === key);
  if (domain) {
    detail.open(domain, view.frame, view.of);
  }
}

function toggleLine(key, on) {
  if (on) {
    view.picked.add(key);
  } else {
    view.picked.delete(key);
  }
  draw(false);
}

function sort(columnId) {
  const first = COLUMNS.find((column) => column.id === columnId).direction;
  view.sort = { column: columnId, direction: view.sort.column === columnId ? -view.sort.direction : first };
  table.showSort(columnId, view.sort.direction);
  draw(true);
}

function pause() {
  view.paused = !view.paused;
  part('pause').setAttribute('aria-pressed', String(view.paused));
  status.pause(view.paused ? new Date() : null);
}

async function loadHistory() {
  const frames = [];
  meanwhile = frames;
  try {
    const answer = await fetch(addressOf('api/v1/history'), { signal: AbortSignal.timeout(LONGEST_LOAD) });
    const past = await answer.json();
    // else it is asked for anew already
    if (meanwhile === frames) {
      history.replace(past);
      frames.forEach((frame) => history.add(frame));
      schedule();
    }
  } catch {
    // then the lines begin now
  } finally {
    if (meanwhile === frames) {
      meanwhile = null;
    }
  }
}

part('search').addEventListener('input', (event) => {
  view.search = event.target.value;
  part('domains').scrollTop = 0;
  draw(true);
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.matches('input[type=search], select') && !part('detail').open) {
    event.preventDefault();
    part('search').focus();
  }
});
part('denominator').querySelectorAll('input').forEach((input) => {
  input.checked = input.value === view.of;
  input.addEventListener('change', () => {
    view.of = input.value;
    remember('denominator', view.of);
    draw(true);
  });
});
part('pause').addEventListener('click', pause);
part('lines-clear').addEventListener('click', () => {
  view.picked.clear();
  draw(false);
});
document.querySelector('.as-text').addEventListener('toggle', () => heat.fillTable());
table.showSort(view.sort.column, view.sort.direction);
followTheme(part('theme'), () => {
  paintScale(part('heat-scale'));
  heat.repaint();
  lines.repaint();
});
follow({
  connected() {
    status.connected();
    loadHistory();
  },
  lost: (why) => status.lost(why),
  frame: receive,
});
