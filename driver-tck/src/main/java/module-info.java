/** The contract of hypervisor drivers as tests: a driver passes them by extending {@link dev.vireo.tck.DriverContract}. */
module dev.vireo.tck {
    requires transitive dev.vireo;
    requires transitive org.junit.jupiter.api;
    requires jdk.management;
    requires static org.jspecify;

    exports dev.vireo.tck;

    uses dev.vireo.spi.HypervisorDriver;

    // the tests are found and run by reflection
    opens dev.vireo.tck;
}
