package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens, looks up, reads and closes again and again, with an error in each round. Prints what this process holds after the
 * first fifth and at the end: {@code DESCRIPTORS KIBIBYTES} a line.
 */
final class HandleRounds {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private HandleRounds() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[2]);
        // the first file that is read costs the JVM a pair of sockets of its own
        residentKib();
        long ownSockets = sockets();
        for (int i = 1; i <= rounds; i++) {
            round(arguments[0], arguments[1]);
            if (i == rounds / 5 || i == rounds) {
                System.gc();
                awaitSockets(ownSockets);
                System.out.println(OpenDescriptors.all().size() + " " + residentKib());
            }
        }
    }

    /** libvirt closes the socket of a connection that is closed on the thread of its event loop, soon after. */
    private static void awaitSockets(long count) throws IOException {
        Await.until("no connection is left", LIMIT, () -> sockets() == count);
    }

    private static long sockets() throws IOException {
        return OpenDescriptors.all().stream()
                .filter(target -> target.startsWith("socket:"))
                .count();
    }

    private static void round(String uri, String guest) {
        try (Connection connection = Connection.open(uri)) {
            Domain domain = connection.getDomainByName(guest);
            if (domain.cpuStats().total().cpuTimeNanos().value() <= 0) {
                throw new AssertionError("no CPU time of " + domain);
            }
            try {
                connection.getDomainByName("nobody");
                throw new AssertionError("nobody is found");
            } catch (HypervisorException expected) {
                // each round has an error, whose memory is libvirt's, too
            }
        }
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
