/** The driver of {@code test:///default}: an in-memory hypervisor, deterministic under an injected clock. */
module dev.vireo.driver.test {
    requires transitive dev.vireo;

    exports dev.vireo.driver.test;

    provides dev.vireo.spi.HypervisorDriver with
            dev.vireo.driver.test.TestDriver;
}
