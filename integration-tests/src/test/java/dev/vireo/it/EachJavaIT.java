package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireoWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built command on each Java of this machine, where it writes: no Java says anything of its own in between. */
class EachJavaIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String GUESTS = "test:///default?domains=3&cpus=4";

    @TempDir
    private Path directory;

    static Collection<InstalledJdk> jdks() throws IOException {
        return InstalledJdk.all();
    }

    private static Map<String, String> with(InstalledJdk jdk) {
        return Map.of("JAVA_HOME", jdk.home().toString());
    }

    private static void assertSays(String err, CommandRun run) {
        assertEquals(err, run.requireSuccess().err(), run::toString);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void itRecordsPlaysAndDraws(InstalledJdk jdk) throws IOException {
        String file = directory.resolve("a.rec").toString();
        assertSays(
                "vireo: recorded 3 snapshots\n",
                vireoWith(with(jdk), "-c", GUESTS, "record", "-o", file, "-d", "0.1", "-n", "3"));
        CommandRun played = vireoWith(with(jdk), "top", "--replay", file, "--csv");
        assertSays("", played);
        assertEquals(7, played.out().lines().count(), played::toString);
        Path svg = directory.resolve("a.svg");
        assertSays("", vireoWith(with(jdk), "plot", file, "-o", svg.toString()));
        String drawn = Files.readString(svg);
        assertTrue(drawn.startsWith("<svg ") && drawn.endsWith("</svg>\n"), drawn);
        assertTrue(drawn.contains("CPU, % of one core") && drawn.contains("Host CPUs"), drawn);
    }

    private static CommandRun shell(InstalledJdk jdk, String line) {
        vireoWith(with(jdk), "--version").requireSuccess();
        String vireo = Repository.root().resolve("vireo").toString();
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.home().toString(), "LC_ALL", "C.UTF-8");
        return CommandRun.of(LIMIT, environment, List.of("sh", "-c", line, vireo));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void itServesAndPushes(InstalledJdk jdk) throws Exception {
        CountDownLatch pushed = new CountDownLatch(1);
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/metrics", push -> {
            push.getRequestBody().readAllBytes();
            push.sendResponseHeaders(200, -1);
            push.close();
            pushed.countDown();
        });
        receiver.start();
        String endpoint = "http://127.0.0.1:" + receiver.getAddress().getPort();
        try (VireoServe vireo = VireoServe.startWith(with(jdk), directory, GUESTS, "--otlp", endpoint)) {
            assertEquals(
                    3,
                    vireo.scrape("text/plain")
                            .lines()
                            .filter(line -> line.startsWith("vm_cpu_seconds_total{"))
                            .count());
            assertTrue(pushed.await(LIMIT.toSeconds(), TimeUnit.SECONDS), vireo::said);
            assertEquals(143, vireo.end(), vireo::said);
            assertEquals(
                    "vireo: serving " + vireo.url() + "/\nvireo: pushing to " + endpoint + "/v1/metrics each 15 s\n",
                    vireo.said());
        } finally {
            receiver.stop(0);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aFullDiskIsAnError(InstalledJdk jdk) {
        for (String command : List.of("list", "cpu-stats test", "top -d 0.1 --csv")) {
            CommandRun run = shell(jdk, "\"$0\" -c test:///default " + command + " > /dev/full");
            assertEquals(1, run.exitCode(), run::toString);
            assertEquals("error: cannot write to standard output: No space left on device\n", run.err());
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void nobodyWhoReadsIsNone(InstalledJdk jdk) {
        CommandRun run = shell(jdk, "\"$0\" -c test:///default top -d 0.1 --csv | head -n 2");
        assertEquals("", run.requireSuccess().err());
        assertEquals(2, run.out().lines().count(), run::toString);
    }
}
