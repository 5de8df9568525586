package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real virsh on libvirt's own test driver, which runs inside of it, beside our command on ours with its clock stopped. */
class VirshIT {
    @BeforeAll
    static void virshIsThereAndTheCommandIsBuilt() {
        Requirements.requireProgram("virsh", "libvirt-clients");
        vireo("--version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--total",
                "--start 0",
                "--start 1",
                "--count 0",
                "--count 1",
                "--start 0 --count 5",
                "--start 1 --count 1 --total",
                "--total --start 0"
            })
    void cpuStatsPrintsTheBytesThatVirshPrints(String options) {
        List<String> words = options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
        List<String> virsh = new ArrayList<>(List.of("virsh", "-c", "test:///default", "cpu-stats", "test"));
        virsh.addAll(words);
        List<String> ours = new ArrayList<>(List.of("-c", "test:///default?clock=stopped", "cpu-stats", "test"));
        ours.addAll(words);
        CommandRun theirs = CommandRun.of(Duration.ofMinutes(1), virsh).requireSuccess();
        assertEquals(
                theirs.out(),
                vireo(ours.toArray(String[]::new)).requireSuccess().out());
    }
}
