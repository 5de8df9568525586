package dev.vireo.exporter.otlp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which host the domains run on, as far as it is known. Immutable and thread-safe. */
public final class HostIdentity {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");

    private final @Nullable String name;
    private final @Nullable String id;
    private final boolean isThis;

    private HostIdentity(@Nullable String name, @Nullable String id, boolean isThis) {
        this.name = name;
        this.id = id;
        this.isThis = isThis;
    }

    /**
     * Finds out what is known of a hypervisor's host. Its id is known if it is this one: systemd's {@code /etc/machine-id}, as
     * OpenTelemetry has it.
     *
     * @param hypervisorsName what the hypervisor calls its host, null if it does not say; then nothing is known
     * @return what is known
     */
    public static HostIdentity of(@Nullable String hypervisorsName) {
        return of(hypervisorsName, firstLine(HOST_NAME), firstLine(MACHINE_ID));
    }

    static HostIdentity of(@Nullable String hypervisorsName, @Nullable String thisName, @Nullable String thisId) {
        if (hypervisorsName == null) {
            return new HostIdentity(null, null, false);
        }
        boolean isThis = thisName != null && isSame(thisName, hypervisorsName);
        return new HostIdentity(hypervisorsName, isThis ? thisId : null, isThis);
    }

    /** Not all tell their domain of DNS: where one does not, the rest has to do. Every host is called localhost by itself. */
    private static boolean isSame(String one, String another) {
        if (withoutDomain(one).equalsIgnoreCase("localhost")) {
            return false;
        }
        boolean haveDomains = one.indexOf('.') >= 0 && another.indexOf('.') >= 0;
        return haveDomains
                ? one.equalsIgnoreCase(another)
                : withoutDomain(one).equalsIgnoreCase(withoutDomain(another));
    }

    private static String withoutDomain(String hostName) {
        int dot = hostName.indexOf('.');
        return dot < 0 ? hostName : hostName.substring(0, dot);
    }

    private static @Nullable String firstLine(Path file) {
        try {
            return Files.readString(file)
                    .lines()
                    .map(String::strip)
                    .findFirst()
                    .filter(line -> !line.isEmpty())
                    .orElse(null);
        } catch (IOException notThisSystem) {
            // not Linux, or a container without: then it is not told
            return null;
        }
    }

    /**
     * Returns the host's name.
     *
     * @return empty if it is not known
     */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /**
     * Returns what tells the host from all others.
     *
     * @return empty if it is not known
     */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /**
     * Tells whether the host is known to be the one that this process runs on.
     *
     * @return false also where it is not known: no name, or {@code localhost}
     */
    public boolean isThis() {
        return isThis;
    }
}
