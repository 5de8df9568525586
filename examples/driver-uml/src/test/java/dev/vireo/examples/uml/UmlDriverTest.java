package dev.vireo.examples.uml;

import dev.vireo.Domain;
import dev.vireo.tck.DriverContract;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The driver keeps the contract of all drivers, with a real guest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UmlDriverTest extends DriverContract {
    private GuestPrograms programs;
    private Path umlDir;
    private @Nullable UmlGuest guest;
    private UmlGuest idle;

    @BeforeAll
    void build(@TempDir Path directory) throws Exception {
        programs = GuestPrograms.build(directory.resolve("programs"));
        umlDir = directory;
        idle = UmlGuest.start(programs, umlDir.toString(), "idle", true);
    }

    @AfterAll
    void endGuests() throws Exception {
        if (idle != null) {
            idle.close();
        }
        if (guest != null) {
            guest.close();
        }
    }

    /** One guest does for all tests, but for those that end it. */
    @Override
    protected Opening opening() throws Exception {
        if (guest == null) {
            start();
        }
        return Opening.of(new UmlDriver(), "uml://" + umlDir);
    }

    private void start() throws Exception {
        guest = UmlGuest.start(programs, umlDir.toString(), "guest", true);
    }

    @Override
    protected Duration use(Domain domain, Duration time) throws Exception {
        long before = System.nanoTime();
        guest.run("run 3 " + time.toMillis() / 3);
        return Duration.ofNanos(System.nanoTime() - before);
    }

    @Override
    protected Environment environment() {
        Environment environment = Environment.standard()
                .withDomain("guest")
                .withIdleDomain("idle")
                .withFailing(Opening.of(new UmlDriver(), "uml:///no/such/directory"))
                .withUntested("1.5", "it declines where there is no /proc, and the tests run on Linux")
                .withUntested("7.7", "each run has a uuid of its own")
                .withUntested("7.8", "a guest that does not run is nowhere to be seen")
                .withEnding(domain -> {
                    guest.close();
                    guest = null;
                })
                .withDeviation(
                        "10.2", "it opens the files of the guest's processes, which come and go, at each reading");
        return ControlGroup.canKeepTimesPerCpu()
                ? environment
                : environment.withoutTimesPerCpu("they come from cgroup v1, which is not here");
    }
}
