package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vireo serve} as it is started and ended, over an invented hypervisor. */
class ServeIT {
    private static final String TEXT = "text/plain";

    @TempDir
    private Path directory;

    @Test
    void itServesUntilItIsAskedToEnd() throws Exception {
        try (VireoServe vireo = VireoServe.start(directory, "test:///default")) {
            assertTrue(vireo.scrape(TEXT).contains("\nvm_info{driver=\"test\",name=\"test\","));
            assertEquals(143, vireo.end(), vireo::said);
            assertEquals("vireo: serving " + vireo.url() + "\n", vireo.said());
        }
    }

    @Test
    void errorsAreCountedByOperationAndCode() throws Exception {
        String fault = "test:///default?fault=connect-get-all-domain-stats:operation-failed";
        try (VireoServe vireo = VireoServe.start(directory, fault)) {
            String scrape = vireo.scrape(TEXT);
            String expected =
                    "vireo_errors_total{code=\"VIR_ERR_OPERATION_FAILED\",operation=\"CONNECT_GET_ALL_DOMAIN_STATS\"} ";
            assertTrue(scrape.contains(expected), scrape);
            assertTrue(scrape.contains("\nvm_info{"), scrape);
            assertFalse(scrape.contains("vm_cpu_seconds_total"), "what could not be read is absent: " + scrape);
        }
    }

    @Test
    void eachVcpuOfEachDomainHasASeries() throws Exception {
        try (VireoServe vireo = VireoServe.start(directory, "test:///default?domains=40&vcpus=3&cpus=4")) {
            assertEquals(
                    40 * 3,
                    vireo.scrape(TEXT)
                            .lines()
                            .filter(line -> line.startsWith("vm_vcpu_delay_seconds_total{"))
                            .count());
        }
    }
}
