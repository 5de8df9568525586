package dev.vireo.cli;

import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code vireo serve}: serves what all domains use to Prometheus, OpenTelemetry and a browser. It names no class of the
 * exporter's: {@link Serving} does.
 */
final class ServeCommand implements Command {
    private static final String LIBVIRT_EXPORTER = "libvirt-exporter";

    @Override
    public CommandSpec describe() {
        CommandSpec spec = Specs.command(
                "Serve what all domains use to Prometheus, OpenTelemetry and a browser, until it is ended.");
        spec.addOption(Specs.text(
                "where it listens, 127.0.0.1:9178 without it (port 9177 with --compat)", "--listen", "ADDRESS:PORT"));
        spec.addOption(Specs.text("time between two samples while nobody asks, 5 without it", "--interval", "SECONDS"));
        spec.addOption(Specs.text(
                "how long a scrape waits for the hypervisor, 1 without it, at most 20", "--deadline", "SECONDS"));
        spec.addOption(Specs.text(
                "series per host CPU: all (without it), busy, node (summed by NUMA node) or none",
                "--host-cpus",
                "WHICH"));
        spec.addOption(
                Specs.text("certificate that it shows (PEM), with those up to the authority", "--tls-cert", "FILE"));
        spec.addOption(Specs.text("private key of it (PEM)", "--tls-key", "FILE"));
        spec.addOption(
                Specs.text("authorities that clients must have a certificate of (PEM)", "--tls-client-ca", "FILE"));
        spec.addOption(Specs.text("users and passwords, as htpasswd -B writes them", "--auth-file", "FILE"));
        spec.addOption(Specs.flag(
                        "listen to other hosts, and answer by any host name, though nobody is asked who he is",
                        "--insecure")
                .build());
        spec.addOption(Specs.text("add the names of another exporter: libvirt-exporter", "--compat", "EXPORTER"));
        spec.addOption(Specs.text(
                "push to this receiver of OTLP, too (HTTP); also named by OTEL_EXPORTER_OTLP_ENDPOINT",
                "--otlp",
                "URL"));
        spec.addOption(Specs.text("HTTP headers for it, one a line of this file", "--otlp-headers", "FILE"));
        spec.addOption(Specs.text("time between two pushes, 15 without it", "--otlp-interval", "SECONDS"));
        spec.addOption(Specs.text("how long it has to answer, 10 without it", "--otlp-timeout", "SECONDS"));
        spec.addOption(Specs.text("certificates that its own is checked by (PEM)", "--otlp-ca", "FILE"));
        return spec;
    }

    @Override
    public int run(Invocation invocation) {
        return new Serving(invocation).run();
    }

    static boolean isLibvirtExporter(Invocation invocation) {
        String name = invocation.text("--compat");
        if (name != null && !name.equals(LIBVIRT_EXPORTER)) {
            throw invocation.misuse("--compat", "'" + name + "' is not " + LIBVIRT_EXPORTER);
        }
        return name != null;
    }
}
