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
    this.keepRising();
    this.trim();
  }

  /** Where the clock was set back, what it then said again is left out of what was before. */
  keepRising() {
    let least = Infinity;
    const kept = this.times.map(() => true);
    for (let i = this.times.length - 1; i >= 0; i--) {
      kept[i] = this.times[i] < least;
      least = Math.min(least, this.times[i]);
    }
    if (kept.includes(false)) {
      const isKept = (_, i) => kept[i];
      this.times = this.times.filter(isKept);
      this.lines.forEach((line) => {
        line.cpu = line.cpu.filter(isKept);
        line.delay = line.delay.filter(isKept);
      });
    }
  }

  /** One that comes again is left out. Where the clock was set back, the points from there on go. */
  add(frame) {
    const time = Date.parse(frame.time) / 1000;
    if (frame.interval === null || time === this.times[this.times.length - 1]) {
      return;
    }
    this.cut(this.times.findIndex((each) => each >= time));
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

  /** Forgets the points from one on; none if there is no such one. */
  cut(from) {
    if (from >= 0) {
      this.times.splice(from);
      for (const line of this.lines.values()) {
        line.cpu.splice(from);
        line.delay.splice(from);
      }
    }
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
