package dev.vireo.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The rows beside Debian's {@code prometheus-libvirt-exporter}: the same running guests, scraped from it and from
 * {@code vireo serve}, which reads them natively and through the same libvirtd.
 */
final class PeerRows {
    private static final String PEER = "prometheus-libvirt-exporter";
    private static final int GUESTS = 20;
    private static final int WARM_UP = 60;
    private static final int SCRAPES_A_ROUND = 40;
    private static final double MEGABYTE = 1e6;

    /** Somebody who serves, and what scrapes of him cost. */
    private record Peer(
            String name, ScrapedProcess server, boolean usesLibvirtd, Samples time, Samples cpu, Samples guestCpu) {
        Peer(String name, ScrapedProcess server, boolean usesLibvirtd) {
            this(name, server, usesLibvirtd, new Samples(), new Samples(), new Samples());
        }

        double cpuNanos(RunningProcess libvirtd) {
            double own = server.process().cpuTime().toNanos();
            return usesLibvirtd ? own + libvirtd.cpuTime().toNanos() : own;
        }
    }

    private PeerRows() {}

    /** Returns why they cannot be measured, empty if they can. */
    static String lacking() {
        try {
            return CPrograms.exitCode(new ProcessBuilder(PEER, "--help")
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start())
                            == 0
                    ? ""
                    : PEER + " does not run";
        } catch (IOException absent) {
            return "there is no " + PEER + "; on Debian and Ubuntu install the package of that name";
        }
    }

    static void measure(Report report) throws Exception {
        BuiltCommand.build();
        try (Cleanup cleanup = new Cleanup()) {
            CPrograms programs = cleanup.add(new CPrograms());
            cleanup.add(new LibvirtGroups());
            PrivateLibvirtd libvirtd = cleanup.add(new PrivateLibvirtd(programs));
            LibvirtGuests.start(libvirtd, GUESTS);
            List<Peer> peers = List.of(
                    new Peer(PEER, start(cleanup, port -> peer(port, libvirtd.uri())), true),
                    new Peer("vireo serve, native", start(cleanup, port -> vireo(port, NativeBenchmark.URI)), false),
                    new Peer("vireo serve, libvirt", start(cleanup, port -> vireo(port, libvirtd.uri())), true));
            for (int round = 0; round <= Rounds.ROUNDS; round++) {
                for (Peer peer : peers) {
                    measureRound(peer, libvirtd, round == 0);
                }
            }
            print(peers, report);
        }
    }

    private static ScrapedProcess start(Cleanup cleanup, IntFunction<List<String>> command) throws Exception {
        return cleanup.add(new ScrapedProcess(command));
    }

    private static List<String> peer(int port, String uri) {
        return List.of(PEER, "--web.listen-address=127.0.0.1:" + port, "--libvirt.uri=" + uri);
    }

    /** Samples are taken for scrapes alone, as the other's are. */
    private static List<String> vireo(int port, String uri) {
        String address = "127.0.0.1:" + port;
        return List.of(BuiltCommand.PATH, "-c", uri, "serve", "--listen", address, "--interval", "600");
    }

    private static void measureRound(Peer peer, PrivateLibvirtd libvirtd, boolean isWarmUp) throws IOException {
        if (isWarmUp) {
            for (int i = 0; i < WARM_UP; i++) {
                peer.server().scrape();
            }
            return;
        }
        Samples round = new Samples();
        RunningProcess daemon = libvirtd.daemon();
        double used = peer.cpuNanos(daemon);
        double usedByGuests = libvirtd.guestsCpuTime().toNanos();
        for (int i = 0; i < SCRAPES_A_ROUND; i++) {
            round.add(peer.server().scrapeLater());
        }
        peer.cpu().add((peer.cpuNanos(daemon) - used) / SCRAPES_A_ROUND);
        peer.guestCpu().add((libvirtd.guestsCpuTime().toNanos() - usedByGuests) / SCRAPES_A_ROUND);
        peer.time().add(round.median());
    }

    private static void print(List<Peer> peers, Report report) throws IOException {
        Peer first = peers.get(0);
        report.heading(
                String.format("scrapes of the same %d guests", GUESTS),
                "time",
                "(least - most)",
                "ratio",
                "CPU",
                "(least - most)",
                "ratio",
                "guests' CPU",
                "series",
                "memory",
                "bar");
        for (Peer peer : peers) {
            report.line(
                    "",
                    Verdict.NO_BAR,
                    peer.name(),
                    Unit.MILLIS.median(peer.time()),
                    Unit.MILLIS.spread(peer.time()),
                    ratio(first.time().timesOf(peer.time())),
                    Unit.MILLIS.median(peer.cpu()),
                    Unit.MILLIS.spread(peer.cpu()),
                    ratio(first.cpu().timesOf(peer.cpu())),
                    Unit.MILLIS.median(peer.guestCpu()),
                    String.format("%,d", peer.server().series()),
                    String.format("%.0f MB", peer.server().process().residentBytes() / MEGABYTE));
        }
        report.printTable();
        report.note(
                "CPU is that of a scrape, with that of libvirtd where it is asked. A ratio is how many times as much the"
                        + " first takes. guests' CPU is what their QEMUs use to answer their monitors.");
        report.note(
                "They do not ask for the same. The first asks for each guest's CPU time in steps of 10 ms, memory, disks and"
                        + " networks. Vireo asks for CPU time, its user and system part, each vCPU's time and delay and the times per host"
                        + " CPU; the delay is what libvirt asks the monitors for.");
    }

    private static String ratio(double ratio) {
        return String.format("%.1f x", ratio);
    }
}
