/** Whether what is shown is of now, and if not, why; and the host in four numbers. */
import { clock, count, cpus, percent, seconds, setText, shown } from './text.js';

const LATE = 3.5;

export class Status {
  constructor() {
    this.part = (id) => document.getElementById(id);
    this.connection = 'connecting';
    this.trouble = '';
    this.said = '';
    setInterval(() => this.check(), 500);
  }

  connected() {
    this.connection = 'open';
    this.trouble = '';
    this.check();
  }

  lost(why) {
    this.connection = 'lost';
    this.trouble = why;
    this.check();
  }

  frame(frame) {
    this.last = frame;
    this.received = performance.now();
    this.connection = 'open';
    this.trouble = '';
    this.check();
  }

  pause(paused) {
    this.paused = paused;
    this.check();
  }

  age() {
    return (this.last.age || 0) + (performance.now() - this.received) / 1000;
  }

  isLate() {
    return this.age() > LATE + 2 * (this.last.interval || 1);
  }

  check() {
    const [state, short, long] = this.judge();
    this.part('status').dataset.state = state;
    setText(this.part('status-text'), short);
    const alert = this.part('alert');
    setText(alert, long);
    alert.hidden = long === '';
    document.body.classList.toggle('old', state === 'lost' || state === 'stale');
    this.announce(state, long === '' ? 'Live' : long);
  }

  judge() {
    const known = this.last && this.last.time;
    const from = known ? ' The numbers are of ' + clock(new Date(this.last.time)) + '.' : '';
    if (this.connection === 'connecting') {
      return ['connecting', 'Connecting', ''];
    }
    if (this.connection === 'lost') {
      return ['lost', 'Reconnecting', this.trouble + ' Trying again.' + from];
    }
    if (this.last && this.last.error !== null) {
      return ['stale', known ? 'Stale ' + seconds(this.age()) : 'No data', 'The hypervisor is not read: ' + shown(this.last.error) + '.' + from];
    }
    if (!known) {
      return ['connecting', 'Waiting for the first sample', ''];
    }
    if (this.isLate()) {
      return ['stale', 'Stale ' + seconds(this.age()), 'No new sample has come.' + from];
    }
    return this.paused
      ? ['paused', 'Paused at ' + clock(this.paused), '']
      : ['live', 'Live · ' + clock(new Date(this.last.time)), ''];
  }

  /** Read out once when it changes, not with each second. */
  announce(state, text) {
    if (state !== this.said && (state !== 'live' || this.said !== '')) {
      setText(this.part('announce'), state === 'stale' || state === 'lost' ? '' : text);
    }
    this.said = state;
  }
}

export function showTiles(frame) {
  const part = (id) => document.getElementById(id);
  const known = frame.domains.filter((domain) => domain.cpu !== null);
  const used = sum(known, 'cpu');
  const waiting = frame.domains.filter((domain) => domain.delay !== null);
  const host = frame.hostCpuCount;
  setText(part('tile-used'), known.length === 0 ? '—' : cpus(used));
  setText(part('tile-used-of'), host === null ? 'CPUs' : 'of ' + count(host) + (host === 1 ? ' CPU' : ' CPUs') + (known.length ? ' · ' + percent(100 * used / host) + ' %' : ''));
  setText(part('tile-steal'), waiting.length === 0 ? '—' : cpus(sum(waiting, 'delay')));
  setText(part('tile-steal-of'), waiting.length === 0 ? 'not known' : 'CPUs wanted and not had');
  const busiest = busiestCpu(frame);
  setText(part('tile-cpu'), busiest ? String(busiest.cpu) : '—');
  setText(part('tile-cpu-of'), busiest ? percent(100 * busiest.share) + ' % by domains' : 'not known');
  setText(part('tile-domains'), count(frame.domains.length));
  const paused = frame.domains.filter((domain) => domain.state === 'paused').length;
  const stale = frame.domains.filter((domain) => domain.stale !== null).length;
  setText(part('tile-domains-of'), [paused ? count(paused) + ' paused' : '', stale ? count(stale) + ' stale' : ''].filter(Boolean).join(' · ') || 'running');
}

function sum(domains, statistic) {
  return domains.reduce((all, domain) => all + domain[statistic], 0);
}

function busiestCpu(frame) {
  const sums = new Float64Array(frame.hostCpus.length);
  let any = false;
  for (const domain of frame.domains) {
    for (let column = 0; domain.perCpu && column < sums.length; column++) {
      sums[column] += domain.perCpu[column] || 0;
      any = true;
    }
  }
  const at = sums.indexOf(Math.max(...sums));
  return any && at >= 0 ? { cpu: frame.hostCpus[at], share: sums[at] } : null;
}
