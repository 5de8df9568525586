/** What 100 % is. Rates come in CPUs that were busy; a percentage whose divisor is not known is not known. */

export const DENOMINATORS = {
  core: { label: '% of one core', explained: '100 % is one CPU that is busy all the time' },
  vcpus: { label: '% of the domain’s vCPUs', explained: '100 % is all vCPUs of the domain busy all the time' },
  host: { label: '% of the host', explained: '100 % is all online CPUs of the host busy all the time' },
};

function divisor(domain, frame, of) {
  switch (of) {
    case 'vcpus': return domain.vcpuCount;
    case 'host': return frame.hostCpuCount;
    default: return 1;
  }
}

export function percentOf(cores, domain, frame, of) {
  const by = divisor(domain, frame, of);
  return cores === null || cores === undefined || !by ? null : 100 * cores / by;
}

/** Says why there is no number. */
export function whyNot(statistic, domain, frame, of) {
  if (domain[statistic] === null) {
    return domain.why[statistic] || 'not told';
  }
  if (of === 'vcpus') {
    return 'the number of vCPUs is not known: ' + (domain.why.vcpuCount || 'not told');
  }
  return 'the number of the host’s CPUs is not known: ' + (frame.whyNoHostCpuCount || 'not told');
}
