/** The last ten minutes of each domain: shared times, and for each domain its use and its steal, null where unknown. */
const SPAN = 600;
const MOST_POINTS = 660;

export class History {
  constructor() {
    this.times = [];
    this.lines = new Map();
  }

  /** Starts over with what the exporter remembers. */
  replace(document) {
    this.times = document.times.map((time) => Date.parse(time) / 1000);
    this.lines = new Map(document.domains.map((domain) => [domain.uuid + '/' + domain.id, { cpu: domain.cpu, delay: domain.delay }]));
    this.trim();
  }

  add(frame) {
    const time = Date.parse(frame.time) / 1000;
    if (frame.interval === null || time <= this.times[this.times.length - 1]) {
      return;
    }
    const lines = new Map();
    for (const domain of frame.domains) {
      const line = this.lines.get(domain.key) || this.unknown();
      line.cpu.push(domain.cpu);
      line.delay.push(domain.delay);
      lines.set(domain.key, line);
    }
    this.times.push(time);
    this.lines = lines;
    this.trim();
  }

  unknown() {
    return { cpu: new Array(this.times.length).fill(null), delay: new Array(this.times.length).fill(null) };
  }

  trim() {
    const last = this.times[this.times.length - 1];
    let old = Math.max(0, this.times.length - MOST_POINTS);
    while (old < this.times.length && this.times[old] < last - SPAN) {
      old++;
    }
    if (old === 0) {
      return;
    }
    this.times.splice(0, old);
    for (const line of this.lines.values()) {
      line.cpu.splice(0, old);
      line.delay.splice(0, old);
    }
  }

  /** The mean use of the last minute: who is busiest does not change with each breath. */
  recentUse(key) {
    const line = this.lines.get(key);
    if (!line) {
      return -1;
    }
    const from = this.times[this.times.length - 1] - 60;
    let sum = 0;
    let known = 0;
    for (let i = this.times.length - 1; i >= 0 && this.times[i] >= from; i--) {
      if (line.cpu[i] !== null) {
        sum += line.cpu[i];
        known++;
      }
    }
    return known === 0 ? -1 : sum / known;
  }
}
