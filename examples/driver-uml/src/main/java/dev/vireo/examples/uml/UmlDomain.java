package dev.vireo.examples.uml;

import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Reading;
import java.util.UUID;

/** One run of a guest: a process, and when it started, since a later process may have the same pid. Thread-safe. */
final class UmlDomain implements DomainRef {
    private final String name;
    private final ProcessStat process;
    private final UUID uuid;
    private final Reading memoryKib;
    private CpuTimes highest = CpuTimes.NONE;

    UmlDomain(String name, ProcessStat process, UUID uuid, Reading memoryKib) {
        this.name = name;
        this.process = process;
        this.uuid = uuid;
        this.memoryKib = memoryKib;
    }

    /** Returns the pid of the guest's first process: that of {@code DIR/NAME/pid}. */
    @Override
    public int id() {
        return process.pid();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public UUID uuid() {
        return uuid;
    }

    Reading memoryKib() {
        return memoryKib;
    }

    /** Tells whether a process is this run's first one, and not a later one of the same pid. */
    boolean isRunBy(ProcessStat other) {
        return other.pid() == process.pid() && other.startTime() == process.startTime() && !other.hasEnded();
    }

    /** Takes what was read, and returns what to show: never less than before. {@link ProcessTree} says why it might be. */
    synchronized CpuTimes advanceTo(CpuTimes read) {
        highest = highest.max(read);
        return highest;
    }

    HypervisorException ended() {
        return HypervisorException.of(
                ErrorCode.NO_DOMAIN, UmlDriver.NAME, "domain " + this + " has ended; look it up again for a new run");
    }

    @Override
    public String toString() {
        return "'" + name + "' (pid " + id() + ")";
    }
}
