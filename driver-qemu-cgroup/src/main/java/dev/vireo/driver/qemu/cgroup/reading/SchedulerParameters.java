package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import dev.vireo.driver.qemu.cgroup.reading.SchedulerFiles.Limit;
import dev.vireo.driver.qemu.cgroup.reading.SchedulerFiles.Throttling;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the cpu controller treats a guest: libvirt's parameters, read where libvirt reads them, and how long the guest was held
 * back. Immutable.
 */
public final class SchedulerParameters {
    private record Parameter(String name, ParameterType type, long value) {}

    private final List<Parameter> parameters = new ArrayList<>();

    private SchedulerParameters() {}

    /**
     * Reads them.
     *
     * @param group the guest's group
     * @param budget says which files may be open
     * @param text memory for the reading
     * @return what was read
     * @throws IOException if a file cannot be read
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#OPERATION_UNSUPPORTED} if the group is not under the
     *     controller
     */
    public static SchedulerParameters read(SchedulerGroup group, OpenFileBudget budget, KernelText text)
            throws IOException {
        SchedulerFiles files = new SchedulerFiles(group.isV2(), budget, text);
        Path guest = group.directory();
        if (!files.hasController(group.weighed())) {
            throw GuestErrors.unsupported("the cpu controller is not switched on for the guest's control group ("
                    + group.weighed() + "): nothing weighs or limits it there");
        }
        SchedulerParameters read = new SchedulerParameters();
        read.add("cpu_shares", ParameterType.ULLONG, files.weight(group.weighed()));
        if (files.hasLimit(guest)) {
            read.addLimits(files, guest);
            read.addThrottling(files, group);
        }
        return read;
    }

    private void addLimits(SchedulerFiles files, Path guest) throws IOException {
        // of the vCPUs as of the I/O threads, the first one's stands for all, as in libvirt
        addLimit("vcpu", files, first(children(guest, "vcpu[0-9]*")));
        addLimit("emulator", files, first(children(guest, "emulator")));
        addLimit("global", files, guest);
        addLimit("iothread", files, first(children(guest, "iothread[0-9]*")));
    }

    private void addLimit(String what, SchedulerFiles files, @Nullable Path group) throws IOException {
        if (group != null && files.hasLimit(group)) {
            Limit limit = files.limit(group);
            add(what + "_period", ParameterType.ULLONG, limit.period());
            add(what + "_quota", ParameterType.LLONG, limit.quota());
        }
    }

    /** A group counts how often it was held back itself, not its parts. */
    private void addThrottling(SchedulerFiles files, SchedulerGroup group) throws IOException {
        Throttling sum = files.throttling(group.directory());
        if (!group.weighed().equals(group.directory()) && files.hasLimit(group.weighed())) {
            sum = sum.plus(files.throttling(group.weighed()));
        }
        for (Path part : children(group.directory(), "{emulator,vcpu[0-9]*,iothread[0-9]*}")) {
            if (files.hasLimit(part)) {
                sum = sum.plus(throttlingOf(files, part));
            }
        }
        add("nr_periods", ParameterType.ULLONG, sum.periods());
        add("nr_throttled", ParameterType.ULLONG, sum.throttled());
        add("throttled_time", ParameterType.ULLONG, sum.nanos());
    }

    private static Throttling throttlingOf(SchedulerFiles files, Path part) throws IOException {
        try {
            return files.throttling(part);
        } catch (NoSuchFileException unplugged) {
            return new Throttling(0, 0, 0);
        }
    }

    /** Lists groups by number: shorter names first. */
    private static List<Path> children(Path group, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(group, pattern)) {
            children.forEach(found::add);
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        found.sort(Comparator.comparingInt((Path path) -> path.toString().length())
                .thenComparing(Comparator.naturalOrder()));
        return found;
    }

    private static @Nullable Path first(List<Path> groups) {
        return groups.isEmpty() ? null : groups.get(0);
    }

    private void add(String name, ParameterType type, long value) {
        parameters.add(new Parameter(name, type, value));
    }

    /**
     * Fills in the first ones.
     *
     * @param params what to fill, null to count
     * @param nparams how many at most
     * @return how many were filled, or how many there are
     */
    public int fill(@Nullable TypedParameters params, int nparams) {
        if (params == null) {
            return parameters.size();
        }
        int filled = Math.min(nparams, parameters.size());
        for (int i = 0; i < filled; i++) {
            Parameter parameter = parameters.get(i);
            params.set(i, parameter.name(), parameter.type(), parameter.value());
        }
        return filled;
    }
}
