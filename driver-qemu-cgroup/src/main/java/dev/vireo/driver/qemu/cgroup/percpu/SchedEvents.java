package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import dev.vireo.driver.qemu.cgroup.percpu.btf.Btf;
import dev.vireo.driver.qemu.cgroup.percpu.btf.BtfException;
import java.io.IOException;
import java.time.Instant;

/** {@link PerCpuSource#SCHED_EVENTS}: the times stand in this process's memory, so that reading them is no system call. */
final class SchedEvents implements Counting {
    private final EventCounter counter;

    private SchedEvents(EventCounter counter) {
        this.counter = counter;
    }

    /** Finds what is pinned; where nothing is, attaches programs that end with this process. */
    static SchedEvents open(Bpf bpf, CountingHost host) throws IOException, PassedOverException {
        EventPins pins = new EventPins(host);
        try {
            return new SchedEvents(findOrAttach(bpf, host, pins));
        } catch (IOException refused) {
            throw Refusals.ofBpf(refused, host.sysfs());
        }
    }

    private static EventCounter findOrAttach(Bpf bpf, CountingHost host, EventPins pins)
            throws IOException, PassedOverException {
        if (pins.isThere()) {
            try {
                return find(bpf, host, pins);
            } catch (IOException unreadable) {
                if (pins.isThere()) {
                    throw unreadable;
                }
                // it was stopped meanwhile
            }
        }
        return attach(bpf, host, pins, false);
    }

    /** Pins programs and maps, if that has not been done. */
    static SchedEvents pinned(Bpf bpf, CountingHost host) throws IOException, PassedOverException {
        EventPins pins = new EventPins(host);
        pins.requireFileSystem();
        try {
            if (!pins.isThere()) {
                attach(bpf, host, pins, true).close();
            }
        } catch (IOException failed) {
            // somebody else may have been faster
            if (!pins.isThere()) {
                if (failed instanceof SystemCallException) {
                    throw Refusals.ofBpf(failed, host.sysfs());
                }
                throw failed;
            }
        }
        return new SchedEvents(find(bpf, host, pins));
    }

    private static EventCounter find(Bpf bpf, CountingHost host, EventPins pins)
            throws IOException, PassedOverException {
        EventMapSet maps = new EventMapSet(host.cpus(), pins.maps(bpf));
        try {
            EventCounter counter = new EventCounter(bpf, host, maps, null, pins, true);
            counter.sweep();
            return counter;
        } catch (IOException | PassedOverException | RuntimeException failed) {
            maps.close();
            throw failed;
        }
    }

    private static EventCounter attach(Bpf bpf, CountingHost host, EventPins pins, boolean pinned)
            throws IOException, PassedOverException {
        Btf btf = KernelTypes.read(host.sysfs());
        EventMapSet maps = new EventMapSet(host.cpus(), (name, spec) -> bpf.createMap(spec));
        try {
            maps.memory().setAttachedAt(System.currentTimeMillis());
            EventPrograms programs = EventPrograms.attach(bpf, btf, maps.numbers());
            if (pinned) {
                pin(bpf, pins, maps, programs);
            }
            return new EventCounter(bpf, host, maps, programs, pins, pinned);
        } catch (BtfException missing) {
            maps.close();
            throw KernelTypes.lacking(missing);
        } catch (IOException | RuntimeException failed) {
            maps.close();
            throw failed;
        }
    }

    /** Programs that could not be pinned must not run on for nobody. */
    private static void pin(Bpf bpf, EventPins pins, EventMapSet maps, EventPrograms programs) throws IOException {
        try {
            pins.pin(bpf, maps, programs);
        } catch (IOException | RuntimeException failed) {
            programs.close();
            throw failed;
        }
    }

    boolean isPinned() {
        return counter.isPinned();
    }

    boolean isStopped() {
        return counter.memory().isStopped();
    }

    Instant attachedAt() {
        return Instant.ofEpochMilli(counter.memory().attachedAt());
    }

    /** Tells all who read from this memory that it counts no more. */
    void stop() {
        counter.memory().stop();
    }

    @Override
    public SubtreeTimes open(Subtree subtree) throws IOException, PassedOverException {
        return new Times(counter.watch(subtree));
    }

    @Override
    public void close() {
        counter.close();
    }

    /** A guest's whole time. */
    private final class Times implements SubtreeTimes {
        private final WatchedGuest guest;
        private final EventMemory memory = counter.memory();

        Times(WatchedGuest guest) {
            this.guest = guest;
        }

        @Override
        public void addTo(long[] nanos) throws IOException {
            add(guest, guest.row(), nanos);
        }

        @Override
        public SubtreeTimes ofVcpus(Vcpus vcpus) throws IOException, PassedOverException {
            if (vcpus.groups().isEmpty() && guest.subtree().process() == 0) {
                throw new PassedOverException("the vCPUs have no control groups of their own (vcpu0, vcpu1, …), and the"
                        + " kernel's numbers of their threads are not to be seen from this PID namespace");
            }
            if (vcpus.groups().isEmpty() && vcpus.threads().isEmpty()) {
                throw new PassedOverException(
                        "the vCPUs have no control groups of their own (vcpu0, vcpu1, …), and which"
                                + " threads they are is not known; start QEMU with -name NAME,debug-threads=on");
            }
            counter.watchVcpus(guest, vcpus);
            return new VcpuTimes();
        }

        @Override
        public Instant attachedAt() {
            return counter.since(guest);
        }

        @Override
        public boolean isStopped() {
            return memory.isStopped();
        }

        @Override
        public boolean isSurelyAlive() {
            return guest.subtree().process() != 0
                    && memory.since(guest.number()) == guest.since()
                    && !memory.hasEnded(guest.number());
        }

        @Override
        public void close() {
            counter.leave(guest);
        }

        /** The vCPUs' part, which ends with the whole. */
        private final class VcpuTimes implements SubtreeTimes {
            @Override
            public void addTo(long[] nanos) throws IOException {
                add(guest, guest.vcpuRow(), nanos);
            }

            @Override
            public SubtreeTimes ofVcpus(Vcpus vcpus) {
                return this;
            }

            @Override
            public Instant attachedAt() {
                return Times.this.attachedAt();
            }

            @Override
            public void close() {
                // the whole's end is its end
            }
        }
    }

    private void add(WatchedGuest guest, int row, long[] nanos) throws IOException {
        EventMemory memory = counter.memory();
        for (int cpu = 0; cpu < counter.cpus(); cpu++) {
            nanos[cpu] += memory.nanos(row, cpu);
        }
        // afterwards, so that all that was read is the guest's
        if (memory.since(guest.number()) != guest.since()) {
            throw new IOException("the guest's rows have been given to another one");
        }
        if (memory.isStopped()) {
            throw new IOException("CPU accounting was stopped");
        }
    }
}
