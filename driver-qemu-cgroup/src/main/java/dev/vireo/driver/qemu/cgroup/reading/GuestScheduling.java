package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.HypervisorException;
import dev.vireo.VcpuPin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the host's scheduler treats one guest. Its files are opened for each reading, without the guest's lock: that is taken
 * only to ask which threads are vCPUs and whether the guest still runs. Thread-safe.
 */
public final class GuestScheduling {
    private final Object guestLock;
    private final GuestRun run;
    private final VcpuThreadIds threads;

    GuestScheduling(Object guestLock, GuestRun run, VcpuThreadIds threads) {
        this.guestLock = guestLock;
        this.run = run;
        this.threads = threads;
    }

    /** Something that is read of a guest, whose files are opened for it. */
    @FunctionalInterface
    public interface FileReading<T> {
        /**
         * Reads it.
         *
         * @return what was read
         * @throws IOException if a file cannot be read
         */
        T read() throws IOException;
    }

    /**
     * Reads something of this run of the guest, without its lock.
     *
     * @param space memory for the question whether it runs
     * @param reading what to read
     * @param <T> what is read
     * @return what was read while the guest ran
     * @throws HypervisorException {@link dev.vireo.ErrorCode#NO_DOMAIN} if this run is over
     */
    public <T> T readWhileAlive(Workspace space, FileReading<T> reading) {
        try {
            T result = reading.read();
            requireAlive(space);
            return result;
        } catch (IOException failed) {
            synchronized (guestLock) {
                throw run.unreadable(space, failed);
            }
        } catch (HypervisorException refused) {
            requireAlive(space);
            throw refused;
        }
    }

    /**
     * Returns on which CPUs each vCPU may run.
     *
     * @param space memory for the reading
     * @param ids the host's CPUs
     * @return the vCPUs in the order of their numbers
     */
    public List<VcpuPin> readPins(Workspace space, CpuIds ids) {
        List<VcpuPin> pins = readWhileAlive(space, () -> VcpuPinning.read(vcpuTasks(), ids.present()));
        if (pins.isEmpty()) {
            throw GuestErrors.unsupported(VcpuThreads.UNKNOWN);
        }
        return pins;
    }

    private void requireAlive(Workspace space) {
        synchronized (guestLock) {
            run.requireAlive(space);
        }
    }

    private Map<Integer, Path> vcpuTasks() throws IOException {
        Map<Integer, Path> tasks = new TreeMap<>();
        synchronized (guestLock) {
            threads.find().forEach((vcpu, thread) -> tasks.put(vcpu, threads.task(thread)));
        }
        return tasks;
    }
}
