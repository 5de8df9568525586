/** Says what is unavailable and why, where it concerns more than a moment: what was in the frame before is no news. */
import { RATES, RATE_NAMES } from './columns.js';
import { count, element, shown } from './text.js';

const MOST_TOLD = 3;
const STATISTICS = [...RATES, 'perCpu'];

export class Missing {
  constructor(list) {
    this.list = list;
    this.texts = '';
    this.seq = null;
    this.now = new Map();
    this.before = new Map();
  }

  show(frame) {
    if (frame.seq !== this.seq) {
      this.seq = frame.seq;
      this.before = this.now;
      this.now = new Map(frame.domains.map((domain) => [domain.key, domain.why]));
    }
    const worst = this.reasons(frame).sort((one, other) => other.domains.size - one.domains.size).slice(0, MOST_TOLD);
    const texts = worst.map((told) => [...told.statistics].join(', ') + ' unavailable for ' + whose(told.domains, frame) + ': ' + told.why);
    if (texts.join('\n') !== this.texts) {
      this.texts = texts.join('\n');
      this.list.replaceChildren(...texts.map((text) => element('li', '', text)));
    }
  }

  reasons(frame) {
    const reasons = new Map();
    for (const domain of frame.domains) {
      const before = this.before.get(domain.key) || {};
      for (const statistic of STATISTICS) {
        const why = domain.why[statistic];
        if (why && before[statistic] && domain.stale === null) {
          const told = reasons.get(why) || { why, statistics: new Set(), domains: new Set() };
          told.statistics.add(RATE_NAMES[statistic] || 'Host CPUs');
          told.domains.add(domain);
          reasons.set(why, told);
        }
      }
    }
    return [...reasons.values()];
  }
}

function whose(domains, frame) {
  return domains.size === frame.domains.length ? 'all domains' : domains.size === 1
    ? shown([...domains][0].name) : count(domains.size) + ' of ' + count(frame.domains.length) + ' domains';
}
