/** Use and steal of some domains over the last ten minutes: two plots with one time axis and one cursor. */
import { DASHES, MOST_LINES, colour, lineColour } from './palette.js';
import { percentOf } from './denominator.js';
import { element, named, onResize, setText, withUnit } from './text.js';

const MINUTES = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const SECONDS = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const SPAN = 600;
const LEAST_SPAN = 60;

export class Lines {
  constructor(elements, actions) {
    this.elements = elements;
    this.actions = actions;
    this.shownKeys = [];
    this.plots = null;
    onResize(elements.use, () => this.resize());
  }

  /** Shows the domains that were picked, of which there are some still, or else the busiest. */
  show(domains, frame, of, history, picked) {
    this.now = { domains, frame, of, history };
    const chosen = picked.size > 0 ? domains.filter((domain) => picked.has(domain.key)) : this.busiest(domains, history);
    this.chosen = chosen.slice(0, MOST_LINES);
    setText(this.elements.note, picked.size > 0 ? this.picked(chosen.length) : this.busy());
    const keys = this.chosen.map((domain) => domain.key + domain.name).join('\n');
    if (!this.plots || keys !== this.shownKeys) {
      this.shownKeys = keys;
      this.build();
    }
    this.update();
  }

  picked(all) {
    return all + ' picked' + (all > MOST_LINES ? ', the first ' + MOST_LINES + ' shown' : '');
  }

  busy() {
    return (this.chosen.length > 1 ? 'the ' + this.chosen.length + ' busiest' : 'the busiest') + ' of the last minute';
  }

  busiest(domains, history) {
    return domains.map((domain) => ({ domain, use: history.recentUse(domain.key) }))
        .sort((one, other) => other.use - one.use || (one.domain.name < other.domain.name ? -1 : 1))
        .slice(0, 5).map((each) => each.domain);
  }

  colours() {
    return new Map(this.chosen ? this.chosen.map((domain, i) => [domain.key, lineColour(i)]) : []);
  }

  build() {
    for (const plot of this.plots || []) {
      plot.destroy();
    }
    this.plots = [this.make(this.elements.use, 'cpu'), this.make(this.elements.steal, 'delay')];
    this.elements.legend.replaceChildren(...this.chosen.map((domain, i) => this.legendItem(domain, i)));
  }

  legendItem(domain, i) {
    const item = element('li');
    const button = element('button', 'open');
    button.type = 'button';
    const key = element('span', 'key');
    key.setAttribute('aria-hidden', 'true');
    key.style.borderTopColor = lineColour(i);
    key.style.borderTopStyle = DASHES[i].length === 0 ? 'solid' : DASHES[i][0] < 5 ? 'dotted' : 'dashed';
    const name = element('span', 'name', named(domain));
    button.append(key, name, element('span', 'value'));
    button.addEventListener('click', () => this.actions.open(domain.key));
    for (const [event, focused] of [['mouseenter', true], ['focus', true], ['mouseleave', false], ['blur', false]]) {
      button.addEventListener(event, () => this.focus(focused ? i + 1 : null));
    }
    item.append(button);
    return item;
  }

  /** Only one line is to be seen, or all. */
  focus(series) {
    for (const plot of this.plots) {
      plot.setSeries(series, { focus: series !== null });
    }
  }

  make(root, statistic) {
    const font = '11px ' + getComputedStyle(document.body).fontFamily;
    const axis = { stroke: () => colour('quiet'), grid: { stroke: () => colour('grid'), width: 1 }, ticks: { show: false }, font };
    return new uPlot({
      width: Math.max(120, root.clientWidth),
      height: Math.max(60, root.clientHeight),
      legend: { show: false },
      cursor: { sync: { key: 'vireo' }, drag: { x: false, y: false }, points: { size: 5 }, y: false },
      focus: { alpha: 0.2 },
      scales: { x: { time: true, range: () => this.range() }, y: { range: (_, low, high) => [0, this.most(statistic, high)] } },
      axes: [
        { ...axis, size: statistic === 'cpu' ? 4 : 22, gap: 4, space: 58, incrs: [10, 30, 60, 120, 300],
          values: (_, splits) => splits.map(statistic === 'cpu' ? () => '' : (time) => timeOfDay(time, splits)) },
        { ...axis, size: 52, gap: 6, space: statistic === 'cpu' ? 40 : 26, values: (_, splits) => splits.map((value) => shortPercent(value)) },
      ],
      series: [{}, ...this.chosen.map((domain, i) => ({ stroke: () => lineColour(i), width: 1.6, dash: DASHES[i], points: { show: isShort, size: 4 },
        label: named(domain) }))],
      hooks: { setCursor: [(plot) => this.pointed(plot)] },
      padding: [8, 12, 0, 0],
    }, [[], ...this.chosen.map(() => [])], root);
  }

  most(statistic, high) {
    const least = statistic === 'delay' ? 1 : 10;
    return high === null || high === undefined ? least : Math.max(least, high * 1.08);
  }

  range() {
    const times = this.now.history.times;
    const last = times.length > 0 ? times[times.length - 1] : Date.now() / 1000;
    const first = times.length > 0 ? Math.min(times[0], last - LEAST_SPAN) : last - SPAN;
    return [Math.max(first, last - SPAN), last];
  }

  update() {
    const { frame, of, history } = this.now;
    ['cpu', 'delay'].forEach((statistic, which) => {
      const columns = this.chosen.map((domain) => {
        const line = history.lines.get(domain.key);
        return line ? line[statistic].map((value) => percentOf(value, domain, frame, of)) : new Array(history.times.length).fill(null);
      });
      this.plots[which].setData([history.times, ...columns]);
    });
    this.readout(null);
  }

  pointed(plot) {
    this.readout(plot.cursor.idx === undefined ? null : plot.cursor.idx);
  }

  /** The values at the pointer, or now. */
  readout(index) {
    if (!this.plots || !this.plots[0].data[0]) {
      return;
    }
    const at = index === null ? this.plots[0].data[0].length - 1 : index;
    this.elements.legend.querySelectorAll('.value').forEach((value, i) => {
      const [use, steal] = this.plots.map((plot) => plot.data[i + 1] ? plot.data[i + 1][at] : null);
      setText(value, withUnit(use) + ' · steal ' + withUnit(steal));
    });
  }

  resize() {
    if (this.plots) {
      const { use, steal } = this.elements;
      this.plots[0].setSize({ width: Math.max(120, use.clientWidth), height: Math.max(60, use.clientHeight) });
      this.plots[1].setSize({ width: Math.max(120, steal.clientWidth), height: Math.max(60, steal.clientHeight) });
    }
  }

  repaint() {
    if (this.plots) {
      this.build();
      this.update();
    }
  }
}

/** A line of few points could not be seen without them. */
function isShort(plot) {
  return plot.data[0].length < 15;
}

function timeOfDay(second, splits) {
  const needsSeconds = splits.length > 1 && splits[1] - splits[0] < 60;
  return (needsSeconds ? SECONDS : MINUTES).format(new Date(second * 1000));
}

function shortPercent(value) {
  return (value >= 10 || value === 0 ? Math.round(value) : Number(value.toPrecision(2))) + ' %';
}
