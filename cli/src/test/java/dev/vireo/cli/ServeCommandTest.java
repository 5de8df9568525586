package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps it from serving; what it serves is tested where somebody scrapes it. */
@Timeout(60)
class ServeCommandTest {
    private final FakeDriver driver = new FakeDriver();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--listen|here|\"here\" is not ADDRESS:PORT",
                "--listen|::1:9178|\"::1:9178\" is not ADDRESS:PORT",
                "--listen|127.0.0.1:70000|port 70000 is not between 0 and 65535",
                "--interval|0|'0' is no number of seconds from 0.1",
                "--deadline|soon|'soon' is no number of seconds from 0.1",
                "--deadline|20.1|'20.1' is no number of seconds from 0.1 to 20, such as 1 or 0.5",
                "--host-cpus|some|'some' is none of all, busy, node, none",
                "--compat|virt-top|'virt-top' is not libvirt-exporter",
                "--otlp|localhost:4318|the receiver's address 'localhost:4318' is none such as http://localhost:4318",
                "--otlp|http://me:hush@localhost|the receiver's address has a name or a password in it"
            })
    void aWrongOptionIsMisuseAndSaysWhatIsRight(String option, String value, String message) {
        ToolRun run = ToolRun.of(driver, "serve", option, value);
        assertEquals(CommandLineTool.USAGE, run.exitCode(), run::toString);
        assertTrue(run.err().contains("Invalid value for " + option + ": " + message), run::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--otlp-headers", "--otlp-interval", "--otlp-timeout", "--otlp-ca"})
    void howToPushIsMisuseWhereNobodySaysWhereTo(String option) {
        ToolRun run = ToolRun.of(driver, "serve", option, "5");
        assertEquals(CommandLineTool.USAGE, run.exitCode(), run::toString);
        assertTrue(run.err().contains(option + " is for --otlp URL"), run::toString);
    }

    @Test
    void authoritiesForPushingWithoutTlsAreMisuse() {
        ToolRun run = ToolRun.of(driver, "serve", "--otlp", "http://localhost", "--otlp-ca", "some.pem");
        assertEquals(CommandLineTool.USAGE, run.exitCode(), run::toString);
        assertTrue(run.err().contains("--otlp-ca is for a receiver at https://"), run::toString);
    }

    @Test
    void aFileForPushingThatIsNotThereIsSaid() {
        for (String option : new String[] {"--otlp-headers", "--otlp-ca"}) {
            ToolRun run = ToolRun.of(
                    driver,
                    "serve",
                    "--listen",
                    "127.0.0.1:0",
                    "--otlp",
                    "https://localhost:1",
                    option,
                    "/nonexistent/file");
            assertTrue(run.exitCode() != CommandLineTool.SUCCESS, run::toString);
            assertTrue(run.err().contains("/nonexistent/file"), run::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"--tls-cert", "--tls-key", "--tls-client-ca"})
    void halfOfTlsIsMisuse(String option) {
        ToolRun run = ToolRun.of(driver, "serve", option, "some.pem");
        assertEquals(CommandLineTool.USAGE, run.exitCode(), run::toString);
        assertTrue(run.err().contains("TLS needs both --tls-cert FILE and --tls-key FILE"), run::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tls-cert no.pem --tls-key no.pem|no.pem",
                "--auth-file no.users|no.users",
                "--listen 0.0.0.0:0|it can be reached from other hosts, and neither TLS nor authentication is set up",
            })
    void whatCannotBeServedSafelyIsAnError(String options, String message) {
        List<String> line = new ArrayList<>(List.of("serve"));
        line.addAll(List.of(options.split(" ")));
        ToolRun run = ToolRun.of(driver, line.toArray(String[]::new));
        assertEquals(CommandLineTool.FAILURE, run.exitCode(), run::toString);
        assertTrue(run.err().startsWith("error: "), run::toString);
        assertTrue(run.err().contains(message), run::toString);
    }

    @Test
    void aPortThatIsTakenIsSaid() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            ToolRun run = ToolRun.of(driver, "serve", "--listen", address);
            assertEquals(CommandLineTool.FAILURE, run.exitCode(), run::toString);
            assertTrue(run.err().startsWith("error: cannot listen on " + address + ": "), run::toString);
        }
    }

    @Test
    void theNumaNodesOfAnotherHostAreNotThoseOfThisOne() {
        ToolRun run = ToolRun.of(driver, "serve", "--listen", "127.0.0.1:0", "--host-cpus", "node");
        assertEquals(CommandLineTool.FAILURE, run.exitCode(), run::toString);
        assertTrue(run.err().contains("is not known to be this host"), run::toString);
    }
}
