package dev.vireo.it;

import dev.vireo.Domain;
import dev.vireo.tck.DriverContract;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The contract, kept by the passthrough with something that is always busy: what virsh prints of it is the known load. */
abstract class LibvirtDriverContract extends DriverContract {
    static final String LIBVIRTS_URI =
            "a URI of libvirt's reaches libvirt untouched, and it passes over options that it does not know";

    static final String LIBVIRT_IS_HERE = "where libvirt is installed, nothing is declined";

    /** Returns what {@code virsh cpu-stats --total} prints of the domain. */
    abstract String totalByVirsh();

    @Override
    protected final Duration use(Domain domain, Duration time) throws IOException {
        long before = usedByVirsh();
        AtomicLong used = new AtomicLong();
        Await.until(domain + " has used " + time, Duration.ofSeconds(60), () -> {
            used.set(usedByVirsh() - before);
            return used.get() >= time.toNanos();
        });
        return Duration.ofNanos(used.get());
    }

    private long usedByVirsh() {
        return PrintedStats.parse(totalByVirsh()).get("Total/cpu_time");
    }
}
