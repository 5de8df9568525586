/** One domain: its times, vCPUs and host CPUs, what is unavailable and why, and where the numbers come from. */
import { addressOf } from './address.js';
import { RATES, RATE_NAMES } from './columns.js';
import { percentOf, whyNot } from './denominator.js';
import { UNKNOWN, cpus, element, named, percent, setText, shown, stateOf } from './text.js';

const GROUPS = { cpu_total: 'Totals', vcpu: 'vCPUs', host_cpu: 'Host CPUs' };

export class Detail {
  constructor(dialog, closed) {
    this.dialog = dialog;
    this.part = (name) => dialog.querySelector('#detail-' + name);
    this.key = null;
    this.part('close').addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) {
        dialog.close();
      }
    });
    dialog.addEventListener('close', () => {
      const key = this.key;
      this.key = null;
      closed(key);
    });
  }

  open(domain, frame, of) {
    this.key = domain.key;
    this.part('sources').tBodies[0].replaceChildren();
    this.update(domain, frame, of);
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
    this.askSources(domain);
  }

  /** Shows the domain's new numbers, or that it is gone: then the last ones stay. */
  update(domain, frame, of) {
    if (!domain) {
      this.warn('This domain is gone; these are its last numbers.');
      return;
    }
    setText(this.part('name'), named(domain));
    setText(this.part('about'), (domain.state === 'nostate' ? 'state not told' : stateOf(domain)) + ' · ' + vcpuCount(domain) + ' · id ' + domain.id + ' · ' + domain.uuid);
    this.warn(domain.stale === null ? '' : 'Not read for ' + domain.age.toFixed(1) + ' s: ' + domain.stale);
    this.fillTimes(domain, frame, of);
    this.fillVcpus(domain);
    this.fillHostCpus(domain, frame);
  }

  warn(text) {
    setText(this.part('stale'), text);
    this.part('stale').hidden = text === '';
  }

  fillTimes(domain, frame, of) {
    this.fill('times', RATES.map((rate) => {
      const value = percentOf(domain[rate], domain, frame, of);
      return value === null
        ? [RATE_NAMES[rate], unavailable(whyNot(rate, domain, frame, of), 2)]
        : [RATE_NAMES[rate], number(percent(value)), number(cpus(domain[rate]))];
    }));
  }

  fillVcpus(domain) {
    this.fill('vcpus', domain.vcpus === null ? [['All', unavailable(domain.why.vcpus, 3)]] : domain.vcpus.map((vcpu) => [
      String(vcpu.vcpu), share(vcpu.run, vcpu.why), share(vcpu.delay, vcpu.why), bar(vcpu.run, vcpu.delay)]));
  }

  fillHostCpus(domain, frame) {
    this.fill('cpus', domain.perCpu === null ? [['All', unavailable(domain.why.perCpu, 2)]] : domain.perCpu.map((used, column) => [
      String(frame.hostCpus[column]), share(used, 'no rate on this CPU yet'), bar(used, null)]));
  }

  fill(name, rows) {
    const body = this.part(name).tBodies[0];
    body.replaceChildren(...rows.map(([head, ...cells]) => {
      const row = element('tr');
      const first = element('th', '', head);
      first.scope = 'row';
      row.append(first, ...cells);
      return row;
    }));
  }

  /** Sources do not change with each frame: they are asked for when somebody looks. */
  async askSources(domain) {
    try {
      const answer = await fetch(addressOf('api/v1/snapshot'));
      const document = await answer.json();
      const found = document.domains.find((each) => each.uuid === domain.uuid && each.id === domain.id);
      if (found && this.key === domain.key) {
        this.fill('sources', Object.keys(GROUPS).map((group) => [GROUPS[group], cell(found.sources[group].source), cell(since(found.sources[group]))]));
      }
    } catch {
      this.fill('sources', [['All', unavailable('the exporter did not answer', 2)]]);
    }
  }
}

function vcpuCount(domain) {
  return domain.vcpuCount === null ? 'vCPUs not known' : domain.vcpuCount + (domain.vcpuCount === 1 ? ' vCPU' : ' vCPUs');
}

function since(source) {
  const since = (source.since || 'not told').replace(/_/g, ' ');
  return source.sinceTime ? since + ', ' + source.sinceTime : since;
}

function cell(text) {
  return element('td', '', shown(text));
}

function number(text) {
  return element('td', 'number', text);
}

function share(value, why) {
  const made = number(value === null ? UNKNOWN : percent(100 * value));
  if (value === null) {
    made.title = why || '';
    made.classList.add('unknown');
    made.append(element('span', 'hidden', 'unavailable: ' + (why || '')));
  }
  return made;
}

function unavailable(why, columns) {
  const made = element('td', 'unknown', 'unavailable: ' + shown(why || 'not told'));
  made.colSpan = columns;
  return made;
}

function bar(use, wait) {
  const made = element('td', 'wide');
  made.setAttribute('aria-hidden', 'true');
  const track = element('span', 'bar full');
  const used = element('span', 'use');
  const waited = element('span', 'wait');
  used.style.width = Math.min(100, 100 * (use || 0)) + '%';
  waited.style.width = Math.min(100, 100 * (wait || 0)) + '%';
  track.append(used, waited);
  made.append(track);
  return made;
}
