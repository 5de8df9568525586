/** Samples of any connection over time: snapshots, rates, denominators. */
module dev.vireo.monitor {
    requires transitive dev.vireo;

    exports dev.vireo.monitor;
}
