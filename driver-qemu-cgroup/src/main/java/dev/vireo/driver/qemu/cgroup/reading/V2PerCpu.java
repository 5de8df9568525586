package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.driver.qemu.cgroup.percpu.NewControllerException;
import dev.vireo.driver.qemu.cgroup.percpu.PassedOverException;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuSource;
import dev.vireo.driver.qemu.cgroup.percpu.SourceChoice;
import dev.vireo.driver.qemu.cgroup.percpu.SubtreeTimes;
import dev.vireo.driver.qemu.cgroup.percpu.SumCheck;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The times per CPU of a guest on cgroup v2: from the best source that can tell them, for as long as its sum agrees with
 * {@code cpu.stat}. Guarded by the guest's lock.
 */
final class V2PerCpu implements AutoCloseable {
    /** Reads the total of the group, in nanoseconds. */
    interface Total {
        long read(Workspace space) throws IOException;
    }

    private static final System.Logger LOG = System.getLogger("dev.vireo.driver.qemu.cgroup");

    private final CounterSource.V2 source;
    private final OpenedGuest guest;
    private final Total total;
    private final long[] sums;
    private @Nullable V2Vcpus vcpus;
    private SourceChoice.@Nullable Chosen chosen;
    private @Nullable SubtreeTimes vcpuTimes;
    private @Nullable String noVcpus;
    private @Nullable SumCheck check;
    private long compared;
    private long movedOn;
    private int readings;
    private @Nullable CpuStatsOrigin origin;
    private @Nullable String unavailable;

    V2PerCpu(CounterSource.V2 source, OpenedGuest guest, Total total) {
        this.source = source;
        this.guest = guest;
        this.total = total;
        this.sums = new long[guest.choice().cpus()];
    }

    /** Reads the times; returns why there are none, null if there are. */
    @Nullable String read(Workspace space, CpuIds ids) throws IOException {
        while (unavailable == null) {
            try {
                SourceChoice.Chosen open = chosen == null ? choose(space) : chosen;
                if (open != null) {
                    followVcpus(open, space.now);
                    compareIfDue(open, space);
                    readTimes(open, space, ids);
                    return null;
                }
            } catch (PassedOverException lost) {
                passOver(lost);
            } catch (NewControllerException lost) {
                guest.choice().noteNewController(source.group());
                throw lost;
            }
        }
        return unavailable;
    }

    /** Has the guest counted from now on. */
    void watch(Workspace space) throws IOException {
        try {
            if (chosen == null && unavailable == null) {
                choose(space);
            }
        } catch (PassedOverException lost) {
            passOver(lost);
        }
    }

    /** Tells whether it is certain that the guest runs. */
    boolean isSurelyAlive() {
        // the process may have ended before its end was looked out for: after the first reading that is asked
        return chosen != null && readings > 1 && chosen.times().isSurelyAlive();
    }

    /** Tells whether what counted was ended. */
    boolean isCutOff() {
        return chosen != null && chosen.times().isStopped();
    }

    CpuStatsOrigin origin() {
        return Objects.requireNonNull(origin, "nothing has been read");
    }

    /** Compares the sum with the group's total, which has been read just now. */
    void compareWith(long groupTotal, Workspace space) throws IOException {
        SourceChoice.Chosen open = chosen;
        // a sum that takes a system call is not taken at each reading of the total
        boolean isDue = open != null
                && (open.source() != PerCpuSource.SCHED_GROUP || space.now - compared > SumCheck.COSTLY_DUE_NANOS);
        if (open != null && isDue) {
            try {
                compare(open, groupTotal, space);
            } catch (PassedOverException lost) {
                passOver(lost);
            } catch (NewControllerException lost) {
                guest.choice().noteNewController(source.group());
                throw lost;
            }
        }
    }

    private void compareIfDue(SourceChoice.Chosen open, Workspace space) throws IOException, PassedOverException {
        if (check != null && space.now - compared > SumCheck.DUE_NANOS) {
            compare(open, total.read(space), space);
        }
    }

    private void compare(SourceChoice.Chosen open, long groupTotal, Workspace space)
            throws IOException, PassedOverException {
        SumCheck sumCheck = check;
        if (sumCheck == null) {
            return;
        }
        compared = space.now;
        long sum = sum(open);
        sumCheck.requireAll(groupTotal, sum);
        if (sumCheck.isMore(sum, groupTotal)) {
            // the guest went on running between the two
            sumCheck.requireNotMore(sum, total.read(space));
        }
        if (space.now - movedOn > SumCheck.DUE_NANOS) {
            movedOn = space.now;
            sumCheck.moveOn(sum, groupTotal);
        }
    }

    private long sum(SourceChoice.Chosen open) throws IOException, PassedOverException {
        Arrays.fill(sums, 0);
        open.times().addTo(sums);
        long sum = 0;
        for (long nanos : sums) {
            sum += nanos;
        }
        return sum;
    }

    private SourceChoice.@Nullable Chosen choose(Workspace space) throws IOException, PassedOverException {
        SourceChoice.Chosen open = open();
        if (open != null) {
            chosen = open;
            readings = 0;
            try {
                begin(open, space);
            } catch (IOException | RuntimeException failed) {
                close(); // half begun it would be read without comparing
                throw failed;
            }
            LOG.log(System.Logger.Level.DEBUG, "times per CPU of {0}: {1}", source.group(), origin);
        }
        return open;
    }

    private void begin(SourceChoice.Chosen open, Workspace space) throws IOException, PassedOverException {
        V2Vcpus found = new V2Vcpus(source.group(), guest.threads(), space.now);
        vcpus = found;
        openVcpus(open, found);
        startComparing(open, space);
        origin = makeOrigin(open);
    }

    private SourceChoice.@Nullable Chosen open() throws IOException {
        try {
            return guest.choice().open(source.group(), guest.process().pid());
        } catch (PassedOverException none) {
            unavailable = none.reason();
            LOG.log(System.Logger.Level.DEBUG, "no times per CPU of {0}: {1}", source.group(), unavailable);
            return null;
        }
    }

    private void startComparing(SourceChoice.Chosen open, Workspace space) throws IOException, PassedOverException {
        compared = space.now;
        movedOn = space.now;
        if (open.source() == PerCpuSource.PERF) {
            check = null; // another clock
            return;
        }
        boolean isFairOnly = open.source() == PerCpuSource.SCHED_GROUP;
        long sum = sum(open);
        SumCheck begun = new SumCheck(sum, total.read(space), guest.choice().onlineCpus(), isFairOnly);
        if (isFairOnly && begun.beganLate()) {
            UnfairThreads.requireNone(guest, space.text);
        }
        check = begun;
    }

    private void followVcpus(SourceChoice.Chosen open, long now) throws IOException {
        V2Vcpus known = vcpus;
        if (known != null && known.lookAgainIfOld(now)) {
            closeVcpus();
            openVcpus(open, known);
            // the sum over another set of vCPUs may go back
            guest.generation().next();
            origin = makeOrigin(open);
        }
    }

    private void openVcpus(SourceChoice.Chosen open, V2Vcpus known) throws IOException {
        try {
            vcpuTimes = open.times().ofVcpus(known.now());
            noVcpus = null;
        } catch (PassedOverException unknown) {
            noVcpus = unknown.reason();
        }
    }

    private void readTimes(SourceChoice.Chosen open, Workspace space, CpuIds ids)
            throws IOException, PassedOverException {
        space.hostCpus.begin(ids, noVcpus);
        // before the whole group, so that a vCPU never seems to have used more than its guest
        if (vcpuTimes != null) {
            space.hostCpus.addVcpus(vcpuTimes);
        }
        space.hostCpus.addGuest(open.times());
        // the kernel charges the vCPU's group before the guest's: at once by the events, up to a tick before by the
        // queues
        space.hostCpus.boundVcpus();
        space.hostCpus.finish();
        readings = Math.min(readings + 1, 2);
    }

    private void passOver(PassedOverException lost) {
        SourceChoice.Chosen open = chosen;
        if (open != null) {
            guest.choice().passOver(open.source(), lost.reason());
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "{0} is passed over for {1}: {2}",
                    open.source(),
                    source.group(),
                    lost.reason());
            close();
            guest.generation().next();
        }
    }

    private CpuStatsOrigin makeOrigin(SourceChoice.Chosen open) {
        CpuStatsOrigin.Builder made =
                CountedTime.ownGroup(guest.generation().origin(open.source().toString()), source.companions());
        Instant attachedAt = open.times().attachedAt();
        if (attachedAt != null) {
            made.since(CpuStatsOrigin.Since.ATTACHED, attachedAt);
        } else if (guest.choice().isControllerNew(source.group()) || (check != null && check.beganLate())) {
            made.since(CpuStatsOrigin.Since.CONTROLLER_CREATED, null);
        }
        guest.choice().passedOver().forEach((other, reason) -> made.missing(other.toString(), reason));
        if (noVcpus != null) {
            made.missing("vcpu_time", noVcpus);
        }
        return made.note("method", open.source().method()).build();
    }

    private void closeVcpus() {
        if (vcpuTimes != null) {
            vcpuTimes.close();
            vcpuTimes = null;
        }
    }

    @Override
    public void close() {
        closeVcpus();
        if (chosen != null) {
            chosen.times().close();
            chosen = null;
        }
    }
}
