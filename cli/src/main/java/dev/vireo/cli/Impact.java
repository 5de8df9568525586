package dev.vireo.cli;

import dev.vireo.Domain;
import picocli.CommandLine.Model.CommandSpec;

/** The options that choose between a domain as it runs and as it is configured: virsh's. */
final class Impact {
    static final String LIVE = "--live";
    static final String CONFIG = "--config";

    private Impact() {}

    static CommandSpec addTo(CommandSpec spec) {
        spec.addOption(Specs.flag("show the domain as it runs", LIVE).build());
        return spec.addOption(
                Specs.flag("show the domain as it will be started next", CONFIG).build());
    }

    static int flags(Invocation invocation) {
        if (invocation.has(LIVE) && invocation.has(CONFIG)) {
            throw invocation.misuse(LIVE + " and " + CONFIG + " exclude each other");
        }
        if (invocation.has(LIVE)) {
            return Domain.AFFECT_LIVE;
        }
        return invocation.has(CONFIG) ? Domain.AFFECT_CONFIG : Domain.AFFECT_CURRENT;
    }
}
